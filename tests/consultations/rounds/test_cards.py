"""Cards say nothing of a topic or an organisation, and no address holds a code."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile

import pytest
from pypdf import PdfReader

from consultations.registry.models import Organisation
from consultations.rounds import cards
from consultations.rounds.cards import Handout
from consultations.rounds.models import Consultation
from consultations.rounds.quotas import Share
from translations.languages import INTERFACE_LANGUAGES

ADDRESS = "https://example.org/c/spring/"
CODES = ("4CVVD6AQR8JN", "7K2M9QXAP4ZD")
SPRING = Consultation(slug="spring", title={"en": "Our rights"}, languages=["en", "fr", "zh", "ar"])


def handout(language: str, codes: tuple[str, ...] = CODES, until: datetime.date | None = None) -> Handout:
    share = Share(Organisation(id=1, name="Rosa / Azul", country_code="FR", language=language), "europe", 50, 0)
    return Handout(share, codes, ADDRESS, until)


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_card_has_the_address_and_its_code_and_no_name() -> None:
    text = text_of(cards.cards(handout("en", until=datetime.date(2026, 12, 31)), SPRING))
    assert "example.org/c/spring/" in text
    assert "4CVV-D6AQ-R8JN" in text
    assert "until 31 December 2026" in text
    assert "Rosa" not in text
    assert "rights" not in text


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_cards_are_drawn_in_every_language_of_the_interface(language: str) -> None:
    reader = PdfReader(io.BytesIO(cards.cards(handout(language, CODES * 5), SPRING)))
    assert len(reader.pages) == 2
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(language)


def test_a_language_that_the_interface_lacks_has_english_cards() -> None:
    assert "You are invited" in text_of(cards.cards(handout("sw"), SPRING))


@pytest.mark.parametrize(("language", "scanned"), [("fr", f"{ADDRESS}fr/"), ("ru", ADDRESS), ("sw", ADDRESS)])
def test_what_is_scanned_is_the_address_in_a_language_that_is_there_and_never_a_code(
    language: str, scanned: str
) -> None:
    assert handout(language).scanned(SPRING.languages) == scanned


def test_a_list_has_a_message_for_each_code() -> None:
    rows = list(csv.reader(io.StringIO(cards.messages(handout("en"), SPRING).decode("utf-8-sig"))))
    assert rows[0] == ["code", "message"]
    assert rows[1] == [
        "4CVV-D6AQ-R8JN",
        f"You are invited to answer some questions. Open {ADDRESS}en/ and type the code 4CVV-D6AQ-R8JN. "
        "The code counts once. Nobody can see who answered.",
    ]


def test_files_of_one_name_are_numbered() -> None:
    name = cards.file_name(handout("en"), "pdf")
    packed = zipfile.ZipFile(io.BytesIO(cards.zipped([(name, b"1"), (name, b"2")])))
    assert packed.namelist() == ["cards-Rosa-Azul.pdf", "cards-Rosa-Azul-2.pdf"]
    assert packed.read("cards-Rosa-Azul-2.pdf") == b"2"
