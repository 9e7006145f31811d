"""Who left a question out is known from the table that says how many people are in each group."""

from __future__ import annotations

from dataclasses import replace

from consultations.analysis.figures.unanswered import left_out, profile_of
from consultations.analysis.tables import EVERYBODY, FEW, MERGED, ONE
from tests.consultations.analysis.made_up_tables import AFRICA, ASIA, EUROPE, row, table

ASKED = table(row(EVERYBODY, base=150, cells=("90", "60")))
#: How many people each region has: 60, 100, and fewer than five.
PROFILE = replace(
    table(row(EVERYBODY, base=200, cells=("60", "100", FEW)), names=("Africa", "Asia", "Europe")),
    question="region",
    breakdown="",
)


def test_the_profile_is_the_table_of_the_breakdown_itself() -> None:
    hidden = replace(PROFILE, rows=())
    assert profile_of(ASKED, (ASKED, hidden, PROFILE)) == PROFILE
    assert profile_of(ASKED, (ASKED, hidden)) is None
    assert profile_of(replace(ASKED, within="africa"), (PROFILE,)) is None


def test_people_without_an_answer_are_a_part_of_the_group() -> None:
    assert left_out(ASKED.rows[0], PROFILE) == 25
    assert left_out(row(ONE, AFRICA, base=45), PROFILE) == 25
    assert left_out(row(MERGED, AFRICA, ASIA, base=120), PROFILE) == 25


def test_noise_never_makes_them_fewer_than_none_and_hidden_groups_tell_nothing() -> None:
    assert left_out(row(ONE, AFRICA, base=62), PROFILE) == 0
    assert left_out(row(ONE, EUROPE, base=12), PROFILE) is None
