"""No released table shows a small group, whatever the answers were."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.analysis.ladders import Ladder
from consultations.analysis.tables import EVERYBODY, FEW, MERGED, ONE, Planned, ReleasedTable
from tests.consultations.analysis.tallying import keys, made
from tests.consultations.analysis.tallying import released as released_by


def released(
    answers: list[tuple[int, int]],
    kind: str = "categories",
    seed: int = 5,
    ladders: Any = {},  # noqa: B006 - read only
) -> ReleasedTable:
    question = made("q", [answer for answer, _ in answers], 6, kind)
    region = made("r", [region for _, region in answers], 5)
    return released_by(question, [[region]], [Planned("q", "r")], keys(len(answers), seed), ladders)[0]


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
    question = made("q", random.integers(1, 7, people), 6)
    region, setting = (made(name, random.integers(1, 6, people), 5) for name in "rs")
    by_region, by_setting = released_by(
        question, [[region], [setting]], [Planned("q", "r"), Planned("q", "s")], keys(people), {}
    )
    (alone,) = released_by(question, [[]], [Planned("q")], keys(people), {})
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
    numbers = released(answers, "number").columns
    assert [(column.name, column.low, column.high) for column in numbers] == [("0–1", 0, 1), ("2–5", 2, 5)]
    assert {column.low for column in released(answers, "date").columns} == {None}
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
    assert released_by(question, [[]], [Planned("q")], keys(40), {})[0].rows[0].median is None


def test_small_rows_climb_their_ladder() -> None:
    ladder = Ladder(((("r0", "r1"), ("r2", "r3"), ("r4",)), (("r0", "r1"), ("r2", "r3", "r4"))))
    answers = [(1, 1)] * 40 + [(1, 2)] * 40 + [(2, 3)] * 30 + [(2, 4)] * 3 + [(3, 5)] * 30
    table = released(answers, ladders={"r": ladder})
    assert [row.name for row in table.rows] == ["", "r0", "r1", "r2+r3", "r4"]
    table = released(answers[:-25], ladders={"r": ladder})
    assert [row.name for row in table.rows] == ["", "r0", "r1", "r2+r3+r4"]


@settings(max_examples=60, deadline=None)
@given(some_answers, st.integers(0, 99))
def test_with_a_ladder_nothing_small_is_shown_either(answers: list[tuple[int, int]], seed: int) -> None:
    ladder = Ladder(((("r0", "r1"), ("r2", "r3"), ("r4",)),))
    table = released(answers, seed=seed, ladders={"r": ladder})
    told = [member["en"] for row in table.rows for member in row.members] + [label["en"] for label in table.hidden]
    assert sorted(told) == [f"r {n}" for n in range(5)]
    assert all(row.base >= 10 for row in table.rows)


#: (answer, region, setting) of each person; regions and settings that go together, so that rows nearly coincide.
people_in_two_ways = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from([(1, 1), (1, 1), (1, 1), (2, 2), (2, 2), (3, 3), (3, 2), (1, 3), (0, 1), (2, 0)]),
        st.integers(1, 12),
    ),
    min_size=8,
    max_size=30,
)
TABLES = [Planned("q", "region"), Planned("q", "s"), *(Planned("q", "s", within=f"region{n}") for n in range(3))]


def told_of(table: ReleasedTable, region: Any, setting: Any, asked: Any) -> list[Any]:
    """Who each row tells of, as (responses,) bools, reckoned from the answers alone."""
    inside = asked & (region == int(table.within[-1]) + 1 if table.within else True)
    by = region if table.breakdown == "region" else setting
    rows = [[int(member["en"][-1]) + 1 for member in row.members] for row in table.rows]
    return [inside & np.isin(by, members) if members else inside for members in rows]


@settings(max_examples=80, deadline=None)
@given(people_in_two_ways)
def test_no_two_rows_of_a_question_differ_by_a_few_people(people: list[tuple[int, tuple[int, int], int]]) -> None:
    answers, regions, settings_ = np.array([(q, r, s) for q, (r, s), many in people for _ in range(many)]).T
    axes = made("q", answers, 4), made("region", regions, 3), made("s", settings_, 3)
    tables = released_by(axes[0], [axes[1:]], TABLES, keys(len(answers)), {})
    rows = [row for table in tables for row in told_of(table, regions, settings_, answers > 0)]
    different = {int((one ^ other).sum()) for one in rows for other in rows}
    assert not different & set(range(1, 10))


@settings(max_examples=60, deadline=None)
@given(people_in_two_ways)
def test_within_a_region_everybody_is_that_region_s_row(people: list[tuple[int, tuple[int, int], int]]) -> None:
    answers, regions, settings_ = np.array([(q, r, s) for q, (r, s), many in people for _ in range(many)]).T
    axes = made("q", answers, 4, "number"), made("region", regions, 3), made("s", settings_, 3)
    tables = released_by(axes[0], [axes[1:]], TABLES, keys(len(answers)), {})
    alone = {row.name: row for row in tables[0].rows if row.kind == ONE}
    for table in tables[2:]:
        mine, region = table.rows[0], alone[table.within]
        assert (mine.base, mine.cells, table.columns) == (region.base, region.cells, tables[0].columns)
        assert (table.id, table.within_label) == (f"q.by.s.in.{table.within}", region.members[0])
        assert len(table.rows) > 1


def test_a_row_that_is_nearly_another_one_is_told_of_with_others() -> None:
    region, setting = [1] * 49 + [2] * 51, [1] * 50 + [2] * 25 + [3] * 25
    axes = made("q", [1, 2] * 50, 2), made("region", region, 2), made("s", setting, 3)
    by_region, by_setting, *within = released_by(axes[0], [axes[1:]], TABLES[:4], keys(100), {})
    assert [row.name for row in by_region.rows] == ["", "region0", "region1"]
    assert [row.name for row in by_setting.rows] == ["", "s1", "s0+s2"]
    assert [[row.name for row in table.rows] for table in within] == [["", "s1", "s0+s2"]]


def test_the_only_row_of_a_breakdown_is_everybody_again() -> None:
    axes = made("q", [1, 2] * 50, 2), made("r", [1] * 99 + [0], 1)
    (table,) = released_by(axes[0], [axes[1:]], [Planned("q", "r")], keys(100), {})
    assert ([row.kind for row in table.rows], table.hidden) == ([EVERYBODY], ({"en": "r 0"},))
