"""Targets as they are written down, and what a questionnaire offers."""

from __future__ import annotations

import pytest

from forms.incoming.mapping import NOWHERE, Target, digest_of, meaning_of, no_meaning, parsed, takers, targets_of
from forms.incoming.tables import read_table


@pytest.mark.parametrize(
    "target", [NOWHERE, Target("sex"), Target("needs", "care/cash"), Target("order", place=2), Target("@language")]
)
def test_a_target_is_read_back_as_it_was_written(target):
    assert parsed(target.written) == target


def test_a_place_that_is_none_is_no_target(form):
    assert parsed("order#first") not in targets_of(form)


def test_questions_within_repeats_take_no_column(form):
    assert "pet" not in {question.name for question in takers(form)}


def test_options_and_places_are_targets_of_their_own(form):
    found = targets_of(form)
    assert {Target("needs", "care"), Target("order", place=2), Target("safe"), NOWHERE} <= found
    assert not {Target("safe", "yes"), Target("order", place=3), Target("order", "law")} & found


def test_files_with_the_same_headings_have_one_digest():
    one, two, other = (read_table(text) for text in (b"a,b\n1,2\n", b"a,b\n3,4\n5,6\n", b"a,c\n1,2\n"))
    assert digest_of(one) == digest_of(two) != digest_of(other)


def test_words_mean_what_was_said_of_them():
    meaning = meaning_of({"yn": {"Sure": "yes", "Who knows": ""}})
    assert [meaning("yn", word) for word in ("Sure", "Who knows", "x")] == ["yes", "", None]
    assert meaning("other", "Sure") is no_meaning("yn", "Sure") is None
