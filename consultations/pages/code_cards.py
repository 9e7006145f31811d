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
    address: str
    #: Finished SVG; '' where the card is shown without pictures.
    address_picture: Markup
    code_picture: Markup

    @property
    def groups(self) -> list[str]:
        return in_groups(self.code).split(" ")


def code_card(code: str, endpoint: str, *, slug: str, language: str) -> CodeCard:
    """The card for a code that is typed at `endpoint`, with pictures."""
    address = _address(endpoint, slug, language)
    return CodeCard(code, address, _kept_picture(address), picture(code))


def plain_card(code: str, endpoint: str, *, slug: str, language: str) -> CodeCard:
    """The same without pictures: drawing one takes longer than everything else that *send* does."""
    return CodeCard(code, _address(endpoint, slug, language), Markup(), Markup())


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
