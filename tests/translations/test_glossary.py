"""The glossary finds discouraged words in six languages, and nothing else."""

import csv
from pathlib import Path

import pytest

import translations.glossary
from translations.glossary import Finding, findings

with Path(translations.glossary.__file__).with_name("glossary.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "A prostitute, PROSTITUTION and AIDS-carriers", ["prostitute", "PROSTITUTION", "AIDS-carriers"]),
        ("fr", "Les prostitué·e·s et le VIH / sida", ["prostitué", "VIH / sida"]),
        ("fr-CA", "la lutte contre le\u202fsida", ["lutte contre le\u202fsida"]),
        ("es", "Prostitutas, prostitución", ["Prostitutas", "prostitución"]),
        ("ru", "с проститутками, сутенерам, сутенёром", ["проститутками", "сутенерам", "сутенёром"]),
        ("zh-Hans", "有人说她们卖淫。", ["卖淫"]),
        ("ar", "والدعارة وللدعارة ودَعارَة", ["والدعارة", "وللدعارة", "ودَعارَة"]),
    ],
)
def test_a_discouraged_word_is_found_however_it_is_inflected(language, text, found):
    assert [finding.found for finding in findings(text, language)] == found


def test_a_finding_says_where_it_stands_and_what_to_say_instead():
    assert findings("A safe sex leaflet", "en") == (Finding("safe sex", 2, "safer sex"),)


def test_the_longer_of_two_overlapping_terms_counts():
    assert [finding.found for finding in findings("des personnes prostituées", "fr")] == ["personnes prostituées"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sex workers lead safer-sex workshops; substituted"),
        ("fr", "Les travailleuses et travailleurs du sexe se disputent rarement."),
        ("es", "Las trabajadoras sexuales disputan; se reputa"),
        ("ru", "Секс-работницы распутали эту путаницу."),
        ("de", "Prostitution"),
    ],
)
def test_other_words_and_other_languages_are_left_alone(language, text):
    assert findings(text, language) == ()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['lang']} {row['avoid']}")
def test_every_term_is_found_and_what_we_prefer_is_not(row):
    assert findings(row["avoid"].replace("*", ""), row["lang"])
    assert findings(row["prefer"], row["lang"]) == ()


def test_no_term_is_listed_twice():
    terms = [(row["lang"], row["avoid"].casefold()) for row in ROWS]
    assert sorted(set(terms)) == sorted(terms)
