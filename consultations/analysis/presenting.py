"""A released table -> the table that papers and pages show, in one language."""

from __future__ import annotations

from collections.abc import Iterable

from babel.numbers import format_decimal, format_percent

from consultations.analysis.disclosure import LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.analysis.regional import REGION
from consultations.analysis.tables import EVERYBODY, MERGED, Label, ReleasedCell, ReleasedRow, ReleasedTable
from consultations.errors import N_
from exports.document import Row, Table
from forms.questionnaire import Text
from translations.catalogues import words
from translations.formats import joined, separated

ALL = N_("Everybody")
TOGETHER = N_("Smaller groups together")
ANSWER = N_("Answer")
PEOPLE = N_("People who answered")
BY_REGION = N_("%(question)s – by region")
BY_OTHER = N_("%(question)s – by: %(breakdown)s")
IN_FIRST_PLACE = N_("%(question)s – in first place")
FEW_NOTE = N_("“<%(count)s” stands for fewer than %(count)s people, or none.")
NOISE_NOTE = N_("Every figure is changed by a small random amount, so that nobody can be recognised.")
SHARES_NOTE = N_("Where fewer than %(share)s people answered, numbers of people stand in place of shares.")
SEVERAL_NOTE = N_("People could choose several answers.")
RANKED_NOTE = N_("People put the answers in order. The table shows which answer they put first.")
MERGED_NOTE = N_("“Smaller groups together” stands for: %(names)s.")
HIDDEN_NOTE = N_("Too few people answered to show figures for: %(names)s.")


def caption(table: ReleasedTable, language: str) -> str:
    """`Do you ...? – by region`: the question in the author's words, and what breaks it down."""
    question = asked(table, language)
    if not table.breakdown:
        return question
    breakdown = Text(table.breakdown_label).in_language(language) or table.breakdown
    message = BY_REGION if table.breakdown == REGION else BY_OTHER
    return words(language).gettext(message) % {"question": question, "breakdown": breakdown}


def asked(table: ReleasedTable, language: str) -> str:
    """The question in the author's words; of a ranking, that its first places are meant."""
    question = Text(table.question_label).in_language(language) or table.question
    if table.kind != "ranking":
        return question
    return words(language).gettext(IN_FIRST_PLACE) % {"question": question}


def row_name(row: ReleasedRow, language: str) -> str:
    """How a group of people is called."""
    fixed = {EVERYBODY: ALL, MERGED: TOGETHER}.get(row.kind)
    return words(language).gettext(fixed) if fixed else Text(row.members[0]).in_language(language)


def column_names(table: ReleasedTable, language: str) -> tuple[str, ...]:
    return tuple(Text(column.label).in_language(language) or column.name for column in table.columns)


def notes(table: ReleasedTable, language: str) -> tuple[str, ...]:
    """Whole sentences that say what was merged, hidden and changed, only those that apply to this table."""
    translate = words(language).gettext
    applying = {
        SEVERAL_NOTE: table.kind == "multiple",
        RANKED_NOTE: table.kind == "ranking",
        MERGED_NOTE: bool(table.merged),
        HIDDEN_NOTE: bool(table.hidden),
        FEW_NOTE: table.has_few,
        SHARES_NOTE: any(row.base < LEAST_BASE_FOR_SHARES for row in table.rows),
        NOISE_NOTE: True,
    }
    merged = [member for row in table.merged for member in row.members]
    named = {MERGED_NOTE: merged, HIDDEN_NOTE: table.hidden}
    values = {"count": LEAST_COUNT, "share": LEAST_BASE_FOR_SHARES}
    return tuple(
        translate(message) % {**values, "names": _names(named.get(message, ()), language)}
        for message, applies in applying.items()
        if applies
    )


def _names(labels: Iterable[Label], language: str) -> str:
    return separated((Text(label).in_language(language) for label in labels), language)


def to_table(table: ReleasedTable, language: str) -> Table:
    """Answers down, groups of people across: five regions fit a page, and answers are longer than that."""
    answers = [
        Row(name, tuple(cell_text(row.cells[place], language) for row in table.rows))
        for place, name in enumerate(column_names(table, language))
    ]
    people = Row(
        words(language).gettext(PEOPLE), tuple(format_decimal(row.base, locale=language) for row in table.rows)
    )
    return Table(
        caption=caption(table, language),
        corner=words(language).gettext(ANSWER),
        columns=tuple(row_name(row, language) for row in table.rows),
        rows=(*answers, people),
        note=joined(notes(table, language), language),
    )


def cell_text(cell: ReleasedCell, language: str) -> str:
    """A share where one may be shown, else the number of people, else `<5`."""
    if cell.percent is not None:
        return format_percent(cell.percent / 100, locale=language)
    return cell.shown if cell.count is None else format_decimal(cell.count, locale=language)
