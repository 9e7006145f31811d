"""Cards to cut out and hand on, eight on a page: an address, its QR code, and on each card a code of its own.

Whoever finds a card in somebody's pocket reads nothing of a topic, an organisation or a person. The QR code holds the
address alone: a code in an address would stand in the history of a phone.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import segno
from jinja2 import Environment, FileSystemLoader, Template

from exports.paper import HERE
from exports.pdf import written
from exports.scripts import direction, html_language

CARDS_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class CardWords:
    """What is printed on every card, in one language; whole sentences."""

    title: str
    open_address: str
    type_code: str
    once: str
    #: '' where no day is set.
    until: str


@dataclass(frozen=True, slots=True)
class CardSheet:
    """The cards of one organisation."""

    language: str
    words: CardWords
    #: As it is typed, without `https://`, and as it is scanned.
    address: str
    scanned: str
    #: In groups, ready to be read: `invitation_codes.grouped`.
    codes: tuple[str, ...]


def render_cards(sheet: CardSheet) -> bytes:
    """The cards as PDF/UA-1; raises as `pdf.render_pdf`."""
    pages = [sheet.codes[first : first + CARDS_A_PAGE] for first in range(0, len(sheet.codes), CARDS_A_PAGE)]
    html = _template().render(
        sheet=sheet,
        pages=pages,
        language=html_language(sheet.language),
        direction=direction(sheet.language),
        picture=_qr(sheet.scanned),
    )
    return written(html, ("cards.css",))


def _qr(address: str) -> str:
    """A picture as `data:` address; a quarter of it may be dirty or folded (level Q).

    PNG, eight dots a module: an SVG would be drawn anew for each card, and took a third of all time.
    """
    out = BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="png", border=0, scale=8)
    return "data:image/png;base64," + b64encode(out.getvalue()).decode("ascii")


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("cards.html")
