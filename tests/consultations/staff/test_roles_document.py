"""docs/roles.md is printed from the table of roles."""

from pathlib import Path

from consultations.staff.limits import LIMIT_NAMES
from consultations.staff.roles import Limit, Permission
from consultations.staff.roles_document import MEANINGS, REACH, document

PRINTED = Path(__file__).parents[3] / "docs" / "roles.md"


def test_the_document_is_as_the_table_prints_it():
    assert PRINTED.read_text("utf-8") == document(), "run: python -m consultations.staff.roles_document > docs/roles.md"


def test_every_permission_and_every_limit_is_explained():
    assert set(MEANINGS) == set(Permission)
    assert set(REACH) == set(LIMIT_NAMES) == set(Limit)
