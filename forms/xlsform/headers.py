"""A sheet's first row -> what each column means, in every spelling that real forms use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from forms.checking.problems import Problem
from forms.questionnaire import UNNAMED, Text
from forms.xlsform.sheets import Row, Sheet
from translations.languages import autonym, code_of

#: Columns that may be written in several languages.
TRANSLATED = frozenset({"label", "hint", "constraint_message", "required_message", "form_title"})

_SPELLINGS = {
    "label": ("caption",),
    "constraint_message": ("constraint msg", "constraintmsg", "constraining message", "jr:constraintmsg"),
    "required_message": ("requiredmsg", "required msg", "jr:requiredmsg"),
    "type": ("command",),
    "relevant": ("relevance",),
    "calculation": ("calculate",),
    "read_only": ("readonly",),
    "repeat_count": ("jr:count", "count"),
    "disabled": (),
    "disaggregation": ("disaggregate",),
    **dict.fromkeys(("hint", "constraint", "required", "choice_filter", "default", "appearance", "parameters"), ()),
}

#: Canonical names by sheet; whatever is not here is kept as it is written.
COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "survey": {**_SPELLINGS, "name": ("value", "tag")},
        "choices": {"list_name": (), "name": ("value",), "label": ("caption",)},
        "settings": {
            "form_title": ("title", "set form title"),
            "form_id": ("id_string", "set form id"),
            **dict.fromkeys(("version", "default_language", "instance_name", "name", "allow_choice_duplicates"), ()),
        },
    }
)
#: The longest name of a language that we look up.
LANGUAGE_CHARACTERS = 80
_PREFIXES = frozenset({"bind", "control", "body"})


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its canonical name ('' for one that we do not know), its language, and how the author wrote it."""

    column: str
    written: str
    language: str = UNNAMED


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
    headings = [_heading(kind, written, problems, sheet.name, first.number) for written in first.cells]
    _report_twice(headings, problems, sheet.name, first.number)
    return Table(sheet.name, tuple(headings), tuple(_record(sheet.name, headings, row) for row in rest))


def _heading(kind: str, written: str, problems: list[Problem], sheet: str, row: int) -> Heading:
    column, language = meaning_of(kind, written)
    if column not in TRANSLATED or not language:
        return Heading("" if language else column, written)
    language = language[:LANGUAGE_CHARACTERS]
    code = code_of(language)
    values = {"name": language, "column": column}
    if code is None and (code := code_of(language.partition("(")[0].strip())):
        values |= {"read_as": autonym(code), "example": f"{autonym(code)} ({code})"}
        problems.append(Problem("column.language_read_as", sheet, row, written, values))
    elif code is None:
        problems.append(Problem("column.language_unknown", sheet, row, written, values))
    return Heading(column, written, code or UNNAMED)


def meaning_of(kind: str, written: str) -> tuple[str, str]:
    """A heading -> (canonical column or '', language as written or ''): `bind::relevant`, `label:fr`, `read only`."""
    parts = [part.strip() for part in re.split(r"::?", written)]
    if parts[0].casefold() in _PREFIXES:
        parts = parts[1:]
    if len(parts) > 1 and parts[0] == "jr":
        parts[:2] = [":".join(parts[:2])]
    name = _spellings(kind).get(_squeezed(parts[0] if parts else ""), "")
    return name, ":".join(parts[1:])


def _spellings(kind: str) -> dict[str, str]:
    table = COLUMNS[kind]
    return {_squeezed(name): column for column, others in table.items() for name in (column, *others)}


def _squeezed(name: str) -> str:
    return " ".join(re.split(r"[\s_]+", name.strip().casefold()))


def _report_twice(headings: list[Heading], problems: list[Problem], sheet: str, row: int) -> None:
    seen: dict[tuple[str, str], Heading] = {}
    for heading in headings:
        if not heading.column or (heading.column in TRANSLATED and _names_unknown_language(heading)):
            continue
        other = seen.setdefault((heading.column, heading.language), heading)
        if other is not heading:
            values = {"first": other.written, "second": heading.written}
            problems.append(Problem("column.twice", sheet, row, heading.written, values))


def _names_unknown_language(heading: Heading) -> bool:
    return heading.language == UNNAMED and ":" in heading.written and meaning_of("survey", heading.written)[1] != ""


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
            texts.setdefault(heading.column, {})[heading.language] = cell
        else:
            cells[heading.column] = cell
    return Record(sheet, row.number, cells, {column: Text(by) for column, by in texts.items()}, extra)


def named(table: Table, language: str) -> Table:
    """The table with its unnamed texts in `language`, unless a column of the same meaning is in it already."""
    written = {heading.column for heading in table.headings if heading.language == language}
    headings = tuple(
        replace(heading, language=language)
        if heading.column in TRANSLATED and heading.language == UNNAMED and heading.column not in written
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
