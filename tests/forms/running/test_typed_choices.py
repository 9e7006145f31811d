"""What is written of a choice is understood when it is clear, and asked about when it is not."""

import pytest

from forms.questionnaire import Choice, Text
from forms.running.typed_choices import MOST_CLOSE, closest, folded, meant


def country(name, en, **others):
    return Choice(name, Text({"en": en, **others}))


COUNTRIES = (
    country("ci", "Côte d'Ivoire", fr="Côte d’Ivoire", ar="ساحل العاج", zh="科特迪瓦"),
    country("cd", "Congo, Democratic Republic of the", fr="République démocratique du Congo", zh="刚果民主共和国"),
    country("cg", "Congo", fr="Congo", zh="刚果共和国"),
    country("gm", "The Gambia", fr="Gambie", zh="冈比亚"),
    country("ke", "Kenya", ru="Кения", zh="肯尼亚", ar="كينيا"),
    country("sd", "Sudan", fr="Soudan", ar="السودان"),
    country("tz", "Tanzania, United Republic of", fr="Tanzanie", zh="坦桑尼亚联合共和国"),
    country("us", "**United** States", es="Estados Unidos", ru="Соединённые Штаты"),
    country("other_place", "Somewhere else"),
)


def names(found):
    return [choice.name for choice in found]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        (" kenya ", "en", "ke"),
        ("KENYA", "en", "ke"),
        ("Ｋｅｎｙａ", "en", "ke"),
        ("cote divoire", "en", None),
        ("cote d’ivoire", "en", "ci"),
        ("Gambia, the", "en", "gm"),
        ("gambia", "en", "gm"),
        ("Tanzania", "en", "tz"),
        ("united states", "en", "us"),
        ("соединенные штаты", "ru", "us"),
        ("Кения", "en", "ke"),
        ("سودان", "ar", "sd"),
        ("السُّودان", "ar", "sd"),
        ("肯尼亚", "zh", "ke"),
        ("坦桑尼亚", "zh", "tz"),
        ("Congo", "en", "cg"),
        ("le Congo", "fr", "cg"),
        ("other place", "en", "other_place"),
        ("sd", "en", "sd"),
    ],
)
def test_a_choice_is_meant_by_its_name_in_any_language_and_any_spelling_of_it(text, language, name):
    assert names(meant(text, COUNTRIES, language)) == ([name] if name else [])


@pytest.mark.parametrize(
    ("text", "language", "several"),
    [
        ("united", "en", ["tz", "us"]),
        ("刚果", "zh", ["cd", "cg"]),
        ("South Sudan", "en", []),
        ("of", "en", []),
        ("国", "zh", []),
        ("", "en", []),
        ("?!", "en", []),
    ],
)
def test_what_is_not_clear_is_not_guessed(text, language, several):
    assert names(meant(text, COUNTRIES, language)) == several


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("Kenia", "en", "ke"),
        ("South Sudan", "en", "sd"),
        ("cote divoire", "en", "ci"),
        ("Кенья", "ru", "ke"),
        ("united", "en", "tz"),
        ("كنيا", "ar", "ke"),
        ("tanz", "en", "tz"),
    ],
)
def test_what_is_like_it_is_offered(text, language, first):
    assert names(closest(text, COUNTRIES, language))[0] == first


@pytest.mark.parametrize("text", ["", "Wqx", "🙂"])
def test_nothing_is_offered_for_what_is_like_nothing(text):
    assert closest(text, COUNTRIES, "en") == ()


def test_a_few_are_offered_and_not_a_whole_list():
    towns = tuple(country(f"t{at}", f"Town {at}") for at in range(5_000))
    assert len(closest("town " * 50_000, towns, "en")) == MOST_CLOSE


def test_a_letter_that_unicode_does_not_take_apart_is_its_plain_sister():
    assert [folded(text) for text in ("Łódź", "Møn", "ﬁn", "The")] == ["lodz", "mon", "fin", "the"]
