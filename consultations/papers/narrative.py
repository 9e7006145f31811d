"""Sentences over released figures, from templates in each language: nothing is invented, nothing is counted again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from consultations.analysis.figures import grouped
from consultations.analysis.figures.group_summary import number_summary, scale_summary, steps, weights_of
from consultations.analysis.figures.profile import LANGUAGE
from consultations.analysis.figures.weights import WORTH_SAYING, equal_voice, gap
from consultations.analysis.shown.presenting import column_names, item_name
from consultations.analysis.tables import ONE, ReleasedRow, ReleasedTable
from consultations.errors import N_
from forms.questionnaire import Text
from translations.catalogues import words
from translations.formats import joined, written_number, written_share
from translations.phrases import filled

MOST_OFTEN = N_("Most often, people answered “%(answer)s”: %(share)s of about %(people)s people.")
FIRST_MOST_OFTEN = N_("Most often, people put “%(answer)s” first: %(share)s of about %(people)s people.")
PLACED_MOST_OFTEN = N_(
    "“%(item)s” was put in place %(answer)s most often: by %(share)s of about %(people)s people who placed it."
)
SPOKEN_MOST_OFTEN = N_(
    "Most often, people answered in this language: %(answer)s (%(share)s of about %(people)s people)."
)
EQUALLY = N_("If each region counted the same, this share would be about %(share)s.")
BOXES = N_("In all, about %(top)s answered “%(good)s” or “%(best)s”, and about %(bottom)s “%(worst)s” or “%(bad)s”.")
HALVES = N_("Half of the people named about %(middle)s or less, half named that or more.")
SPREAD = N_("This share was highest in %(highest)s (%(high)s) and lowest in %(lowest)s (%(low)s).")
TOO_FEW = N_("Too few people answered this question to show figures.")

_MOST_OFTEN: Mapping[str, str] = MappingProxyType({"ranking": FIRST_MOST_OFTEN, "places": PLACED_MOST_OFTEN})


def reading(table: ReleasedTable, language: str) -> str:
    """What the table says, in a few whole sentences of `language`; only from figures that are shown in it."""
    translate = words(language).gettext
    if table.is_hidden:
        return translate(TOO_FEW)
    everybody = table.rows[0]
    top = _most_frequent(everybody, table)
    sentences = []
    if top is not None:
        sentences.append(_most_often(table, top, language))
        sentences += _spread(table, top, language) + _equally(table, top, language)
    if table.kind == "scale":
        sentences += _boxes(table, everybody, language)
    if table.kind == "number":
        sentences += _halves(table, everybody, language)
    return joined(sentences, language) or translate(TOO_FEW)


def _most_often(table: ReleasedTable, column: int, language: str) -> str:
    message = SPOKEN_MOST_OFTEN if table.question == LANGUAGE else _MOST_OFTEN.get(table.kind, MOST_OFTEN)
    everybody = table.rows[0]
    values = {
        "item": item_name(table, language),
        "answer": column_names(table, language)[column],
        "share": written_share(everybody.cells[column].percent or 0, language),
        "people": written_number(everybody.base, language),
    }
    return filled(words(language).gettext(message), values)


def _most_frequent(row: ReleasedRow, table: ReleasedTable) -> int | None:
    """Index of the column with the largest share; the first of equals, None where no share may be shown."""
    shares = [(cell.percent, -index) for index, cell in enumerate(row.cells) if cell.percent is not None]
    return -max(shares)[1] if shares else None


def _spread(table: ReleasedTable, column: int, language: str) -> list[str]:
    rows = [row for row in table.rows if row.kind == ONE and row.cells[column].percent is not None]
    if len(rows) < 2:
        return []
    shares = {row.name: row.cells[column].percent for row in rows}
    highest = max(rows, key=lambda row: shares[row.name] or 0)
    lowest = min(rows, key=lambda row: shares[row.name] or 0)
    if shares[highest.name] == shares[lowest.name]:
        return []
    values = {
        "highest": Text(highest.members[0]).told_to(language),
        "high": written_share(shares[highest.name] or 0, language),
        "lowest": Text(lowest.members[0]).told_to(language),
        "low": written_share(shares[lowest.name] or 0, language),
    }
    return [filled(words(language).gettext(SPREAD), values)]


def _equally(table: ReleasedTable, column: int, language: str) -> list[str]:
    """Only where regions of different size tell another story than the people all together."""
    difference, voice = gap(table, column), equal_voice(table)
    if difference is None or voice is None or abs(difference) < WORTH_SAYING:
        return []
    return [words(language).gettext(EQUALLY) % {"share": written_share(voice.estimates[column], language)}]


def _boxes(table: ReleasedTable, row: ReleasedRow, language: str) -> list[str]:
    """The two steps at each end, as shares of everybody who answered, like every other share in a paper."""
    weights = weights_of(row)
    made = scale_summary(table, weights, row.base) if weights else None
    if made is None:
        return []
    names = [column_names(table, language)[place] for place in steps(table)]
    values = {
        "top": written_share(round(made.top_of_all), language),
        "good": names[-2],
        "best": names[-1],
        "bottom": written_share(round(made.bottom_of_all), language),
        "worst": names[0],
        "bad": names[1],
    }
    return [filled(words(language).gettext(BOXES), values)]


def _halves(table: ReleasedTable, row: ReleasedRow, language: str) -> list[str]:
    bands, weights = grouped.number_bands(table), weights_of(row)
    made = number_summary(bands, weights) if bands and weights else None
    # Of an open band nothing but its closed end is known: there is no number to name.
    if made is None or made.middle.sign:
        return []
    return [words(language).gettext(HALVES) % {"middle": written_number(round(made.middle.value, 1), language)}]
