"""Codes as cards to print: in groups of four, with the address that they are typed at, and as QR pictures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import segno
from flask import url_for
from markupsafe import Markup

from consultations.pages.web import settings
from consultations.responses.codes import in_groups

#: Light modules around the picture; the standard asks for 4, and every phone reads 2.
_QUIET = 2


@dataclass(frozen=True, slots=True)
class CodeCard:
    """What a card shows. The code stands on it and in a picture of its own, and never in the address."""

    code: str
    groups: tuple[str, ...]
    address: str
    #: Finished SVG; '' where the card is shown without pictures.
    address_picture: Markup
    code_picture: Markup


def code_card(code: str, endpoint: str, *, slug: str, language: str) -> CodeCard:
    """The card for a code that is typed at `endpoint`, with pictures."""
    address = _address(endpoint, slug, language)
    return CodeCard(code, _groups(code), address, _kept_picture(address), picture(code))


def marked_card(row: str, code: str, endpoint: str, *, slug: str, language: str) -> CodeCard:
    """A card with marks where the code's groups and the code itself will stand.

    It has no pictures: drawing one takes longer than everything else that *send* does.
    """
    return CodeCard(code, (row,), _address(endpoint, slug, language), Markup(), Markup())


def in_a_row(code: str) -> str:
    """The code's groups, as `member/card.html` draws one beside the other."""
    return "</span> <span>".join(_groups(code))


def _groups(code: str) -> tuple[str, ...]:
    return tuple(in_groups(code).split(" "))


def _address(endpoint: str, slug: str, language: str) -> str:
    scheme = "https" if settings().https else "http"
    return url_for(endpoint, slug=slug, language=language, _external=True, _scheme=scheme)


def picture(text: str) -> Markup:
    drawn = segno.make_qr(text, error="m").svg_inline(border=_QUIET, omitsize=True, light="#fff")
    return Markup(drawn)  # noqa: S704 - segno draws paths, and puts no text into them


@lru_cache(maxsize=64)
def _kept_picture(text: str) -> Markup:
    """Of an address, which is the same for everybody."""
    return picture(text)
