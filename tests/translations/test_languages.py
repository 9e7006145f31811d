"""Languages and the header texts that name them."""

import csv
from pathlib import Path

import pytest

from translations.languages import (
    INTERFACE_LANGUAGES,
    LANGUAGES,
    OFFICIAL_LANGUAGES,
    autonym,
    code_of,
    direction,
    html_lang,
)

REFERENCE = Path(__file__).parents[2] / "../shared/reference"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("English (en)", "en"),
        ("English(en)", "en"),
        ("english", "en"),
        ("french", "fr"),
        ("Français", "fr"),
        ("EN", "en"),
        ("Swahili(swa)", "sw"),
        ("  中文 （zh） ", "zh"),
        ("中文 (简体) (zh-Hans)", "zh-Hans"),
        ("Chinese (Traditional)", "zh-Hant"),
        ("Español de México (es_mx)", "es-MX"),
        ("srpski (sr-latn)", "sr-Latn"),
        ("Wolof", "wo"),
        ("Wolof (wo)", "wo"),
        ("Bahasa", "id"),
        ("Dari", "fa-AF"),
        ("Portuguese (BR)", "pt-BR"),
        ("Spanish (CO)", "es-CO"),
        ("Spanish (ES)", "es"),
        ("English (US)", "en-US"),
        ("French [fr]", "fr"),
        *(("bos", "bs"), ("swa", "sw"), ("prs", "fa-AF"), ("kmr", "ku"), ("tgl", "tl"), ("Tagalog (tgl)", "tl")),
        *(("Español", "es"), ("Русский", "ru"), ("中文", "zh"), ("العربية", "ar"), ("Kiswahili", "sw")),
        *(("Tagalog", "tl"), ("پښتو", "ps"), ("ትግርኛ", "ti"), ("Soomaali", "so"), ("Kurmanji", "ku"), ("Türkçe", "tr")),
        *(("Inglés", "en"), ("Frances", "fr"), ("anglais", "en"), ("Английский", "en"), ("Portugues", "pt")),
    ],
)
def test_a_header_names_its_language(header, code):
    assert code_of(header) == code


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Local language",
        "French(fr)required_message::English(en)",
        "Other (xx)",
        "und",
        "image (big picture)",
        "Creole",
    ],
)
def test_a_text_that_names_no_language_has_no_code(header):
    assert code_of(header) is None


def test_no_name_stands_for_two_languages():
    names = [
        name
        for language in LANGUAGES
        for name in {
            name.casefold() for name in (language.code, language.autonym, language.english, *language.other_names)
        }
    ]
    assert sorted(set(names)) == sorted(names)


def test_arabic_persian_and_their_variants_run_from_right_to_left():
    assert [direction(code) for code in ("ar", "ar-EG", "fa-AF", "ur", "zh", "xx")] == ["rtl"] * 4 + ["ltr"] * 2


def test_a_language_is_called_as_its_readers_call_it():
    assert [autonym(code) for code in ("zh", "fr", "pt-BR", "not a code")] == [
        "中文",
        "Français",
        "português (Brasil)",
        "not a code",
    ]


def test_chinese_says_its_script_to_browsers():
    assert [html_lang("zh"), html_lang("zh-Hant"), html_lang("fr")] == ["zh-Hans", "zh-Hant", "fr"]


def test_every_official_language_is_an_interface_language_that_we_know():
    assert set(OFFICIAL_LANGUAGES) < set(INTERFACE_LANGUAGES) <= {language.code for language in LANGUAGES}


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference files lie beside the project")
def test_every_header_seen_in_real_workbooks_is_understood():
    with (REFERENCE / "xlsform_language_headers_observed.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["header_language_text"] for row in csv.DictReader(file)]
    assert [text for text in texts if code_of(text) is None] == [
        "French(fr)required_message::English(en)",
        "Local language",
    ]


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference files lie beside the project")
def test_every_language_of_the_reference_list_has_its_code_and_direction():
    with (REFERENCE / "xlsform_language_codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            header = row["xlsform_column_example"].removeprefix("label::")
            assert (code_of(header), code_of(row["autonym"]), direction(row["code"])) == (
                row["code"],
                row["code"],
                row["direction"],
            )


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference tables do not lie beside the project")
def test_every_spelling_of_a_language_of_the_network_is_that_language():
    with (REFERENCE / "xlsform_language_codes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            header = row["xlsform_column_example"].partition("::")[2]
            spellings = (row["code"], row["autonym"], row["english"], header, header.replace(" (", "("))
            assert {code_of(spelling) for spelling in spellings} == {row["code"]}
