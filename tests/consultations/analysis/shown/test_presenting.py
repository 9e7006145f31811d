"""Released tables become tables and charts in the reader's language, with every restriction said."""

from __future__ import annotations

from dataclasses import replace

from consultations.analysis.shown.presenting import caption, notes, to_table
from consultations.analysis.tables import EVERYBODY, FEW, MERGED, ONE, ReleasedTable
from tests.consultations.analysis.made_up_tables import AFRICA, ALL, ANOTHER, ASIA, EUROPE, ONE_REGION, row, table


def test_answers_stand_below_each_other_and_groups_side_by_side() -> None:
    made = to_table(replace(table(ALL, ONE_REGION, ANOTHER), breakdown="setting"), "en")
    assert made.columns == ("Everybody", "Africa", "Asia")
    assert [(line.head, line.cells) for line in made.rows] == [
        ("Yes", ("50%", "50%", "9")),
        ("No", (FEW, FEW, "6")),
        ("People who answered", ("1,200", "1,200", "15")),
    ]


def test_every_restriction_is_said_and_no_other() -> None:
    said = notes(table(ALL, row(MERGED, ASIA, EUROPE)), "en")
    assert said == (
        "“Smaller groups together” stands for: Asia; Europe.",
        "“<5” stands for fewer than 5 people, or none.",
        "Every figure is changed by a small random amount, so that nobody can be recognised.",
    )
    assert notes(table(row(EVERYBODY, base=15, cells=("9", "6")), kind="multiple", hidden=(ASIA,)), "en")[:3] == (
        "People could choose several answers.",
        "Too few people answered to show figures for: Asia.",
        "Where fewer than 20 people answered, numbers of people stand in place of shares.",
    )


def test_a_caption_says_what_breaks_the_question_down() -> None:
    assert caption(table(ALL), "en") == "Is it so? – by region"
    other = ReleasedTable("q.by.s", "q", {}, "s", {"en": "Where?"}, "categories", (), ())
    assert caption(other, "en") == "q – by: Where?"
    assert caption(ReleasedTable("q", "q", {"en": "Is it so?"}, "", {}, "categories", (), ()), "en") == "Is it so?"


def test_groups_that_were_joined_are_not_named_as_left_out() -> None:
    said = notes(table(ALL, row(MERGED, ASIA, EUROPE), hidden=(AFRICA,)), "en")
    assert said[:2] == (
        "“Smaller groups together” stands for: Asia; Europe.",
        "Too few people answered to show figures for: Africa.",
    )


def test_of_an_order_the_first_place_is_shown_and_said() -> None:
    ranked = table(ALL, ONE_REGION, kind="ranking")
    assert caption(ranked, "en") == "Is it so? – in first place – by region"
    assert notes(ranked, "en")[0].endswith("The table shows which answer they put first.")


def test_a_region_alone_and_a_choice_s_places_are_named_in_the_caption() -> None:
    alone = replace(table(ALL), breakdown="setting", within="africa", within_label=AFRICA)
    assert caption(alone, "en") == "Is it so? – by: Where? – in Africa"
    placed = replace(table(ALL), kind="places", item="rent", item_label={"en": "Rent"}, breakdown="")
    assert caption(placed, "en") == "Is it so? – the place of “Rent”"


def test_languages_are_called_what_their_readers_call_them() -> None:
    spoken = replace(table(ALL, names=("ru", "zh")), question="_language", breakdown="", question_label={})
    assert caption(spoken, "en") == "Languages that people answered in"
    assert [line.head for line in to_table(spoken, "en").rows[:2]] == ["Русский", "中文"]


def test_by_region_there_is_a_column_in_which_each_region_counts_the_same() -> None:
    half, most = row(ONE, AFRICA, base=40, cells=("20", FEW)), row(ONE, ASIA, base=400, cells=("360", FEW))
    made = to_table(table(ALL, half, most, hidden=(EUROPE,)), "en")
    assert made.columns[1] == "Each region counts the same"
    assert [line.cells[1] for line in made.rows] == ["70%", "–", "–"]
    assert made.note.endswith(
        "as if equally many people had answered in each region. Regions without figures have no part in it. Estimates"
        " take “<5” for 2 people."
    )


def test_groups_that_a_ladder_merged_are_told_apart_by_their_members() -> None:
    rows = (row(MERGED, ASIA, EUROPE), row(MERGED, AFRICA, {"en": "Oceania"}))
    merged = replace(table(ALL, *rows), breakdown="setting")
    assert to_table(merged, "en").columns == ("Everybody", "Asia; Europe", "Africa; Oceania")
    assert not [note for note in notes(merged, "en") if "Smaller groups" in note]


def test_among_arabic_words_a_sign_stands_before_its_figure() -> None:
    made = to_table(replace(table(ALL), breakdown=""), "ar")
    assert made.rows[1].cells == ("\N{LEFT-TO-RIGHT MARK}<5",)
    assert "«\N{LEFT-TO-RIGHT MARK}<5»" in made.note
