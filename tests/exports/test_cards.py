"""Cards come eight on a page, tagged for screen readers, with the address alone in their QR code."""

from __future__ import annotations

import base64
import io

import page
import pytest
from pypdf import PdfReader

from exports import cards
from exports.cards import CardSheet, CardWords, render_cards

WORDS = CardWords("You are invited", "Open:", "Type:", "Once.", "")
ADDRESS = "https://example.org/c/spring/"


def sheet(language: str = "en", codes: int = 3) -> CardSheet:
    return CardSheet(language, WORDS, "example.org/c/spring/", ADDRESS, ("4CVV-D6AQ-R8JN",) * codes)


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_cards_are_accessible_pdf(language: str) -> None:
    report = page.validate_pdf_bytes(render_cards(sheet(language)), profile="ua1")
    assert report.is_compliant


@pytest.mark.parametrize(("codes", "pages"), [(1, 1), (8, 1), (9, 2), (17, 3)])
def test_eight_cards_go_on_a_page(codes: int, pages: int) -> None:
    assert len(PdfReader(io.BytesIO(render_cards(sheet(codes=codes)))).pages) == pages


def test_the_qr_code_holds_the_address_and_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    made = cards.segno.make
    monkeypatch.setattr(cards.segno, "make", lambda content, **more: seen.append(content) or made(content, **more))
    render_cards(sheet())
    assert seen == [ADDRESS]


def test_the_qr_code_is_drawn_without_a_file() -> None:
    kind, _, content = cards._qr(ADDRESS).partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(content).startswith(b"\x89PNG")
