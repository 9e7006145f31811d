"""A released table -> the table and the chart that papers and pages show, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from babel.numbers import format_decimal, format_percent

from consultations.analysis.disclosure import LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.analysis.regional import REGION
from consultations.analysis.scales import is_turned
from consultations.analysis.tables import EVERYBODY, MERGED, Label, ReleasedCell, ReleasedRow, ReleasedTable
from consultations.errors import N_
from exports.document import Chart, Row, Series, Table
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

#: A picture has as many kinds of dot; with more groups it shows everybody, and the table beside it has the groups.
MOST_SERIES = 5


def caption(table: ReleasedTable, language: str) -> str:
    """`Do you ...? – by region`: the question in the author's words, and what breaks it down."""
    question = _asked(table, language)
    if not table.breakdown:
        return question
    breakdown = Text(table.breakdown_label).in_language(language) or table.breakdown
    message = BY_REGION if table.breakdown == REGION else BY_OTHER
    return words(language).gettext(message) % {"question": question, "breakdown": breakdown}


def _asked(table: ReleasedTable, language: str) -> str:
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


def to_chart(table: ReleasedTable, language: str) -> Chart:
    """Scales as diverging stacks, groups side by side as dots, everybody alone as bars; values in per cent."""
    groups = [row for row in table.rows if row.kind != EVERYBODY]
    kind = "dots" if 1 < len(groups) <= MOST_SERIES else "bars"
    return _CHARTS["scale" if table.kind == "scale" else kind](table, language)


def _stacked(table: ReleasedTable, language: str) -> Chart:
    steps = [place for place, column in enumerate(table.columns) if not column.apart]
    if is_turned(tuple(table.columns[place].name for place in steps)):
        steps.reverse()
    names = column_names(table, language)
    return Chart(
        kind="stacked",
        caption=caption(table, language),
        categories=tuple(row_name(row, language) for row in table.rows),
        series=tuple(Series(names[place], tuple(row.cells[place].percent for row in table.rows)) for place in steps),
        middle=len(steps) // 2 if len(steps) % 2 else None,
    )


def _dots(table: ReleasedTable, language: str) -> Chart:
    groups = [row for row in table.rows if row.kind != EVERYBODY]
    return Chart(
        kind="dots",
        caption=caption(table, language),
        categories=column_names(table, language),
        series=tuple(Series(row_name(row, language), tuple(cell.percent for cell in row.cells)) for row in groups),
    )


def _bars(table: ReleasedTable, language: str) -> Chart:
    shares = tuple(cell.percent for row in table.rows[:1] for cell in row.cells)
    return Chart(
        kind="bars",
        caption=_asked(table, language),
        categories=column_names(table, language),
        series=(Series(words(language).gettext(ALL), shares),),
    )


_CHARTS: Mapping[str, Callable[[ReleasedTable, str], Chart]] = MappingProxyType(
    {"scale": _stacked, "dots": _dots, "bars": _bars}
)
