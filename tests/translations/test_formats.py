"""Dates, numbers and lists as readers write them."""

from __future__ import annotations

import datetime

import pytest

from translations.formats import (
    joined,
    listed,
    locale_of,
    separated,
    signed,
    written_date,
    written_moment,
    written_month,
    written_number,
    written_rounded,
    written_share,
    written_time,
)

DAY = datetime.date(2026, 11, 2)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "2 November 2026"),
        ("zh", "2026年11月2日"),
        ("fr", "2 novembre 2026"),
        ("ru", "2 ноября 2026 года"),
        ("es", "2 de noviembre de 2026"),
    ],
)
def test_a_date_is_written_out(language, written):
    assert written_date(DAY, language).replace("\u202f", " ").replace("\xa0", " ") == written


@pytest.mark.parametrize(("language", "locale"), [("en", "en_GB"), ("zh", "zh_Hans"), ("pt-BR", "pt_BR"), ("fr", "fr")])
def test_a_language_follows_the_habits_of_a_place(language, locale):
    assert locale_of(language) == locale


@pytest.mark.parametrize(("language", "written"), [("en", "12,345"), ("fr", "12 345"), ("es", "12.345")])
def test_a_number_has_its_separators(language, written):
    assert written_number(12345, language).replace("\u202f", " ") == written


@pytest.mark.parametrize(("language", "written"), [("en", "32%"), ("fr", "32 %"), ("zh", "32%")])
def test_a_share_is_of_a_hundred(language, written):
    assert written_share(32, language).replace("\u202f", " ").replace("\xa0", " ") == written


@pytest.mark.parametrize(
    ("language", "written"), [("en", "A. B."), ("zh", "A.B."), ("zh-Hant", "A.B."), ("ja", "A.B.")]
)
def test_sentences_follow_one_another_as_their_script_does(language, written):
    assert joined(["A.", "B."], language) == written


@pytest.mark.parametrize(("language", "written"), [("en", "a, b and c"), ("zh", "a、b和c"), ("fr", "a, b et c")])
def test_a_list_ends_with_its_word_for_and(language, written):
    assert listed(iter("abc"), language) == written


def test_the_first_of_a_month_is_an_ordinal_in_french_alone():
    first = datetime.date(2026, 9, 1)
    assert written_date(first, "fr") == "1er septembre 2026"
    assert written_date(first, "es").startswith("1 de")


@pytest.mark.parametrize(
    ("language", "written"), [("en", "a; b"), ("zh", "a；b"), ("ar", "a؛ b"), ("fr", "a\u202f; b")]
)
def test_items_with_commas_in_them_are_kept_apart(language, written):
    assert separated("ab", language) == written


@pytest.mark.parametrize(
    ("language", "month", "time", "moment"),
    [
        ("en", "November 2026", "21:30", "2 November 2026, 21:30"),
        ("zh", "2026年11月", "21:30", "2026年11月2日 21:30"),
        ("fr", "novembre 2026", "21:30", "2 novembre 2026, 21:30"),
        ("ru", "ноябрь 2026\u202fгода", "21:30", "2 ноября 2026\u202fгода, 21:30"),
        ("es", "noviembre de 2026", "21:30", "2 de noviembre de 2026, 21:30"),
        ("ar", "نوفمبر 2026", "9:30 م", "2 نوفمبر 2026، 9:30 م"),
    ],
)
def test_months_and_times_are_written_as_their_readers_do(language, month, time, moment):
    found = datetime.datetime(2026, 11, 2, 21, 30)
    assert written_month(found.date(), language) == month
    assert written_time(found.time(), language) == time
    assert written_moment(found, language) == moment


def test_a_sign_keeps_its_place_before_a_figure_in_texts_from_right_to_left():
    assert [signed("<5", language) for language in ("en", "ar", "fa")] == ["<5", "\u200e<5", "\u200e<5"]


def test_an_estimate_has_one_place_after_the_comma_up_to_a_hundred():
    assert [written_rounded(number, "en") for number in (3, 24.46, 99.96, 1240.4)] == ["3.0", "24.5", "100", "1,240"]
    assert written_rounded(24.46, "fr") == "24,5"
