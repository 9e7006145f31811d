"""A comparison of two consultations -> the table, picture and notes that papers and pages show, in one language."""

from __future__ import annotations

import re

from babel.numbers import format_decimal

from consultations.analysis.figures.comparing import Change, ComparedRow
from consultations.analysis.figures.intervals import interval
from consultations.analysis.releases.earlier import Asked, Compared
from consultations.analysis.shown.presenting import ANSWER, NOISE_NOTE, caption, column_names, row_name
from consultations.analysis.tables import ReleasedRow
from consultations.errors import N_
from exports.document import Chart, Row, Series, Table
from forms.questionnaire import Text
from translations.catalogues import words
from translations.formats import joined, locale_of, separated, written_month, written_number
from translations.formats import signed as sign_first
from translations.phrases import filled

CHANGE = N_("%(table)s – change since “%(title)s” (%(month)s), in percentage points")
THEN_AND_NOW = N_("%(table)s – %(group)s, then and now")
CLEAR = N_("%(points)s (%(low)s to %(high)s)")
UNCLEAR = N_("no clear change (%(low)s to %(high)s)")
_BRACKET = re.compile(r"[(（].*[)）]")
NOT_SHOWN = N_("not shown")
PEOPLE_IN = N_("People who answered, %(month)s")
TITLE_AND_MONTH = N_("%(title)s, %(month)s")
INTERVAL_NOTE = N_(
    "In brackets: what the change may really be, as far as chance and the random changes to the figures go (95 per"
    " cent interval)."
)
CHANCE_NOTE = N_(
    "“No clear change” means that these alone could explain the difference. Where nothing changed, one of twenty"
    " differences still looks clear."
)
OTHERS_NOTE = N_(
    "Other people may have answered this time: the figures compare those who answered then with those who answered now."
)
LEFT_OUT_NOTE = N_("Not compared, because the group was not shown then, or put together in another way: %(names)s.")


def change_table(compared: Compared, language: str) -> Table:
    """Answers down, groups of people across, a change in each cell; below, how many people answered each time."""
    found = compared.comparison
    rows = [
        Row(name, tuple(change_text(row.changes[place], language) for row in found.rows))
        for place, name in enumerate(column_names(found.after, language))
    ]
    bases = (
        (compared.before, tuple(row.before.base for row in found.rows)),
        (compared.after, tuple(row.after.base for row in found.rows)),
    )
    rows += [
        Row(
            words(language).gettext(PEOPLE_IN) % {"month": written_month(asked.day, language)},
            tuple(written_number(base, language) for base in shown),
        )
        for asked, shown in bases
    ]
    return Table(
        caption=_change_caption(compared, language),
        corner=words(language).gettext(ANSWER),
        columns=tuple(row_name(row.after, language) for row in found.rows),
        rows=tuple(rows),
        note=joined(notes(compared, language), language),
    )


def change_text(change: Change | None, language: str) -> str:
    """`+12 (+3 to +21)`, or that nothing clear can be said; whole points."""
    translate = words(language).gettext
    if change is None:
        return translate(NOT_SHOWN)
    values = {"points": change.points, "low": change.low, "high": change.high}
    written = {name: signed(value, language) for name, value in values.items()}
    # In a narrow column a line breaks before the bracket, never between the ends of what stands in it.
    return _BRACKET.sub(_kept_together, translate(CLEAR if change.is_clear else UNCLEAR) % written)


def _kept_together(found: re.Match[str]) -> str:
    return found[0].replace(" ", "\u00a0")


def signed(points: float, language: str) -> str:
    """`+12`, `-3` or `0`, as the language writes numbers."""
    whole = round(points)
    pattern = "+#,##0;-#,##0" if whole else "0"
    written = format_decimal(whole, format=pattern, locale=locale_of(language))
    return sign_first(written, language) if whole else written


def then_and_now(compared: Compared, row: ComparedRow, language: str) -> Chart:
    """The shares of one group of people in both consultations, side by side for each answer, with what they may be."""
    found = compared.comparison
    then = {column.name: place for place, column in enumerate(found.before.columns)}
    order = [then[column.name] for column in found.after.columns]
    values = {"table": caption(found.after, language), "group": row_name(row.after, language)}
    return Chart(
        kind="dots",
        caption=filled(words(language).gettext(THEN_AND_NOW), values),
        categories=column_names(found.after, language),
        series=(
            _series(compared.before, row.before, order, language),
            _series(compared.after, row.after, list(range(len(order))), language),
        ),
    )


def notes(compared: Compared, language: str) -> tuple[str, ...]:
    """Whole sentences on how to read it; only those that apply."""
    translate = words(language).gettext
    said = [translate(message) for message in (INTERVAL_NOTE, CHANCE_NOTE, OTHERS_NOTE)]
    left_out = [Text(label).told_to(language) for label in compared.comparison.left_out]
    if left_out:
        said.append(filled(translate(LEFT_OUT_NOTE), {"names": separated(left_out, language)}))
    return (*said, translate(NOISE_NOTE))


def title_and_month(asked: Asked, language: str) -> str:
    """`Our rights, November 2026`."""
    values = {"title": Text(asked.title).told_to(language), "month": written_month(asked.day, language)}
    return filled(words(language).gettext(TITLE_AND_MONTH), values)


def _change_caption(compared: Compared, language: str) -> str:
    values = {
        "table": caption(compared.comparison.after, language),
        "title": Text(compared.before.title).told_to(language),
        "month": written_month(compared.before.day, language),
    }
    return filled(words(language).gettext(CHANGE), values)


def _series(asked: Asked, row: ReleasedRow, order: list[int], language: str) -> Series:
    cells = [row.cells[place] for place in order]
    return Series(
        title_and_month(asked, language),
        tuple(cell.percent for cell in cells),
        tuple(interval(cell, row) for cell in cells),
    )
