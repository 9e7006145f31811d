"""No released table shows a small group, whatever the answers were."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.analysis.axes import Axis, Category
from consultations.analysis.disclosure import protect
from consultations.analysis.tables import EVERYBODY, FEW, MERGED, ONE, ReleasedTable
from consultations.analysis.tabulate import raw_table


def made(name: str, codes: list[int], size: int, kind: str = "categories") -> Axis:
    ends = [(str(n), str(n)) if kind in ("number", "date") else None for n in range(size)]
    categories = tuple(
        Category(f"{name}{n}", {"en": f"{name} {n}"}, end, apart=kind == "scale" and n == size - 1)
        for n, end in enumerate(ends)
    )
    return Axis(name, {"en": name}, kind, categories, np.array(codes, np.uint16))


def keys(count: int, seed: int = 5) -> Any:
    return np.random.default_rng(seed).integers(0, 2**32, count).astype(float)


def released(answers: list[tuple[int, int]], kind: str = "categories", seed: int = 5) -> ReleasedTable:
    question = made("q", [answer for answer, _ in answers], 6, kind)
    region = made("r", [region for _, region in answers], 5)
    return protect(raw_table(question, region, keys(len(answers), seed)))


some_answers = st.integers(0, 150).flatmap(
    lambda many: st.lists(
        st.tuples(st.sampled_from([0, 1, 1, 1, 1, 2, 2, 3, 4, 5, 6]), st.sampled_from([0, 1, 1, 1, 2, 2, 3, 4, 5])),
        min_size=many,
        max_size=many,
    )
)


@settings(max_examples=150, deadline=None)
@given(some_answers, st.sampled_from(["categories", "scale", "number", "date"]), st.integers(0, 99))
def test_nothing_small_is_ever_shown(answers: list[tuple[int, int]], kind: str, seed: int) -> None:
    table = released(answers, kind, seed)
    for row in table.rows:
        assert row.base >= 10
        assert len(row.cells) == len(table.columns)
        for cell in row.cells:
            assert cell.shown == FEW or 5 <= int(cell.shown) <= row.base
            assert cell.percent is None or (row.base >= 20 and cell.shown != FEW and 0 < cell.percent <= 100)
        assert row.median is None or row.base >= 20
    assert table == released(answers, kind, seed)


@settings(max_examples=50, deadline=None)
@given(some_answers)
def test_every_category_is_in_a_row_or_said_to_be_hidden(answers: list[tuple[int, int]]) -> None:
    table = released(answers)
    told = [member["en"] for row in table.rows for member in row.members] + [label["en"] for label in table.hidden]
    assert sorted(told) == [f"r {n}" for n in range(5)]


def test_the_same_people_have_the_same_figures_in_another_table() -> None:
    people = 300
    random = np.random.default_rng(3)
    question = made("q", random.integers(1, 7, people).tolist(), 6)
    region, setting = (made(name, random.integers(1, 6, people).tolist(), 5) for name in "rs")
    by_region, by_setting = (protect(raw_table(question, rows, keys(people))) for rows in (region, setting))
    alone = protect(raw_table(question, None, keys(people)))
    assert by_region.rows[0] == by_setting.rows[0] == alone.rows[0]
    assert [cell.shown for cell in alone.rows[0].cells] != [str(n) for n in np.bincount(question.codes)[1:]]


def test_empty_and_small_regions_are_told_of_together() -> None:
    table = released([(1, 1)] * 40 + [(1, 2)] * 40 + [(2, 3)] * 30 + [(2, 4)] * 3)
    assert [(row.kind, row.name) for row in table.rows] == [
        (EVERYBODY, ""),
        (ONE, "r0"),
        (ONE, "r1"),
        (MERGED, "r2+r3+r4"),
    ]
    assert table.merged == table.rows[3:]
    assert table.has_few
    assert not table.is_hidden


def test_too_few_answers_show_nothing() -> None:
    table = released([(1, 1)] * 6)
    assert table.is_hidden
    assert (table.rows, table.columns, len(table.hidden)) == ((), (), 5)


def test_nobody_and_few_look_the_same() -> None:
    table = released([(1, 1)] * 50 + [(2, 1)])
    assert {cell.shown for cell in table.rows[0].cells[1:]} == {FEW}


def test_small_bands_join_and_the_first_and_last_date_stay_unsaid() -> None:
    answers = [(1, 1)] * 2 + [(2, 1)] * 30 + [(3, 1)] * 30 + [(6, 1)] * 2
    assert [column.name for column in released(answers, "number").columns] == ["0–1", "2–5"]
    assert [column.name for column in released(answers, "date").columns] == ["≤ 1", "≥ 2"]
    assert [column.name for column in released(answers[:20], "date").columns] == ["0–5"]


@pytest.mark.parametrize(("kind", "middle"), [("scale", 1), ("number", 1), ("categories", None)])
def test_the_middle_answer_leaves_out_what_is_no_step(kind: str, middle: int | None) -> None:
    answers = (
        [(1, 1)] * 12
        + [(2, 1)] * 30
        + [(3, 1)] * 12
        + [(4, 1)] * 11
        + [(5, 1)] * 11
        + [(6, 1)] * 90 * (kind == "scale")
    )
    assert released(answers, kind).rows[0].median == middle


def test_only_answers_that_are_no_step_have_no_middle() -> None:
    question = made("q", [1] * 40, 1, "scale")
    assert protect(raw_table(question, None, keys(40))).rows[0].median is None
