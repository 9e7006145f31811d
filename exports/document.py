"""A paper as plain data: the blocks that HTML, PDF and other formats are made from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that takes its place in the table of contents; level 1 opens a chapter."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text in our Markdown subset (emphasis, lists, links); never HTML."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its head, and a cell for each column, numbers written as the reader's language does."""

    head: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table with row and column heads."""

    caption: str
    #: What the head column holds: `Answer`.
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    #: Where the figures come from and how they are protected, in small type below.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One named run of values, one for each category; None where the figure is not shown."""

    name: str
    values: tuple[float | None, ...]
    #: What each value may really be, from and to, in the chart's unit; empty where nothing is said about that.
    intervals: tuple[tuple[float, float] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A numbered figure, drawn from the same released figures as a table.

    `kind`: `bars` (one series, horizontal), `stacked` (shares of 100, from negative to positive: diverging when
    `middle` is not None), `dots` (series side by side on one axis, one row for each category), `multiples` (a small
    panel for each series, all on one scale), `tiles` (one series on a map of equal tiles). Values are in `unit`.
    """

    kind: str
    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    #: `%`, or '' for a count.
    unit: str = "%"
    #: Where a diverging stack turns: the index of the neutral series, or 1.5 for between the second and the third.
    middle: float | None = None
    #: What the picture says in words, for those who do not see it.
    alternative: str = ""
    note: str = ""
    #: Headings and how many rows of a stack or panels stand under each, all of them in their order; () without any.
    sections: tuple[tuple[str, int], ...] = ()
    #: Column and row of each category's tile on the map; halves lie between two.
    places: tuple[tuple[float, float], ...] = ()
    #: What a tile says beside its figure, or in place of one; '' for nothing.
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, verbatim, in the language they were given in."""

    text: str
    language: str
    #: As far as consent goes: `Member, Latin America`.
    attribution: str
    #: The same words in the paper's language, marked as a translation; '' when there is none or none is needed.
    translation: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A framed case study: a title, what it says, and quotes of its own."""

    title: str
    blocks: tuple[Paragraph | Quote, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A line that nobody may overlook, such as that all figures are synthetic."""

    text: str


Block = Heading | Paragraph | Table | Chart | Quote | Box | Notice


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of a paper in its language, given by whoever builds the Document (there is no catalogue here)."""

    contents: str
    #: With `{number}` in it: `Table {number}`.
    table: str
    figure: str
    #: With `{page}` and `{pages}`.
    page: str
    translated_quote: str
    not_shown: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper in one language; the same Document always renders to the same bytes."""

    language: str
    direction: str  # ltr or rtl
    title: str
    subtitle: str
    publisher: str
    #: ISO 8601 date that the file itself carries, such as 2026-11-22.
    date: str
    #: The same date as the reader's language writes it.
    date_written: str
    words: Words
    blocks: tuple[Block, ...]
    #: Repeated at the foot of every page, such as `Synthetic sample: no real person answered`.
    running_notice: str = ""
    licence: str = ""
