"""Texts with words in another language remember which words those are; whoever takes them for a text gets a text."""

from __future__ import annotations

import copy

import pytest

from translations.formats import joined, listed, separated
from translations.phrases import (
    FIGURES,
    UNNAMED,
    Part,
    Phrase,
    attributes_of,
    cut,
    filled,
    foreign,
    in_lines,
    isolated,
    language_attributes,
    marked_up,
    parts_of,
    stripped,
)

SAFE = foreign("Are you <safe>?", "en", "ar")
NOTHING = ""


@pytest.mark.parametrize(
    ("language", "attributes"),
    [
        ("en", ""),
        ("ar", ' lang="ar" dir="rtl"'),
        ("zh", ' lang="zh-Hans" dir="ltr"'),
        (UNNAMED, ' lang="" dir="auto"'),
        (FIGURES, ' dir="ltr"'),
    ],
)
def test_language_and_direction_are_given_where_they_change(language: str, attributes: str) -> None:
    assert language_attributes(language, "en") == attributes


def test_words_in_the_reader_s_language_are_a_plain_text() -> None:
    assert type(foreign("هل أنت بأمان؟", "ar", "ar")) is str
    assert foreign(NOTHING, "en", "ar") == NOTHING
    assert marked_up("a < b") == "a &lt; b"
    assert isolated("Are you safe?", "ltr") == "Are you safe?"


def test_words_in_another_language_say_which_in_html_and_keep_their_order_without() -> None:
    assert SAFE == "Are you <safe>?"
    assert marked_up(SAFE) == '<bdi lang="en" dir="ltr">Are you &lt;safe&gt;?</bdi>'
    assert isolated(SAFE, "rtl") == "\u2066Are you <safe>?\u2069"
    assert isolated(foreign("هل أنت بأمان؟", "ar", "en"), "ltr") == "\u2067هل أنت بأمان؟\u2069"


def test_an_element_with_nothing_else_in_it_says_their_language_itself() -> None:
    assert attributes_of(SAFE) == ' lang="en" dir="ltr"'
    assert attributes_of("Are you safe?") == ""
    assert attributes_of(filled("%(question)s نعم", {"question": SAFE})) == ""


def test_what_runs_the_same_way_needs_no_signs_and_still_says_its_language() -> None:
    french = foreign("Êtes-vous en sécurité ?", "fr", "en")
    assert isolated(french, "ltr") == "Êtes-vous en sécurité ?"
    assert 'lang="fr"' in marked_up(french)


def test_a_text_whose_language_nobody_named_is_left_to_its_first_letter() -> None:
    assert marked_up(foreign("safe", UNNAMED, "en")) == '<bdi lang="" dir="auto">safe</bdi>'
    assert isolated(foreign("safe", UNNAMED, "ar"), "rtl") == "\u2068safe\u2069"


def test_figures_alone_run_from_left_to_right_among_words_that_do_not() -> None:
    assert marked_up(foreign("18–29", UNNAMED, "ar")) == '<bdi dir="ltr">18–29</bdi>'
    assert isolated(foreign("≥ 60", UNNAMED, "ar"), "rtl") == "\u2066≥ 60\u2069"
    assert type(foreign("18–29", UNNAMED, "en")) is str


def test_a_sentence_that_quotes_them_keeps_both_apart() -> None:
    said = filled("%(question)s – حسب %(by)s: 100 %% (%(count)d)", {"question": SAFE, "by": "المنطقة", "count": 3})
    assert said == "Are you <safe>? – حسب المنطقة: 100 % (3)"
    assert marked_up(said) == '<bdi lang="en" dir="ltr">Are you &lt;safe&gt;?</bdi> – حسب المنطقة: 100 % (3)'


def test_without_such_words_a_sentence_is_filled_as_ever() -> None:
    assert type(filled("%(share)s of %(count)d", {"share": "3%", "count": 5})) is str


def test_lists_keep_them_apart() -> None:
    both = [SAFE, "نعم"]
    assert isolated(separated(both, "ar"), "rtl") == "\u2066Are you <safe>?\u2069؛ نعم"
    assert isolated(joined(both, "ar"), "rtl") == "\u2066Are you <safe>?\u2069 نعم"
    assert isolated(listed(both, "ar"), "rtl") == "\u2066Are you <safe>?\u2069 ونعم"
    assert type(separated(["a", "b"], "en")) is str


def test_a_part_of_one_keeps_its_languages() -> None:
    said = filled("%(title)s، 2026", {"title": foreign("Our rights ", "en", "ar")})
    assert parts_of(cut(said, 4, 13)) == (Part("rights ", "en"), Part("، ", ""))
    assert parts_of(stripped(foreign(" Our rights ", "en", "ar"))) == (Part("Our rights", "en"),)
    assert cut("Our rights", 4, 10) == "rights"


def test_lines_that_it_was_wrapped_into_keep_its_languages() -> None:
    wrapped = in_lines(foreign("one two one", "en", "ar"), ("one", "two", "one"))
    assert [parts_of(line) for line in wrapped] == [((Part(word, "en")),) for word in ("one", "two", "one")]
    assert in_lines("one two", ["one", "two"]) == ("one", "two")


def test_a_copy_is_the_same() -> None:
    assert parts_of(copy.deepcopy(SAFE)) == parts_of(SAFE)
    assert isinstance(foreign(SAFE, "en", "fr"), Phrase)
