"""A trustee's card: its words numbered, the same words as a QR code, and whose key it is. One page, to print once."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

import segno
from jinja2 import Environment, FileSystemLoader, Template

from exports.paper import HERE
from exports.pdf import written
from exports.scripts import direction, html_language


@dataclass(frozen=True, slots=True)
class TrusteeCard:
    """What is printed, in one language; the sentences are whole."""

    language: str
    title: str
    #: Which card of how many, and when it was made.
    number: str
    made_on: str
    #: What it is for and how it is kept, a paragraph each.
    told: tuple[str, ...]
    fingerprint_is: str
    fingerprint: str
    #: In their order; English, as the list of words is.
    words: tuple[str, ...] = field(repr=False)


def render_card(card: TrusteeCard) -> bytes:
    """The card as PDF/UA-1; raises as `pdf.render_pdf`."""
    html = _template().render(
        card=card,
        language=html_language(card.language),
        direction=direction(card.language),
        picture=_qr(" ".join(card.words)),
    )
    return written(html, ("trustee_card.css",))


def _qr(words: str) -> str:
    """A picture as `data:` address; an eighth of it may be folded (level M), more would make the dots too small."""
    out = BytesIO()
    segno.make(words, error="m", micro=False).save(out, kind="png", border=0, scale=6)
    return "data:image/png;base64," + b64encode(out.getvalue()).decode("ascii")


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("trustee_card.html")
