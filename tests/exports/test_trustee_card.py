"""A trustee's card is one accessible page with numbered words, and the QR code holds the same words."""

from __future__ import annotations

import io

import page
import pytest
from pypdf import PdfReader

from exports import trustee_card
from exports.trustee_card import TrusteeCard, render_card

WORDS = tuple(f"academic{number}" for number in range(33))


def card(language: str = "en") -> TrusteeCard:
    return TrusteeCard(language, "A card", "Card 1 of 3", "Made today.", ("Keep it.",), "Compare:", "ab12 cd34", WORDS)


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_a_card_is_one_page_of_accessible_pdf(language: str) -> None:
    made = render_card(card(language))
    assert page.validate_pdf_bytes(made, profile="ua1").is_compliant
    assert len(PdfReader(io.BytesIO(made)).pages) == 1


def test_every_word_stands_on_it_with_its_number() -> None:
    text = " ".join(PdfReader(io.BytesIO(render_card(card()))).pages[0].extract_text().split())
    assert all(f"{number}. {word}" in text for number, word in enumerate(WORDS, 1))
    assert "ab12 cd34" in text


def test_the_qr_code_holds_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    made = trustee_card.segno.make
    monkeypatch.setattr(trustee_card.segno, "make", lambda text, **more: seen.append(text) or made(text, **more))
    render_card(card())
    assert seen == [" ".join(WORDS)]


def test_its_words_are_kept_out_of_logs() -> None:
    assert "academic1" not in repr(card())
