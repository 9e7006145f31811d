"""A problem says where it is and of what kind, and never what stands there."""

from __future__ import annotations

import pytest

from forms.incoming.problems import KINDS, CellProblem, grouped, kind_of, ranges


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("3.5", "number"),
        ("1 024", "number"),
        ("2014-03-05", "date"),
        ("5/3/14", "date"),
        ("Mars", "word"),
        ("Not on Mars", "words"),
        ("My sister, who lives with me, says no.", "text"),
    ],
)
def test_a_cell_has_a_kind(cell, kind):
    assert kind_of(cell) == kind
    assert kind in KINDS


def test_rows_of_one_problem_stand_together():
    found = grouped(tuple(CellProblem(row, 1, "constraint", "number") for row in (9, 3, 4)))
    assert found == {(1, "constraint", "number"): [3, 4, 9]}


@pytest.mark.parametrize(
    ("rows", "written"), [([3, 4, 5, 9], "3–5, 9"), ([2], "2"), ([], ""), ([2, 2, 3], "2–3"), ([1, 3], "1, 3")]
)
def test_rows_are_written_as_ranges(rows, written):
    assert ranges(rows) == written
