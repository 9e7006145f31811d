"""Sentences say what a released table shows, and nothing that it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

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


def test_a_scale_has_an_answer_in_the_middle(table):
    assert reading(table(kind="scale", median=1), "en").endswith("the answer in the middle is “No”.")
    assert "middle" not in reading(table(kind="scale"), "en")
    assert "middle" not in reading(table(kind="number", median=1), "en")


def test_without_a_single_share_only_the_middle_is_told(table):
    said = reading(table((None, None, None), kind="scale", median=0), "en")
    assert said == "Ranked from one end to the other, the answer in the middle is “Yes”."


@pytest.mark.parametrize("shares", [(), (None, None, None)], ids=["hidden", "no shares"])
def test_too_few_answers_are_called_that(table, shares):
    assert reading(table(shares), "en") == TOO_FEW


@pytest.mark.parametrize("language", ["zh", "fr", "ru", "es"])
def test_sentences_are_of_their_language_and_labels_the_nearest_there_are(table, language):
    said = reading(table(africa=(70, 20, 10), europe=(50, 40, 10)), language)
    assert "Most often" not in said
    assert ("Oui" if language == "fr" else "Yes") in said
    assert ("  " in said, "。 " in said) == (False, False)
