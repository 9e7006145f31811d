"""Who answered in tables, bars and plain words, in the reader's language."""

from __future__ import annotations

from dataclasses import replace

from consultations.analysis.figures.profile import profile
from consultations.analysis.shown.presenting_profile import (
    coverage_table,
    group_name,
    part_chart,
    part_name,
    part_table,
    sentences,
    shows_shares,
)
from consultations.analysis.tables import EVERYBODY, FEW
from tests.consultations.analysis.made_up_tables import row, table

REGISTRY = {"africa": (50, 20), "asia-pacific": (25, 10), "europe": (25, 15), "latin-america": (0, 0)}


def one_way(question, *cells, names=tuple(REGISTRY), base=200):
    made = table(row(EVERYBODY, base=base, cells=cells), names=names)
    return replace(made, id=question, question=question, breakdown="")


FOUND = profile(
    [one_way("region", "60", "90", "50", FEW), one_way("_language", "120", FEW, names=("fr", "sw"))], REGISTRY
)


def test_regions_stand_with_answers_organisations_and_both_shares():
    made = coverage_table(FOUND, "en")
    assert [(line.head, *line.cells) for line in made.rows] == [
        ("Africa", "60", "30%", "50", "20", "50%", "1.2"),
        ("Asia and the Pacific", "90", "45%", "25", "10", "25%", "3.6"),
        ("Europe", "50", "25%", "25", "15", "25%", "2"),
        ("Latin America", "<5", "–", "0", "0", "0%", "–"),
        ("Everybody", "200", "100%", "100", "45", "100%", "2"),
    ]


def test_plain_words_name_regions_by_how_much_they_are_in_it():
    assert sentences(FOUND, "en") == (
        "More answers than their share of the member organisations came from: Asia and the Pacific.",
        "Fewer answers than their share of the member organisations came from: Africa.",
        "About as many answers as their share of the member organisations came from: Europe.",
        "No member organisation is in the registry from: Latin America.",
    )


def test_languages_are_called_by_their_own_names_and_questions_by_the_author_s():
    regions, languages = FOUND.parts
    assert (part_name(languages, "en"), part_name(regions, "en")) == ("Languages that people answered in", "Is it so?")
    assert [group_name(languages, group, "en") for group in languages.groups] == ["Français", "Kiswahili"]
    assert part_name(replace(regions, label={}), "en") == "region"


def test_a_group_that_is_not_shown_says_what_its_sign_stands_for():
    made = part_table(FOUND.parts[1], "en")
    assert [line.cells for line in made.rows] == [("120", "60%"), (FEW, "–"), ("200", "")]
    assert "“<5” stands for fewer than 5 people, or none." in made.note


def test_shares_are_drawn_as_bars_where_there_are_any():
    made = part_chart(FOUND.parts[1], "en")
    assert (made.kind, made.series[0].values) == ("bars", (60, None))
    small = profile([one_way("_language", "9", "6", names=("fr", "sw"), base=15)], REGISTRY)
    assert (shows_shares(FOUND.parts[1]), shows_shares(small.parts[0])) == (True, False)
