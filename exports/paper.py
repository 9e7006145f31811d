"""A Document as HTML: a page that stands alone, the source of a PDF, or an article to lay into another page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from exports import charts, markup, scripts
from exports.document import Block, Box, Chart, Document, Heading, Notice, Paragraph, Quote, Table
from translations.phrases import isolated, marked_up, only_language

HERE = Path(__file__).parent
#: Contents of more lines than these are set closer.
MOST_ROOMY_LINES = 18
#: Control characters come along with pasted text; HTML forbids them, and no font has a letter for them.
_NEVER_SHOWN = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)])


def render_html(document: Document, *, for_print: bool) -> str:
    """The whole paper as one HTML page.

    For the screen its style sheet is inside it and it needs no other file. For print it has a cover, a contents list
    for page numbers and a running foot instead, and the style sheets come from `pdf.render_pdf`.
    """
    html = _template("paper.html").render(
        document=document,
        title=isolated(document.title, document.direction),
        publisher=isolated(document.publisher, document.direction),
        article=_article(document, for_print=for_print),
        language=scripts.html_language(document.language),
        style=None if for_print else Markup(style_sheet("paper.css")),  # noqa: S704 - our own file
    )
    return html.translate(_NEVER_SHOWN)


def render_article(document: Document) -> Markup:
    """Only the `<article class="paper">`, without style of its own, for a page that links `paper.css`."""
    return _article(document, for_print=False)


def style_sheet(name: str) -> str:
    """The text of a style sheet beside this module: `paper.css` for everywhere, `print.css` for pages."""
    return (HERE / name).read_text(encoding="utf-8")


@dataclass(slots=True)
class _Place:
    """What has been counted so far on the way through a paper."""

    document: Document
    for_print: bool
    sections: list[tuple[str, Heading]] = field(default_factory=list)
    tables: int = 0
    figures: int = 0


def _article(document: Document, *, for_print: bool) -> Markup:
    place = _Place(document, for_print)
    blocks = [_drawn(block, place) for block in document.blocks]
    return _part(
        "article",
        document=document,
        language=scripts.html_language(document.language),
        blocks=blocks,
        sections=_with_levels(place.sections, document.direction),
        long_contents=sum(heading.level <= 2 for _, heading in place.sections) > MOST_ROOMY_LINES,
        for_print=for_print,
        page_words=_page_words(document.words.page),
    )


def _drawn(block: Block, place: _Place) -> Markup:
    return _KINDS[type(block)](block, place)


def _heading(block: Heading, place: _Place) -> Markup:
    anchor = f"s{len(place.sections) + 1}"
    # PDF/UA-1 (ISO 14289-1, 7.4.2) forbids skipping a level on the way down.
    deepest = place.sections[-1][1].level + 1 if place.sections else 1
    placed = replace(block, level=max(1, min(block.level, deepest, 4)))
    place.sections.append((anchor, placed))
    return _part("heading", heading=placed, anchor=anchor)


def _paragraph(block: Paragraph, place: _Place) -> Markup:
    return markup.block(block.markdown)


def _table(block: Table, place: _Place) -> Markup:
    place.tables += 1
    number = place.document.words.table.format(number=place.tables)
    return _part("table", table=block, number=number)


def _chart(block: Chart, place: _Place) -> Markup:
    place.figures += 1
    document = place.document
    words = document.words
    number = words.figure.format(number=place.figures)
    # In a PDF the text for those who do not see is taken from <title>; the caption stands beside it anyway.
    spoken = charts.description(block, document.language, words.not_shown) if place.for_print else ""
    picture = charts.svg(block, document.language, document.direction, words.not_shown, spoken_title=spoken)
    return _part("chart", chart=block, number=number, picture=Markup(picture))  # noqa: S704 - escaped by charts


def _quote(block: Quote, place: _Place) -> Markup:
    document = place.document
    return _part(
        "quote",
        quote=block,
        paragraphs=_paragraphs(scripts.quoted(block.text, block.language)),
        language=scripts.html_language(block.language),
        direction=scripts.direction(block.language),
        translation=_paragraphs(scripts.quoted(block.translation, document.language)) if block.translation else (),
        translated=document.words.translated_quote,
    )


def _box(block: Box, place: _Place) -> Markup:
    spoken = isolated(block.title, place.document.direction)
    return _part("box", title=block.title, spoken=spoken, blocks=[_drawn(inner, place) for inner in block.blocks])


def _notice(block: Notice, place: _Place) -> Markup:
    return _part("notice", text=block.text)


_KINDS: dict[type, Callable[[Any, _Place], Markup]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Table: _table,
    Chart: _chart,
    Quote: _quote,
    Box: _box,
    Notice: _notice,
}


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the contents with the lines below it; `language` is that of its words where it is not the paper's."""

    anchor: str
    text: str
    language: str
    below: list[_Entry]


def _with_levels(sections: Iterable[tuple[str, Heading]], direction: str) -> list[_Entry]:
    """The contents: chapters, and one level below them; deeper headings would only make the list long.

    A link has no element in it, which would take it out of the tags of a PDF, and lines stay on the paper's side.
    """
    entries: list[_Entry] = []
    for anchor, heading in sections:
        language = scripts.html_language(only_language(heading.text))
        entry = _Entry(anchor, isolated(heading.text, direction), language, [])
        if heading.level == 1:
            entries.append(entry)
        elif heading.level == 2:
            entries[-1].below.append(entry)
    return entries


def _page_words(words: str) -> list[tuple[str, str]]:
    """`Page {page} of {pages}` -> words and counters in their order, for the running foot."""
    pieces: list[tuple[str, str]] = []
    for index, part in enumerate(words.replace("{pages}", "\0pages\0").replace("{page}", "\0page\0").split("\0")):
        pieces.append(("counter" if index % 2 else "words", part))
    return [piece for piece in pieces if piece[1]]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    made.filters["apart"] = marked_up
    return made


def _template(name: str) -> Template:
    return _environment().get_template(name)


def _part(name: str, **values: object) -> Markup:
    """One macro of `paper_parts.html`."""
    macro: Callable[..., Markup] = getattr(_template("paper_parts.html").module, name)
    return macro(**values)
