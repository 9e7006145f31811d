"""A paper says that answers were taken over from other surveys, as what it says of asking is not true of them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from consultations.papers.method import method

SOURCES = SimpleNamespace(tables={}, case_studies=(), damaged_boxes=())


def texts(imported: int) -> str:
    consultation = SimpleNamespace(
        opened_on=None, closed_on=None, invited=False, statement={}, imported_answers=imported
    )
    return str(method(consultation, SOURCES, "en"))


@pytest.mark.parametrize(("imported", "is_said"), [(0, False), (1, True)])
def test_it_is_said_where_there_are_any(imported, is_said):
    assert ("Answers from other surveys were added" in texts(imported)) == is_said
