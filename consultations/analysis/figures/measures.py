"""The measures that suit a kind of question, as rows of a table with a column for each group of people."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from consultations.analysis.figures import grouped
from consultations.analysis.figures.group_summary import (
    NumberSummary,
    ScaleSummary,
    number_summary,
    scale_summary,
    steps,
    weights_of,
)
from consultations.analysis.figures.weights import equal_voice
from consultations.analysis.scales import is_withheld
from consultations.analysis.shown.presenting import EQUAL_VOICE, NOTHING, column_names, row_name
from consultations.analysis.tables import ReleasedRow, ReleasedTable
from consultations.errors import N_
from exports.document import Row
from translations.catalogues import words
from translations.formats import signed, written_month, written_number, written_rounded, written_share
from translations.phrases import filled

Made = TypeVar("Made")

MEAN_STEP = N_("Mean of the steps, 1 to %(steps)s")
MIDDLE_STEP = N_("Answer in the middle")
BOX = N_("“%(one)s” or “%(other)s”")
OF_ALL = N_("The same, of everybody who answered")
POLARISATION = N_("Polarisation, 0 to 100")
MEAN = N_("Mean")
MEDIAN = N_("Middle value (median)")
MIDDLE_DATE = N_("Middle date (median)")
HALF = N_("Middle half of the people")
DEVIATION = N_("Standard deviation")
COUNTED = N_("People counted here")
OF_VALID = N_("“%(answer)s”, of those who named an answer")


@dataclass(frozen=True, slots=True)
class Group:
    """A column of the summary: a row of the released table, or (`row` None) every region counting the same."""

    name: str
    #: An estimate for each column of the table, in the unit of `base`; None where there may be none.
    weights: tuple[float, ...] | None
    base: float
    row: ReleasedRow | None


def groups_of(table: ReleasedTable, language: str) -> list[Group]:
    groups = [Group(row_name(row, language, table.rows), weights_of(row), row.base, row) for row in table.rows]
    voice = equal_voice(table)
    if voice:
        groups.insert(1, Group(words(language).gettext(EQUAL_VOICE), voice.estimates, 100, None))
    return groups


def _scale_rows(table: ReleasedTable, groups: Sequence[Group], language: str) -> list[Row]:
    made = [scale_summary(table, group.weights, group.base) if group.weights else None for group in groups]
    if not any(made):
        return []
    names, places, translate = column_names(table, language), steps(table), words(language).gettext
    top = {"one": names[places[-2]], "other": names[places[-1]]}
    bottom = {"one": names[places[0]], "other": names[places[1]]}
    ends = {"steps": written_number(len(places), language)}
    boxes: list[tuple[str, Callable[[ScaleSummary], str]]] = [
        (filled(translate(BOX), top), lambda one: written_share(one.top, language)),
        (translate(OF_ALL), lambda one: written_share(one.top_of_all, language)),
        (filled(translate(BOX), bottom), lambda one: written_share(one.bottom, language)),
        (translate(OF_ALL), lambda one: written_share(one.bottom_of_all, language)),
    ]
    lines: list[tuple[str, Callable[[ScaleSummary], str]]] = [
        (translate(MEAN_STEP) % ends, lambda one: written_rounded(one.mean, language)),
        (translate(MIDDLE_STEP), lambda one: names[one.middle]),
        # Where everybody chose a step, shares of those who did are shares of all.
        *(boxes if len(places) < len(table.columns) else boxes[::2]),
        (translate(POLARISATION), lambda one: written_number(round(one.polarisation), language)),
    ]
    return [*(row_of(head, made, write) for head, write in lines), _counted(groups, made, language)]


def _number_rows(table: ReleasedTable, groups: Sequence[Group], language: str) -> list[Row]:
    bands, translate = grouped.number_bands(table), words(language).gettext
    made = _of_bands(bands, groups)
    lines: list[tuple[str, Callable[[NumberSummary], str]]] = [
        (translate(MEAN), lambda one: written_rounded(one.mean, language)),
        (translate(MEDIAN), lambda one: _number(one.middle, language)),
        (
            translate(HALF),
            lambda one: signed(f"{_number(one.lower, language)}–{_number(one.upper, language)}", language),
        ),
        (translate(DEVIATION), lambda one: written_rounded(one.deviation, language)),
    ]
    return [*(row_of(head, made, write) for head, write in lines), _counted(groups, made, language)]


def _date_rows(table: ReleasedTable, groups: Sequence[Group], language: str) -> list[Row]:
    bands, translate = grouped.date_bands(table), words(language).gettext
    made, months = _of_bands(bands, groups), grouped.by_month(table)
    lines: list[tuple[str, Callable[[NumberSummary], str]]] = [
        (translate(MIDDLE_DATE), lambda one: _date(one.middle, months, language)),
        (translate(HALF), lambda one: f"{_date(one.lower, months, language)} – {_date(one.upper, months, language)}"),
    ]
    return [*(row_of(head, made, write) for head, write in lines), _counted(groups, made, language)]


def _valid_rows(table: ReleasedTable, groups: Sequence[Group], language: str) -> list[Row]:
    """Shares of those who named an answer, where the table's own shares count those who would rather not say."""
    places = [place for place, column in enumerate(table.columns) if not is_withheld(column.name)]
    if len(places) == len(table.columns):
        return []
    valid = [sum(group.weights[place] for place in places) if group.weights else 0 for group in groups]
    names, translate = column_names(table, language), words(language).gettext
    rows = []
    for place in places:
        shares = [
            100 * group.weights[place] / people if group.weights and people else None
            for group, people in zip(groups, valid, strict=True)
        ]
        head = filled(translate(OF_VALID), {"answer": names[place]})
        rows.append(row_of(head, shares, lambda share: written_share(share, language)))
    return rows


def _of_bands(bands: Sequence[grouped.Band] | None, groups: Sequence[Group]) -> list[NumberSummary | None]:
    return [number_summary(bands, group.weights) if bands and group.weights else None for group in groups]


def row_of(head: str, made: Sequence[Made | None], write: Callable[[Made], str]) -> Row:
    return Row(head, tuple(NOTHING if one is None else write(one) for one in made))


def _counted(groups: Sequence[Group], made: Sequence[ScaleSummary | NumberSummary | None], language: str) -> Row:
    people = [one.valid if group.row and one else None for group, one in zip(groups, made, strict=True)]
    return row_of(words(language).gettext(COUNTED), people, lambda valid: written_number(round(valid), language))


def _number(quantile: grouped.Quantile, language: str) -> str:
    if quantile.sign:
        return signed(f"{quantile.sign} {written_number(quantile.value, language)}", language)
    return written_rounded(quantile.value, language)


def _date(quantile: grouped.Quantile, by_month: bool, language: str) -> str:
    year, month = divmod(int(quantile.value), grouped.MONTHS_OF_A_YEAR)
    if by_month:
        return f"{quantile.sign} {written_month(datetime.date(year, month + 1, 1), language)}".strip()
    return signed(f"{quantile.sign} {year}", language) if quantile.sign else str(year)


MEASURES: Mapping[str, Callable[[ReleasedTable, Sequence[Group], str], list[Row]]] = MappingProxyType(
    {"scale": _scale_rows, "number": _number_rows, "date": _date_rows, "categories": _valid_rows}
)
