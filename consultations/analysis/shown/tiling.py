"""A table by region -> the five regions as tiles on a map, one answer at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from consultations.analysis.disclosure import LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.analysis.figures.group_summary import scale_summary, steps, weights_of
from consultations.analysis.regional import REGION
from consultations.analysis.shown.describing import described
from consultations.analysis.shown.presenting import caption, column_names
from consultations.analysis.tables import EVERYBODY, MERGED, ReleasedRow, ReleasedTable
from consultations.errors import N_
from consultations.registry.models import REGIONS
from exports.document import Chart, Series
from exports.scripts import quoted
from forms.questionnaire import Text
from translations.catalogues import words
from translations.formats import separated
from translations.phrases import filled

ONE_ANSWER = N_("%(table)s: %(answer)s")
TWO_ANSWERS = N_("%(table)s: %(answer)s or %(other)s")
TOGETHER = N_("Too few people alone; counted together: %(regions)s.")
TOO_FEW = N_("Too few people answered.")
FEW = N_("Fewer than %(count)s people, or none.")
NO_SHARES = N_("Fewer than %(count)s people answered: no share is shown.")

#: Column and row of each region's tile: roughly where it lies, the Pacific to the right of the others.
_PLACES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "north-america-caribbean": (0, 0),
        "europe": (1, 0),
        "latin-america": (0, 1),
        "africa": (1, 1),
        "asia-pacific": (2, 0.5),
    }
)


@dataclass(frozen=True, slots=True)
class _Tile:
    name: str
    share: float | None
    remark: str


def has_tiles(table: ReleasedTable) -> bool:
    """Whether this table tells of all the network's regions, and at least two rows of them can be compared.

    Regions without a row have to be hidden ones: who is shown the rows of some regions gets no map of the others.
    """
    rows = [row.name.split("+") for row in table.rows if row.kind != EVERYBODY]
    named = set(chain(*rows))
    whole = named <= set(REGIONS) and len(named) + len(table.hidden) == len(REGIONS)
    return table.breakdown == REGION and whole and len(rows) > 1 and table.shows_shares


def tiles(table: ReleasedTable, column: int | None, language: str) -> Chart:
    """The regions with their shares of that column; without one, of what matters most in the table.

    That is the two steps at the good end of a scale together, and else what most people answered. `table` is one
    that `has_tiles`.
    """
    if column is None and table.kind == "scale":
        top = steps(table)[-2:]
        drawn = [_tile(table, name, top, language) for name in REGIONS]
        names = [quoted(column_names(table, language)[place], language) for place in top]
        message, values = TWO_ANSWERS, {"answer": names[0], "other": names[1]}
    else:
        place = most_given(table) if column is None else column
        drawn = [_tile(table, name, (place,), language) for name in REGIONS]
        message, values = ONE_ANSWER, {"answer": quoted(column_names(table, language)[place], language)}
    return described(
        Chart(
            kind="tiles",
            caption=filled(words(language).gettext(message), {"table": caption(table, language), **values}),
            categories=tuple(tile.name for tile in drawn),
            series=(Series("", tuple(tile.share for tile in drawn)),),
            places=tuple(_PLACES[name] for name in REGIONS),
            remarks=tuple(tile.remark for tile in drawn),
        ),
        language,
    )


def most_given(table: ReleasedTable) -> int:
    """The column that most of all people chose; those who do not know have no say in it where others are shown."""
    cells = table.rows[0].cells
    places = range(len(cells))
    return max(places, key=lambda place: (cells[place].percent or -1) - 1000 * table.columns[place].apart)


def _tile(table: ReleasedTable, name: str, columns: tuple[int, ...], language: str) -> _Tile:
    translate = words(language).gettext
    row = next((row for row in table.rows if name in row.name.split("+") and row.kind != EVERYBODY), None)
    if row is None:
        return _Tile(translate(REGIONS[name]), None, translate(TOO_FEW))
    label = Text(row.members[row.name.split("+").index(name)]).told_to(language) or translate(REGIONS[name])
    share = _share(table, row, columns)
    if share is None:
        message, count = (NO_SHARES, LEAST_BASE_FOR_SHARES) if row.base < LEAST_BASE_FOR_SHARES else (FEW, LEAST_COUNT)
        return _Tile(label, None, translate(message) % {"count": count})
    if row.kind != MERGED:
        return _Tile(label, share, "")
    regions = separated((Text(member).told_to(language) for member in row.members), language)
    return _Tile(label, share, filled(translate(TOGETHER), {"regions": regions}))


def _share(table: ReleasedTable, row: ReleasedRow, columns: tuple[int, ...]) -> float | None:
    """The share of one column; of two steps of a scale their sum, where at least one of them is shown."""
    if len(columns) == 1:
        return row.cells[columns[0]].percent
    weights = weights_of(row)
    if weights is None or all(row.cells[column].percent is None for column in columns):
        return None
    summary = scale_summary(table, weights, row.base)
    return summary.top_of_all if summary else None
