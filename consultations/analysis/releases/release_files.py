"""Every file of a release: the two that it is, and the same figures for people, for statisticians and for archives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consultations.analysis.regional import REGION
from consultations.analysis.releases.published import COLUMNS, TABLES, About, lines, row_key, to_files
from consultations.analysis.shown.explaining import explained
from consultations.analysis.shown.presenting import caption, column_names, notes, row_name
from consultations.analysis.tables import Label, ReleasedTable
from exports.codebook import Answer, Cube, Item, Study, ddi
from exports.sheets import Line, Share, Sheet, xlsx
from exports.spss import Variable, sav
from forms.questionnaire import Text
from translations.languages import autonym, direction

WORKBOOK, SYSTEM_FILE, CODEBOOK = "tables.xlsx", "tables.sav", "ddi.xml"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

#: How DDI calls the measurement level of each kind of question; what is not here is nominal.
_NATURES = {"scale": "ordinal", "places": "ordinal", "number": "ratio", "date": "interval", "time": "interval"}


@dataclass(frozen=True, slots=True)
class Of:
    """What the files say of the consultation; dates in ISO 8601."""

    title: Label
    asked_by: Label
    purpose: Label
    languages: tuple[str, ...]
    opened: str
    closed: str


def release_files(of: Of, about: About, tables: Sequence[ReleasedTable]) -> dict[str, bytes]:
    """File name -> content; the same release always gives the same bytes, and no file has a figure of its own."""
    return {
        **to_files(about, tables),
        WORKBOOK: workbook(of, about, tables),
        SYSTEM_FILE: system_file(of, about, tables),
        CODEBOOK: codebook(of, about, tables),
    }


def workbook(of: Of, about: About, tables: Sequence[ReleasedTable]) -> bytes:
    """A sheet for each language: tables below each other, a share and a number for each group of people."""
    return xlsx(
        [
            Sheet(autonym(language), list(_sheet(of, about, tables, language)), direction(language) == "rtl")
            for language in of.languages
        ]
    )


def _sheet(of: Of, about: About, tables: Sequence[ReleasedTable], language: str) -> Iterator[Line]:
    yield Line([Text(of.title).in_language(language)], "title")
    yield Line([f"{about.id} · {about.date.isoformat()}"])
    yield Line([explained(language)], "note")
    for table in tables:
        yield Line([])
        yield Line([caption(table, language)], "title")
        if table.rows:
            yield Line(
                ["", *(cell for row in table.rows for cell in (row_name(row, language, table.rows), ""))], "head"
            )
        for place, name in enumerate(column_names(table, language)):
            cells = [row.cells[place] for row in table.rows]
            pairs = [
                (
                    None if cell.percent is None else Share(cell.percent),
                    cell.shown if cell.count is None else cell.count,
                )
                for cell in cells
            ]
            yield Line([name, *(value for pair in pairs for value in pair)])
        if table.rows:
            yield Line(["n", *(value for row in table.rows for value in (None, row.base))])
        for note in notes(table, language):
            yield Line([note], "note")


def system_file(of: Of, about: About, tables: Sequence[ReleasedTable]) -> bytes:
    """One case for each cell: the columns of `tables.csv`, with their labels in the questionnaire's first language."""
    language = of.languages[0]
    cells = list(lines(tables))
    labels = [
        (caption(table, language), row_name(row, language, table.rows), column)
        for table in tables
        for row in table.rows
        for column in column_names(table, language)
    ]
    texts = {name: [str(getattr(cell, name)) for cell in cells] for name in COLUMNS[:6]}
    return sav(
        [
            *(Variable(name, name.replace("_", " "), values) for name, values in texts.items()),
            Variable("count", "count, with noise; missing where <5", [_number(cell.shown) for cell in cells], "scale"),
            Variable("percent", "per cent of base", [cell.percent for cell in cells], "scale"),
            Variable("base", "people who answered, with noise", [cell.base for cell in cells], "scale"),
            Variable("table_label", "table", [label[0] for label in labels]),
            Variable("row_label", "row", [label[1] for label in labels]),
            Variable("column_label", "column", [label[2] for label in labels]),
        ],
        about.id,
        [explained(language)],
    )


def _number(shown: str) -> float | None:
    return float(shown) if shown.isdigit() else None


def codebook(of: Of, about: About, tables: Sequence[ReleasedTable]) -> bytes:
    """The study, the questions and the tables; no answers."""
    study = Study(
        id=about.id,
        title=of.title,
        asked_by=of.asked_by,
        purpose=of.purpose,
        opened=of.opened,
        closed=of.closed,
        released=about.date.isoformat(),
        rules={language: explained(language) for language in of.languages},
        licence=LICENCE,
    )
    items = _items(tables)
    cubes = [
        Cube(
            name=table.id,
            label={language: caption(table, language) for language in of.languages},
            items=[name for name in _laid_along(table) if name in items],
            cells=sum(len(row.cells) for row in table.rows),
            notes=[_merged(table)] if table.merged else [],
        )
        for table in tables
    ]
    return ddi(study, TABLES, list(items.values()), cubes)


def _laid_along(table: ReleasedTable) -> tuple[str, ...]:
    asked = f"{table.question}/{table.item}" if table.item else table.question
    return tuple(name for name in (REGION if table.within else "", table.breakdown, asked) if name)


def _items(tables: Sequence[ReleasedTable]) -> Mapping[str, Item]:
    """The questions of all tables, each once, with all answers that any table shows of it."""
    found: dict[str, Item] = {}
    for table in tables:
        name = _laid_along(table)[-1]
        answers = [Answer(column.name, column.label, column.apart) for column in table.columns]
        if name in found and len(found[name].answers) >= len(answers):
            continue
        label = {**table.question_label} if not table.item else _with_item(table)
        found[name] = Item(name, label, _NATURES.get(table.kind, "nominal"), answers, name == REGION)
    return found


def _with_item(table: ReleasedTable) -> dict[str, str]:
    return {
        language: f"{label} – {Text(table.item_label).in_language(language) or table.item}"
        for language, label in table.question_label.items()
    }


def _merged(table: ReleasedTable) -> dict[str, str]:
    return {"en": "Counted together: " + ", ".join(row_key(table, row) for row in table.merged)}
