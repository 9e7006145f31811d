"""Estimates come from the code that protects real answers, grow with their number and are quick."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from consultations.analysis.plans import estimates as module
from consultations.analysis.plans.estimates import SIZES, Tally, estimates
from consultations.analysis.plans.plan import plan_for
from consultations.analysis.regional import released_tables
from consultations.analysis.tables import FEW, ONE
from consultations.sample.material import questionnaire
from forms.packing import layout

REGIONS = {"africa": 80, "asia-pacific": 60, "europe": 90, "latin-america": 40, "north-america-caribbean": 20}


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "_KNOWN", type(module._KNOWN)())


def test_more_answers_show_more(form: Any, packed: Any) -> None:
    plan = plan_for(packed, form, "v", ["setting"], {})
    alone, cells = zip(
        *((each.total.shares[0], each.total.cells_shown) for each in _of(form, packed, plan)), strict=True
    )
    assert list(alone) == sorted(alone)
    assert list(cells) == sorted(cells)
    assert alone[0] < alone[-1] == 100


def _of(form: Any, packed: Any, plan: Any) -> Any:
    return estimates(packed, form, plan, REGIONS)


def test_every_row_that_a_table_could_have_is_counted_once(form: Any, packed: Any) -> None:
    plan = plan_for(packed, form, "v", ["setting"], {})
    for estimate in _of(form, packed, plan):
        for table in (table for table in plan.tables if not table.within or estimate.size == 1_000):
            tally = estimate.of([table.id])
            assert tally.alone + tally.merged + tally.hidden == table.rows * module.DRAWS[estimate.size], table.id


def test_it_is_near_what_answers_of_that_kind_then_show(form: Any, packed: Any) -> None:
    """Not the draws that the estimate was made of."""
    plan = plan_for(packed, form, "v", ["setting"], {})
    estimate = _of(form, packed, plan)[1]
    shown = []
    for seed in range(1, 6):
        records = module.assumed.answers(packed, form, 300, REGIONS, seed)
        tables = [table for table in released_tables(packed, form, records, ["setting"]) if table.breakdown]
        rows = [row.kind == ONE for table in tables for row in table.rows if row.members]
        hidden = sum(len(table.hidden) for table in tables) + sum(
            len(row.members) - 1 for table in tables for row in table.rows if len(row.members) > 1
        )
        cells = [cell.shown != FEW for table in tables for row in table.rows for cell in row.cells]
        shown.append((100 * sum(rows) / (len(rows) + hidden), 100 * sum(cells) / len(cells)))
    expected = estimate.of(table.id for table in plan.tables if table.breakdown)
    assert expected.shares[0] == pytest.approx(sum(rows for rows, _ in shown) / 5, abs=8)
    assert expected.cells_shown == pytest.approx(sum(cells for _, cells in shown) / 5, abs=8)


def test_tables_within_regions_are_estimated_where_they_are_made(form: Any, packed: Any) -> None:
    plan = plan_for(packed, form, "v", ["setting"], {})
    few, some, many = _of(form, packed, plan)
    assert not few.within
    assert not some.within
    assert set(many.within) == {table.id for table in plan.within("setting")}
    assert many.total == many.of(table.id for each in ("", *plan.breakdowns) for table in plan.by(each))
    in_one = estimates(packed, form, plan, {"africa": 500, "europe": 1})[-1]  # the others do not stand alone
    left_out = [tally.hidden for name, tally in in_one.within.items() if not name.endswith(".in.africa")]
    assert set(left_out) == {3}


def test_a_ladder_changes_what_is_expected(form: Any, packed: Any) -> None:
    by_size = plan_for(packed, form, "v", [], {})
    levels = [[["africa", "asia-pacific"], ["europe", "latin-america", "north-america-caribbean"]]]
    in_two = plan_for(packed, form, "v", [], {"region": levels})
    assert _of(form, packed, by_size)[0].total != _of(form, packed, in_two)[0].total


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _a_million_steps() -> None:
    """What this machine, with whatever watches the tests on it, takes for a known amount of plain work."""
    total = 0
    for number in range(1_000_000):
        total += number


def test_sixty_tables_take_a_second_and_nothing_the_next_time() -> None:
    form = questionnaire()
    place = layout(form)
    plan = plan_for(place, form, "v", ["organisation_type", "work_setting"], {})
    assert len(plan.tables) > 50
    # 0.25 s where nobody else works, and a million steps 0.05 s there.
    assert _seconds(lambda: estimates(place, form, plan, REGIONS)) < 30 * _seconds(_a_million_steps)
    first = estimates(place, form, plan, REGIONS)
    assert [each.size for each in first] == list(SIZES)
    assert estimates(place, form, plan, REGIONS) is first
    assert estimates(place, form, plan, {}) is not first


def test_few_estimates_are_kept(form: Any, packed: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "_MOST_KNOWN", 2)
    for version in ("a", "b", "c"):
        _of(form, packed, plan_for(packed, form, version, [], {}))
    assert len(module._KNOWN) == 2


def test_shares_are_whole_and_sum_to_a_hundred() -> None:
    assert Tally(1, 1, 1).shares == (33, 34, 33)
    assert Tally().shares == (0, 0, 100)
    assert (Tally(cells=3, shown=2).cells_shown, Tally().cells_shown) == (67, 0)
