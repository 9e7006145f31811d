"""Protection of tables before anybody sees them: merge small groups, add cell-key noise, hide what is still small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from consultations.analysis.axes import Category, joined
from consultations.analysis.ladders import Ladders
from consultations.analysis.merging import Group, Groups, neighbours_together, others_together, up_the_ladder
from consultations.analysis.noise import noisy
from consultations.analysis.raw_tables import RawTable, raw_table, rows_of
from consultations.analysis.tables import (
    EVERYBODY,
    FEW,
    MERGED,
    ONE,
    REGION,
    Planned,
    ReleasedCell,
    ReleasedColumn,
    ReleasedRow,
    ReleasedTable,
)
from consultations.analysis.tabulate import Counted, Counts
from consultations.analysis.told import Told

#: A row tells of at least ten people: with noise of up to three, a group that size cannot be told from its neighbours.
LEAST_BASE = 10
#: Counts below five are the small cells of official statistics: too few people to be written about as a number.
LEAST_COUNT = 5
#: Under twenty people one person is more than five per cent: a share would be a count in disguise.
LEAST_BASE_FOR_SHARES = 20

#: Kinds of question whose columns have an order, so that there is a middle answer.
_ORDERED = frozenset({"scale", "number", "date", "places"})
#: Kinds whose columns have a first and a last number.
_NUMBERED = frozenset({"number", "places"})
#: The row that `raw_tables` counts everybody in.
_EVERYBODY: Group = (0,)


def protect(counted: Counted, tables: Iterable[Planned], ladders: Ladders) -> Iterator[ReleasedTable]:
    """The only way from counts to tables that people see (Thompson, Broadfoot and Elazar 2013, as in `noise`).

    All tables of one question at once, because what one of them tells limits what the next may; the earlier one of the
    plan goes first, and that by region comes before all. A table within a region is made only where the region stands
    alone in that one, and where it would tell of more than the region's own row.

    Deterministic: the same people give the same figures in whatever table and however often. Row sums and the row of
    everybody need not add up, because each cell has noise of its own; that is what keeps differences from telling.
    """
    told = Told(counted.people.bases, LEAST_BASE)
    rows: dict[tuple[str, str], Groups] = {}
    alone: frozenset[str] = frozenset()
    bands: Groups = ()
    for table in tables:
        if table.within and table.within not in alone:
            continue
        raw = raw_table(counted, table)
        bands = bands or _bands(raw)
        # Tables of a ranking's choices tell of the same people as that of its first places.
        key = (table.breakdown, table.within)
        if key not in rows:
            rows[key] = _groups(counted, raw, table, ladders, told)
        if table.breakdown == REGION:
            alone = frozenset(_name(raw, group) for group in rows[key] if len(group) == 1 and group != _EVERYBODY)
        if not table.within or len(rows[key]) > 1:
            yield _released(raw, table, rows[key], bands)


def _groups(counted: Counted, raw: RawTable, table: Planned, ladders: Ladders, told: Told) -> Groups:
    """The rows of a table; none where even everybody is too few."""
    sizes, row_of = _sizes(raw.bases, raw.base_keys), rows_of(counted.people, table)[told.filled]

    def people(group: Group) -> npt.NDArray[np.bool_]:
        if group == _EVERYBODY:
            return np.asarray(row_of >= 0)
        return np.asarray(np.logical_or.reduce([row_of == place for place in group]))

    def stands(group: Group) -> bool:
        large = sizes[group[0]] if len(group) == 1 else _sizes(*_together(raw, (group,)))[0]
        return bool(large >= LEAST_BASE) and told.stands(people(group))

    if sizes[0] < LEAST_BASE:
        return ()
    told.tell([people(_EVERYBODY)])
    groups: Groups = tuple((place,) for place in range(1, len(raw.bases)))
    if raw.breakdown and table.breakdown in ladders:
        names = [category.name for category in raw.breakdown.categories]
        groups = up_the_ladder(groups, ladders[table.breakdown].places(names), stands)
    groups, _ = others_together(groups, stands)
    if groups:
        told.tell([people(group) for group in groups])
    return (_EVERYBODY, *groups)


def _sizes(bases: Counts, base_keys: Counts) -> npt.NDArray[np.int64]:
    """How many people rows are sure to tell of: the lesser of the count and what is published as the count."""
    return np.minimum(bases.astype(np.int64), noisy(bases, base_keys))


def _bands(raw: RawTable) -> Groups:
    """Which columns are told of together: the same in every table of a question, or their difference would be told."""
    columns = range(len(raw.columns))
    if not raw.question.banded:
        return tuple((column,) for column in columns)
    return neighbours_together(columns, lambda group: int(raw.counts[0, list(group)].sum()), LEAST_BASE)


def _released(raw: RawTable, table: Planned, groups: Groups, bands: Groups) -> ReleasedTable:
    categories = raw.breakdown.categories if raw.breakdown else ()
    shown = {place for group in groups for place in group}
    return ReleasedTable(
        id=table.id,
        question=table.question,
        question_label=raw.question.label,
        breakdown=table.breakdown,
        breakdown_label=raw.breakdown.label if raw.breakdown else {},
        kind=raw.kind,
        columns=tuple(_columns(raw, bands)) if groups else (),
        rows=tuple(_rows(raw, groups, bands)),
        hidden=tuple(category.label for place, category in enumerate(categories, 1) if place not in shown),
        within=table.within,
        within_label=raw.within.label if raw.within else {},
        item=table.item,
        item_label=raw.item.label if raw.item else {},
    )


def _columns(raw: RawTable, bands: Groups) -> Iterator[ReleasedColumn]:
    columns = [joined(tuple(raw.columns[place] for place in band)) for band in bands]
    if raw.kind == "date" and len(columns) > 1:
        # The first and the last date of anybody would stand in the heads otherwise.
        columns[0], columns[-1] = _open(columns[0], low=True), _open(columns[-1], low=False)
    for column in columns:
        low, high = column.ends if column.ends and raw.kind in _NUMBERED else ("", "")
        yield ReleasedColumn(column.name, column.label, column.apart, _number(low), _number(high))


def _open(band: Category, *, low: bool) -> Category:
    first, last = band.ends or ("", "")
    ends = ("", last) if low else (first, "")
    return joined((Category("", {}, ends), Category("", {}, ends)))


def _number(end: str) -> float | None:
    """The end of a band as a number: of `2–<5` the 5, which it comes as near to as one likes; None where it is open."""
    return float(end.removeprefix("<")) if end else None


def _rows(raw: RawTable, groups: Groups, bands: Groups) -> Iterator[ReleasedRow]:
    """Every row with its noise, cells that are too small hidden."""
    if not groups:
        return
    bases = noisy(*_together(raw, groups))
    counts, keys = (_summed(_summed(of, groups).T, bands).T for of in (raw.counts, raw.keys))
    # Noise may lift a cell above its base, which would only make readers doubt everything else.
    cells = np.minimum(noisy(counts, keys), bases[:, np.newaxis])
    for group, base, row in zip(groups, bases.tolist(), cells.tolist(), strict=True):
        members = () if group == _EVERYBODY else _members(raw, group)
        shown = tuple(_cell(count, base) for count in row)
        yield ReleasedRow(
            kind=(EVERYBODY, ONE)[len(members)] if len(members) < 2 else MERGED,
            name=_name(raw, group),
            members=tuple(member.label for member in members),
            base=base,
            cells=shown,
            median=_median(raw, bands, shown) if base >= LEAST_BASE_FOR_SHARES else None,
        )


def _together(raw: RawTable, groups: Groups) -> tuple[Counts, Counts]:
    """Of each group, the people who answered and the sum of their keys."""
    return _summed(raw.bases, groups), _summed(raw.base_keys, groups)


def _summed(of: Counts, groups: Groups) -> Counts:
    """(groups, ...) sums over the places, along the first axis, of each group."""
    if all(len(group) == 1 for group in groups):
        return of[[group[0] for group in groups]]
    found: npt.NDArray[np.uint64] = np.array([of[list(group)].sum(axis=0) for group in groups], np.uint64)
    return found


def _members(raw: RawTable, group: Group) -> tuple[Category, ...]:
    return tuple(raw.breakdown.categories[place - 1] for place in group) if raw.breakdown else ()


def _name(raw: RawTable, group: Group) -> str:
    return "" if group == _EVERYBODY else "+".join(member.name for member in _members(raw, group))


def _cell(count: int, base: int) -> ReleasedCell:
    if count < LEAST_COUNT:
        return ReleasedCell(FEW, None)
    return ReleasedCell(str(count), round(100 * count / base) if base >= LEAST_BASE_FOR_SHARES else None)


def _median(raw: RawTable, bands: Groups, cells: tuple[ReleasedCell, ...]) -> int | None:
    """The column of the middle person, reckoned from what is shown alone; a hidden cell counts as two people."""
    if raw.kind not in _ORDERED:
        return None
    shown = [
        (index, cell.count or LEAST_COUNT // 2)
        for index, (band, cell) in enumerate(zip(bands, cells, strict=True))
        if not raw.columns[band[0]].apart
    ]
    middle, below = sum(count for _, count in shown) / 2, 0
    for index, count in shown:
        below += count
        if below >= middle:
            return index
    return None
