"""Sentences say what a released table shows, and nothing that it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consultations.analysis.tables import ReleasedColumn
from consultations.papers.narrative import TOO_FEW, reading


def test_the_most_frequent_answer_is_named_with_its_share_and_its_base(table):
    assert reading(table(), "en") == "Most often, people answered “Yes”: 60% of about 100 people."


def test_of_an_order_the_first_place_is_told(table):
    said = reading(replace(table(), kind="ranking"), "en")
    assert said == "Most often, people put “Yes” first: 60% of about 100 people."


def test_where_regions_differ_the_highest_and_the_lowest_are_named(table):
    said = reading(table(africa=(70, 20, 10), asia=(60, 30, 10), europe=(50, 40, 10)), "en")
    assert said.endswith("This share was highest in Africa (70%) and lowest in Europe (50%).")


@pytest.mark.parametrize(
    "regions",
    [
        {"africa": (70, 20, 10)},
        {"africa": (60, 30, 10), "europe": (60, 20, 20)},
        {"africa": (70, 1, 1), "asia": (None, 1, 1)},
    ],
    ids=["only one", "all the same", "one not shown"],
)
def test_nothing_is_compared_where_there_is_nothing_to_compare(table, regions):
    assert "highest" not in reading(table(**regions), "en")


def test_a_share_of_nought_is_a_share(table):
    assert "lowest in Europe (0%)" in reading(table(africa=(70, 20, 10), europe=(0, 90, 10)), "en")


def test_of_equal_shares_the_first_answer_is_named(table):
    assert "“Yes”: 45%" in reading(table((45, 45, 10)), "en")


def on_a_scale(made, *names):
    columns = [ReleasedColumn(name, {"en": name.title()}, apart=name == "dont_know") for name in names]
    return replace(made, kind="scale", columns=tuple(columns))


def test_of_a_scale_the_two_answers_at_each_end_are_taken_together(table):
    made = on_a_scale(table((10, 20, 40, 20, 10)), "never", "seldom", "often", "always", "dont_know")
    assert reading(made, "en").endswith(
        "In all, about 60% answered “Often” or “Always”, and about 30% “Never” or “Seldom”."
    )
    turned = on_a_scale(table((40, 30, 20, 10)), "always", "often", "seldom", "never")
    assert reading(turned, "en").endswith(
        "In all, about 70% answered “Often” or “Always”, and about 30% “Never” or “Seldom”."
    )


def test_of_numbers_the_middle_one_is_named_unless_it_lies_in_an_open_band(table):
    columns = tuple(ReleasedColumn(str(day), {"": str(day)}, low=day, high=day) for day in (1, 2))
    days = replace(table((30, 40, 30), kind="number"), columns=(*columns, ReleasedColumn("≥ 3", {"": "≥ 3"}, low=3)))
    assert reading(days, "en").endswith("Half of the people named about 2 or less, half named that or more.")
    assert "Half" not in reading(replace(days, rows=table((10, 20, 70)).rows), "en")
    unnamed = (ReleasedColumn("some", {"": "some"}), *columns)
    assert "Half" not in reading(replace(days, columns=unnamed), "en")


def test_where_regions_of_the_same_weight_would_tell_another_story_that_is_said(table):
    said = reading(table((60, 30, 10), africa=(70, 20, 10), europe=(20, 70, 10)), "en")
    assert said.endswith("If each region counted the same, this share would be about 45%.")
    assert "counted the same" not in reading(table((60, 30, 10), africa=(70, 20, 10), europe=(42, 48, 10)), "en")


def test_of_a_choice_s_places_the_most_frequent_one_is_told(table):
    placed = replace(table(kind="places"), item="rent", item_label={"en": "Rent"})
    assert reading(placed, "en") == "“Rent” was put in place Yes most often: by 60% of about 100 people who placed it."


def test_languages_are_named_as_their_readers_name_them(table):
    spoken = replace(
        table(question="_language"), columns=tuple(ReleasedColumn(code, {}) for code in ("ru", "en", "fr"))
    )
    assert reading(spoken, "en") == "Most often, people answered in this language: Русский (60% of about 100 people)."


@pytest.mark.parametrize("shares", [(), (None, None, None)], ids=["hidden", "no shares"])
def test_too_few_answers_are_called_that(table, shares):
    assert reading(table(shares), "en") == TOO_FEW


@pytest.mark.parametrize("language", ["zh", "fr", "ru", "es"])
def test_sentences_are_of_their_language_and_labels_the_nearest_there_are(table, language):
    said = reading(table(africa=(70, 20, 10), europe=(50, 40, 10)), language)
    assert "Most often" not in said
    assert ("Oui" if language == "fr" else "Yes") in said
    assert ("  " in said, "。 " in said) == (False, False)
