"""A sheet below its first row -> records by column, with the texts of all languages together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from forms.checking.problems import Problem
from forms.questionnaire import UNNAMED, Text
from forms.xlsform.columns import TRANSLATED, is_media, meaning_of, name_of_unknown
from forms.xlsform.sheets import Row, Sheet
from translations.languages import autonym, code_of

#: The longest name of a language that we look up.
LANGUAGE_CHARACTERS = 80
_WITH_ODD_CODE = re.compile(r"([^()]+)\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its canonical name ('' for one that we do not know), its language, and how the author wrote it.

    `named` is the language in the author's words; when it is none that we know, the column has no language of a code.
    """

    column: str
    written: str
    language: str = UNNAMED
    named: str = ""

    @property
    def asks(self) -> bool:
        """Whether its language is one that nobody knows."""
        return bool(self.named) and self.language == UNNAMED


@dataclass(frozen=True, slots=True)
class Record:
    """One row by column; `texts` are the translated columns, `extra` those that we do not know, as they are written."""

    sheet: str
    row: int
    cells: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)

    def cell(self, column: str) -> str:
        """What stands in the column; '' when nothing does, or when there is no such column."""
        return self.cells.get(column, "")

    def text(self, column: str) -> Text:
        """What stands in a translated column."""
        return self.texts.get(column, Text())


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet below its headings."""

    name: str
    headings: tuple[Heading, ...] = ()
    records: tuple[Record, ...] = ()

    def languages(self) -> tuple[str, ...]:
        """The languages of its headings, in their order, `UNNAMED` left out."""
        return tuple(dict.fromkeys(h.language for h in self.headings if h.column and h.language != UNNAMED))


def read_table(kind: str, sheet: Sheet, problems: list[Problem]) -> Table:
    """The sheet as records; `kind` is survey, choices or settings. Wrong headings are added to `problems`."""
    if not sheet.rows:
        return Table(sheet.name)
    first, *rest = sheet.rows
    headings = [_heading(kind, written) for written in first.cells]
    filled = {place for row in rest for place, cell in enumerate(row.cells[: len(headings)]) if cell}
    for place, heading in enumerate(headings):
        for code, values in (*_of_language(heading, place in filled), *_of_media(heading, place in filled)):
            problems.append(Problem(code, sheet.name, first.number, heading.written, values))
    for second, code, values in _twice(headings):
        problems.append(Problem(code, sheet.name, first.number, second.written, values))
    return Table(sheet.name, tuple(headings), tuple(_record(sheet.name, headings, row) for row in rest))


def _heading(kind: str, written: str) -> Heading:
    column, language = meaning_of(kind, written)
    if not column or (language and column not in TRANSLATED):
        return Heading("", name_of_unknown(kind, written))
    if not language:
        return Heading(column, written)
    language = language[:LANGUAGE_CHARACTERS]
    odd = _WITH_ODD_CODE.fullmatch(language)
    code = code_of(language) or (code_of(odd[1].strip()) if odd else None)
    return Heading(column, written, code or UNNAMED, language)


def _of_language(heading: Heading, is_filled: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """A language that we do not know is asked for where there are words in it; an empty column does no harm."""
    values = {"name": heading.named, "column": heading.column}
    if heading.asks:
        yield "column.language_unknown" if is_filled else "column.language_empty", values
    elif heading.named and code_of(heading.named) is None:
        example = f"{autonym(heading.language)} ({heading.language})"
        yield "column.language_read_as", {**values, "read_as": autonym(heading.language), "example": example}


def _of_media(heading: Heading, is_filled: bool) -> Iterator[tuple[str, dict[str, str]]]:
    if is_filled and not heading.column and is_media(heading.written):
        yield "column.media", {"name": heading.written}


def _twice(headings: list[Heading]) -> Iterator[tuple[Heading, str, dict[str, str]]]:
    """Columns that mean the same, as pyxform judges: in one spelling of a language an error, in two a notice."""
    counts = Counter(heading.written for heading in headings if not heading.column and heading.written)
    for heading in headings:
        if counts.pop(heading.written, 0) > 1:
            yield heading, "column.twice", {"first": heading.written, "second": heading.written}
    seen: dict[tuple[str, str], Heading] = {}
    for heading in headings:
        key = heading.column, heading.named if heading.asks else heading.language
        other = seen.setdefault(key, heading) if heading.column else heading
        if other is not heading:
            code = "column.twice" if heading.named == other.named else "column.same_language"
            yield heading, code, {"first": other.written, "second": heading.written}


def _record(sheet: str, headings: list[Heading], row: Row) -> Record:
    cells: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    extra: dict[str, str] = {}
    for heading, cell in zip(headings, row.cells, strict=False):
        if not cell:
            continue
        if not heading.column:
            if heading.written:
                extra[heading.written] = cell
        elif heading.column in TRANSLATED:
            # Of two columns of one language the first that says something counts. Words in a language that nobody knows
            # stay without one: the form is refused, and nothing else is to be said of them.
            texts.setdefault(heading.column, {}).setdefault(heading.language, cell)
        else:
            cells[heading.column] = cell
    return Record(sheet, row.number, cells, {column: Text(by) for column, by in texts.items()}, extra)


def named(table: Table, language: str) -> Table:
    """The table with its unnamed texts in `language`, unless a column of the same meaning is in it already."""
    written = {heading.column for heading in table.headings if heading.language == language}
    headings = tuple(
        replace(heading, language=language)
        if heading.column in TRANSLATED
        and heading.language == UNNAMED
        and not heading.asks
        and heading.column not in written
        else heading
        for heading in table.headings
    )
    return replace(
        table, headings=headings, records=tuple(_named_record(record, language, written) for record in table.records)
    )


def _named_record(record: Record, language: str, written: set[str]) -> Record:
    texts = {column: text if column in written else named_text(text, language) for column, text in record.texts.items()}
    return replace(record, texts=texts)


def named_text(text: Text, language: str) -> Text:
    """The text with its unnamed words in `language`; they stay in their place among the others."""
    if UNNAMED not in text.by_language or language in text.by_language:
        return text
    return Text({language if code == UNNAMED else code: words for code, words in text.by_language.items()})
