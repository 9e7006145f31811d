import pytest
from sqlalchemy.orm import Session

from consultations.registry.countries import by_name, country_codes, country_name
from consultations.registry.importing import COUNTRIES, load_countries, rows_of
from translations.languages import INTERFACE_LANGUAGES

CODES = [row.cells["code"] for row in rows_of(COUNTRIES.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Kenya"), ("ru", "Кения"), ("zh", "肯尼亚"), ("zh-Hant", "肯亞"), ("ar", "كينيا"), ("xx-nowhere", "Kenya")],
)
def test_a_country_has_its_name_in_the_reader_s_language(language: str, name: str) -> None:
    assert country_name("KE", language) == name


def test_a_code_that_nobody_knows_stands_for_itself() -> None:
    assert country_name("X1", "fr") == "X1"


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_country_of_the_list_has_a_name(language: str) -> None:
    assert [code for code in CODES if country_name(code, language) == code] == []


@pytest.mark.parametrize(
    ("language", "codes", "expected"),
    [
        ("fr", ["ZM", "EG", "ES", "EE"], ["EG", "ES", "EE", "ZM"]),  # Égypte, Espagne, Estonie, Zambie
        ("es", ["AR", "AT", "SA"], ["SA", "AR", "AT"]),  # Arabia Saudí, Argentina, Austria
        ("ru", ["YE", "ES", "HU"], ["HU", "ES", "YE"]),  # Венгрия, Испания, Йемен
        ("zh", ["CN", "DE", "AR", "US"], ["AR", "DE", "US", "CN"]),  # ā, dé, měi, zhōng
    ],
)
def test_lists_run_as_their_readers_expect(language: str, codes: list[str], expected: list[str]) -> None:
    assert [code for code, _ in by_name(codes, language)] == expected


def test_the_codes_that_are_loaded_are_listed(session: Session) -> None:
    load_countries(session)
    assert country_codes(session) == sorted(CODES)
