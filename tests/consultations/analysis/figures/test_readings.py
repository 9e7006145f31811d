"""Indicators read shares from released tables, add what is shown, and say why where there is nothing to read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consultations.analysis.figures.readings import (
    DOWN,
    HIDDEN,
    MERGED,
    OTHER_OPTIONS,
    SEVERAL,
    UP,
    Pointer,
    is_clear_of,
    progress,
    read,
)
from consultations.analysis.tables import EVERYBODY, FEW, ONE
from consultations.analysis.tables import MERGED as MERGED_ROW
from tests.consultations.analysis.made_up_tables import AFRICA, ASIA, EUROPE, row, table

NAMES = ("never", "seldom", "often")


def asked(*rows, **more):
    return table(*rows, names=NAMES, **more)


ALL = row(EVERYBODY, base=100, cells=("40", "20", "41"))
TABLE = asked(
    ALL, row(ONE, AFRICA, base=60, cells=("30", "12", "18")), row(ONE, ASIA, base=40, cells=("10", "8", "22"))
)


def pointer(*options, region="", question="q"):
    return Pointer(question, options, region)


def test_shares_of_all_options_that_count_are_added_from_shown_counts():
    found = read(pointer("never", "seldom"), [TABLE])
    assert (found.percent, found.people, found.why_not) == (60, 100, "")


def test_the_interval_holds_the_noise_of_every_count():
    # Wilson's with noise 2 × (2 + 0.6²) / 100² for two counts and the base.
    found = read(pointer("never", "seldom"), [TABLE])
    assert (found.low, found.high) == (pytest.approx(49.32, abs=0.01), pytest.approx(69.94, abs=0.01))
    one = read(pointer("never"), [TABLE])
    assert (one.low, one.high) == (pytest.approx(30.50, abs=0.01), pytest.approx(50.24, abs=0.01))


def test_beside_it_stands_the_mean_of_the_regions():
    # Africa 30 + 12 of 60 are 70 %, Asia 10 + 8 of 40 are 45 %.
    assert read(pointer("never", "seldom"), [TABLE]).equal_voice == pytest.approx(57.5)
    assert read(pointer("never"), [asked(ALL)]).equal_voice is None


def test_an_equal_voice_that_lacks_an_answer_is_none():
    few = [row(ONE, place, base=60, cells=("30", FEW, "18")) for place in (AFRICA, ASIA)]
    assert read(pointer("never", "seldom"), [asked(ALL, *few)]).equal_voice is None


def test_one_region_is_read_from_its_row():
    found = read(pointer("never", region="Africa"), [TABLE])
    assert (found.percent, found.people, found.equal_voice) == (50, 60, None)


def test_counts_that_noise_lifts_over_their_base_are_all_of_it():
    assert read(pointer(*NAMES), [TABLE]).percent == 100


@pytest.mark.parametrize(
    ("wanted", "shown", "why"),
    [
        (pointer("never", "seldom"), asked(row(EVERYBODY, base=100, cells=("40", FEW, "58"))), HIDDEN),
        (pointer("never"), asked(row(EVERYBODY, base=15, cells=("7", "5", FEW))), HIDDEN),
        (pointer("never"), asked(), HIDDEN),
        (pointer("never", region="Europe"), TABLE, HIDDEN),
        (pointer("never", region="Europe"), asked(ALL, row(MERGED_ROW, ASIA, EUROPE, cells=("9", "9", "9"))), MERGED),
        (pointer("never", region="Africa"), replace(TABLE, breakdown="place"), HIDDEN),
        (pointer("never", "always"), TABLE, OTHER_OPTIONS),
        (pointer("never", "seldom"), replace(TABLE, kind="multiple"), SEVERAL),
    ],
)
def test_where_nothing_can_be_read_it_says_why(wanted, shown, why):
    found = read(wanted, [shown])
    assert (found.percent, found.why_not) == (None, why)


def test_one_answer_of_several_can_be_read():
    assert read(pointer("never"), [replace(TABLE, kind="multiple")]).percent == 40


def test_a_question_that_was_not_asked_gives_no_reading():
    others = [replace(TABLE, question="other"), replace(TABLE, within="africa"), replace(TABLE, item="health")]
    assert read(pointer("never"), others) is None


def test_everybody_is_read_from_any_table_but_by_region_where_there_is_one():
    by_place = replace(TABLE, breakdown="place")
    assert read(pointer("never"), [by_place]).percent == 40
    assert read(pointer("never"), [by_place, TABLE]).equal_voice == pytest.approx((50 + 25) / 2)


@pytest.mark.parametrize(
    ("value", "baseline", "target", "direction", "reached", "way", "missing"),
    [
        (40, 30, 50, UP, False, 50, 10),
        (55, 30, 50, UP, True, 125, 0),
        (20, 30, 50, UP, False, -50, 30),
        (20, 30, 10, DOWN, False, 50, 10),
        (10, 30, 10, DOWN, True, 100, 0),
        (40, None, 50, UP, False, None, 10),
        (50, 50, 50, UP, True, None, 0),
    ],
)
def test_progress_is_the_way_from_baseline_to_target(value, baseline, target, direction, reached, way, missing):
    found = progress(value, baseline, target, direction)
    assert (found.reached, found.way, found.missing) == (reached, way, missing)


def test_a_baseline_within_the_interval_is_no_clear_change():
    found = read(pointer("never"), [TABLE])
    assert (is_clear_of(found, 35), is_clear_of(found, 20)) == (False, True)
