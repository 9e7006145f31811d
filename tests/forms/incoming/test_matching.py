"""Each heading finds its question, by name or label, in any language and as any tool writes it."""

from __future__ import annotations

import pytest

from forms.incoming.matching import suggestions
from forms.incoming.tables import read_table


def targets(form, headings: str, *rows: str) -> list[str]:
    found = suggestions(read_table("\n".join((headings, *(rows or ("x;" * headings.count(";"),)))).encode()), form)
    return ["identifies" if each.identifies else each.target.written for each in found]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("region", "region"),
        ("home/region", "region"),
        ("Where do you live?", "region"),
        ("OÙ VIVEZ-VOUS ?", "region"),
        ("Home/Where do you live?", "region"),
        ("G01Q02. Where do you live?", "region"),
        ("needs/care", "needs/care"),
        ("What do you need?/Health care", "needs/care"),
        ("needs[money]", "needs/money"),
        ("What do you need? [Money]", "needs/money"),
        ("What do you need? - Health care", "needs/care"),
        ("order[1]", "order#1"),
        ("What comes first? [Rank 2]", "order#2"),
        ("colour", ""),
        ("pet", ""),
        ("child/pet", ""),
        ("_uuid", "identifies"),
    ],
)
def test_a_heading_finds_its_question(form, heading, target):
    assert targets(form, f"{heading};other", "x;y") == [target, ""]


def test_an_option_of_words_is_told_from_its_tick_by_what_stands_below(form):
    found = targets(form, "needs/Other;needs/Other", "Other;", "Other;a bicycle", ";time off")
    assert found == ["needs/other", "needs_other"]


def test_columns_that_are_headed_alike_share_a_question_with_several_answers(form):
    assert targets(form, "What do you need?;What do you need?", "Money;Health care") == ["needs", "needs"]


def test_a_second_column_of_a_question_with_one_answer_goes_nowhere(form):
    assert targets(form, "age;age", "20;30") == ["age", ""]


def test_a_question_that_is_called_like_a_system_column_keeps_its_column(form):
    assert targets(form, "at;start", "2019-03-08;2019-03-08") == ["at", "identifies"]


def test_a_column_of_addresses_goes_nowhere_whatever_it_is_called(form):
    assert targets(form, "What else?;x", "a@example.org;1", "b@example.org;2") == ["identifies", ""]
