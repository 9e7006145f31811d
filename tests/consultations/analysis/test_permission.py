"""Only a clear yes is a yes."""

from __future__ import annotations

import pytest

from consultations.analysis.permission import Permission, permission_of


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("with_region", Permission.WITH_REGION),
        ("yes-region", Permission.WITH_REGION),
        ("YES", Permission.WITHOUT_REGION),
        ("yes_no_region", Permission.WITHOUT_REGION),
        ("no", Permission.NONE),
        ("yes_maybe", Permission.NONE),
        ("", Permission.NONE),
    ],
)
def test_a_choice_is_read_as_its_name_says(choice: str, expected: Permission) -> None:
    assert permission_of(choice) is expected
