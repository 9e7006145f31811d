"""How each group of people stands in a table: alone, put together with others, or left out."""

from dataclasses import replace

from consultations.analysis.releases.standing import ALONE, LEFT_OUT, TOGETHER, grid
from consultations.analysis.tables import MERGED
from tests.consultations.analysis.made_up_tables import AFRICA, ALL, ANOTHER, ASIA, EUROPE, ONE_REGION, row, table

WHOLE = table(ALL, ONE_REGION, ANOTHER, row("one", EUROPE))
MERGING = table(ALL, ONE_REGION, row(MERGED, ASIA, EUROPE))
HIDING = table(ALL, ONE_REGION, hidden=(ASIA, EUROPE))
EMPTY = replace(table(hidden=(AFRICA, ASIA, EUROPE)), columns=())
WITHOUT = replace(table(ALL), breakdown="")


def test_each_group_is_alone_together_or_left_out():
    made = grid([WHOLE, MERGING, HIDING, EMPTY])
    assert made.groups == (AFRICA, ASIA, EUROPE)
    assert [line.groups for line in made.lines] == [
        (ALONE, ALONE, ALONE),
        (ALONE, TOGETHER, TOGETHER),
        (ALONE, LEFT_OUT, LEFT_OUT),
        (LEFT_OUT, LEFT_OUT, LEFT_OUT),
    ]
    assert [line.everybody for line in made.lines] == [ALONE, ALONE, ALONE, LEFT_OUT]


def test_what_is_shown_whole_needs_no_reason():
    assert [line.is_cut for line in grid([WHOLE, MERGING, HIDING, EMPTY]).lines] == [False, True, True, True]


def test_groups_stand_in_the_author_s_order_and_unknown_ones_after_them():
    assert grid([WHOLE], [EUROPE, AFRICA]).groups == (EUROPE, AFRICA, ASIA)


def test_a_table_without_that_group_has_no_word_for_it():
    assert [line.groups for line in grid([WHOLE, WITHOUT]).lines] == [(ALONE, ALONE, ALONE), ("", "", "")]


def test_no_tables_make_no_picture():
    assert grid([]).groups == grid([]).lines == ()
