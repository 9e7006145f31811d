"""Who answered, and which regions are in it by more or by less than their member organisations would make."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consultations.analysis.figures.profile import ABOUT, FEWER, MORE, profile, within_regions
from consultations.analysis.tables import EVERYBODY, FEW, ONE, ReleasedColumn
from tests.consultations.analysis.made_up_tables import AFRICA, row, table

REGISTRY = {"africa": (50, 20), "asia-pacific": (25, 10), "europe": (25, 15), "latin-america": (0, 0)}
NAMES = ("africa", "asia-pacific", "europe", "latin-america")


def one_way(question, *cells, names=NAMES, base=200):
    made = table(row(EVERYBODY, base=base, cells=cells), names=names)
    return replace(made, id=question, question=question, breakdown="")


def regions(*cells, base=200):
    return one_way("region", *cells, base=base)


def parts(*cells):
    return {each.region: each.part for each in profile([regions(*cells)], REGISTRY).coverage}


def test_a_region_s_share_of_answers_stands_beside_its_share_of_organisations():
    africa = profile([regions("60", "90", "50", FEW)], REGISTRY).coverage[0]
    assert (africa.answers, africa.share_of_answers, africa.share_of_members) == (60, 30, 50)
    assert africa.answers_per_organisation == pytest.approx(1.2)  # 60 answers, 50 organisations
    assert (africa.members.organisations, africa.members.countries) == (50, 20)


def test_a_region_is_said_to_be_in_it_by_more_or_less_only_beyond_a_fifth_and_beyond_the_noise():
    # Africa: 63 of 200 at most is 31.5 %, under 0.8 × 50 %. Asia: 87 at least, 43.5 %, over 1.2 × 25 %.
    # Europe: 50 of 200 is its quarter.
    assert parts("60", "90", "50", FEW) == {
        "africa": FEWER,
        "asia-pacific": MORE,
        "europe": ABOUT,
        "latin-america": "",
    }


def test_noise_alone_moves_no_region():
    # 0.8 × 50 % of 200 are 80: with three more than 78 it would be 81, with three more than 76 only 79.
    assert parts("78", "60", "50", FEW)["africa"] == ABOUT
    assert parts("76", "60", "50", FEW)["africa"] == FEWER
    # 1.2 × 25 % of 200 are 60: 63 - 3 is no more than that, 64 - 3 is.
    assert parts("78", "63", "50", FEW)["asia-pacific"] == ABOUT
    assert parts("78", "64", "50", FEW)["asia-pacific"] == MORE


def test_a_region_with_hidden_answers_has_no_share_and_is_one_of_the_fewer():
    asia = profile([regions("100", FEW, "98", FEW)], REGISTRY).coverage[1]
    assert (asia.answers, asia.share_of_answers, asia.answers_per_organisation, asia.part) == (None, None, None, FEWER)


def test_a_hidden_count_may_be_seven_and_then_it_is_not_said():
    # 7 of 30 are 23 %, over 0.8 × 25 %.
    assert profile([regions("20", FEW, "10", FEW, base=30)], REGISTRY).coverage[1].part == ABOUT


def test_without_any_member_in_the_registry_there_is_nothing_to_stand_beside():
    found = profile([regions("60", "90", "50", FEW)], dict.fromkeys(NAMES, (0, 0)))
    assert (found.coverage, found.answers) == ((), 200)


def test_regions_that_a_questionnaire_does_not_offer_are_not_compared():
    found = profile([one_way("region", "60", "40", names=("africa", "mars"))], REGISTRY)
    assert [each.region for each in found.coverage] == ["africa"]


def test_every_breakdown_is_part_of_the_profile_regions_and_languages_first():
    place = replace(
        table(row(EVERYBODY, cells=("700", "500")), row(ONE, AFRICA)), question="place", id="place.by.region"
    )
    by_place = replace(table(row(EVERYBODY)), question="safe", breakdown="place", id="safe.by.place")
    found = profile(
        [by_place, place, one_way("_language", "120", "80", names=("en", "fr")), regions("60", "90", "50", FEW)],
        REGISTRY,
    )
    assert [part.question for part in found.parts] == ["region", "_language", "place"]
    assert [(group.people, group.percent) for group in found.parts[2].groups] == [(700, 58), (500, 42)]
    assert found.parts[1].base == 200


def test_tables_within_a_region_and_hidden_ones_tell_nothing_of_everybody():
    within = replace(regions("60"), within="africa")
    assert profile([within, replace(regions("60"), rows=()), table(row(EVERYBODY))], REGISTRY) is None


def test_without_a_question_about_regions_there_are_still_languages():
    found = profile([one_way("_language", "120", "80", names=("en", "fr"))], REGISTRY)
    assert ([part.question for part in found.parts], found.coverage, found.answers) == (["_language"], (), 0)


def test_who_is_limited_to_a_region_sees_its_row_and_what_names_no_region():
    language = one_way("_language", "120", "80", names=("en", "fr"))
    found = within_regions(profile([regions("60", "90", "50", FEW), language], REGISTRY), ["africa"])
    assert [each.region for each in found.coverage] == ["africa"]
    assert [[group.name for group in part.groups] for part in found.parts] == [["africa"], ["en", "fr"]]


def test_columns_keep_the_author_s_words():
    assert (
        profile([regions("60", "90", "50", FEW)], REGISTRY).parts[0].groups[0].label
        == ReleasedColumn("", {"en": "Africa"}).label
    )
