"""Protection of a table before anybody sees it: merge small groups, add cell-key noise, hide what is still small."""

from __future__ import annotations

from collections.abc import Iterable

from consultations.analysis.axes import Category, joined
from consultations.analysis.merging import Groups, neighbours_together, others_together
from consultations.analysis.noise import noisy
from consultations.analysis.tables import (
    EVERYBODY,
    FEW,
    MERGED,
    ONE,
    ReleasedCell,
    ReleasedColumn,
    ReleasedRow,
    ReleasedTable,
    table_id,
)
from consultations.analysis.tabulate import RawTable

#: A row tells of at least ten people: with noise of up to three, a group that size cannot be told from its neighbours.
LEAST_BASE = 10
#: Counts below five are the small cells of official statistics: too few people to be written about as a number.
LEAST_COUNT = 5
#: Under twenty people one person is more than five per cent: a share would be a count in disguise.
LEAST_BASE_FOR_SHARES = 20

#: Kinds of question whose columns have an order, so that there is a middle answer.
_ORDERED = frozenset({"scale", "number", "date"})
_Places = tuple[int, ...]
#: The place of the row that `tabulate` counts everybody in.
_EVERYBODY: _Places = (0,)


def protect(raw: RawTable) -> ReleasedTable:
    """The only way from counts to a table that people see (Thompson, Broadfoot and Elazar 2013, as in `noise`).

    Deterministic: the same people give the same figures in whatever table and however often. Row sums and the row of
    everybody need not add up, because each cell has noise of its own; that is what keeps differences from telling.
    """
    categories = raw.breakdown.categories if raw.breakdown else ()
    column_groups = _column_groups(raw)
    places = range(1, 1 + len(categories))
    groups: Groups = ()
    hidden: _Places = tuple(places)
    if _size(raw, _EVERYBODY) >= LEAST_BASE:
        alone, hidden = others_together(places, lambda group: _size(raw, group), LEAST_BASE)
        groups = (_EVERYBODY, *alone)
    rows = tuple(_row(raw, group, column_groups) for group in groups)
    return ReleasedTable(
        id=table_id(raw.question.question, raw.breakdown.question if raw.breakdown else ""),
        question=raw.question.question,
        question_label=raw.question.label,
        breakdown=raw.breakdown.question if raw.breakdown else "",
        breakdown_label=raw.breakdown.label if raw.breakdown else {},
        kind=raw.question.kind,
        columns=tuple(_columns(raw, column_groups)) if rows else (),
        rows=rows,
        hidden=tuple(categories[place - 1].label for place in hidden),
    )


def _size(raw: RawTable, places: _Places) -> int:
    """How many people a row is sure to tell of: the lesser of the count and what is published as the count."""
    people = int(raw.bases[list(places)].sum())
    return min(people, noisy(people, int(raw.base_keys[list(places)].sum())))


def _column_groups(raw: RawTable) -> Groups:
    places = range(len(raw.question.categories))
    if not raw.question.banded:
        return tuple((place,) for place in places)
    return neighbours_together(places, lambda group: int(raw.counts[0, list(group)].sum()), LEAST_BASE)


def _columns(raw: RawTable, groups: Groups) -> Iterable[ReleasedColumn]:
    bands = [joined(tuple(raw.question.categories[place] for place in group)) for group in groups]
    if raw.question.kind == "date" and len(bands) > 1:
        # The first and the last date of anybody would stand in the heads otherwise.
        bands[0], bands[-1] = _open(bands[0], low=True), _open(bands[-1], low=False)
    return (ReleasedColumn(band.name, band.label, band.apart) for band in bands)


def _open(band: Category, *, low: bool) -> Category:
    first, last = band.ends or ("", "")
    ends = ("", last) if low else (first, "")
    return joined((Category("", {}, ends), Category("", {}, ends)))


def _row(raw: RawTable, places: _Places, column_groups: Groups) -> ReleasedRow:
    base = noisy(int(raw.bases[list(places)].sum()), int(raw.base_keys[list(places)].sum()))
    cells = tuple(_cell(raw, places, group, base) for group in column_groups)
    members = () if places == _EVERYBODY else _members(raw, places)
    kind = (EVERYBODY, ONE)[len(members)] if len(members) < 2 else MERGED
    return ReleasedRow(
        kind=kind,
        name="+".join(member.name for member in members),
        members=tuple(member.label for member in members),
        base=base,
        cells=cells,
        median=_median(raw, column_groups, cells) if base >= LEAST_BASE_FOR_SHARES else None,
    )


def _members(raw: RawTable, places: _Places) -> tuple[Category, ...]:
    return tuple(raw.breakdown.categories[place - 1] for place in places) if raw.breakdown else ()


def _cell(raw: RawTable, rows: _Places, columns: _Places, base: int) -> ReleasedCell:
    part = [place for row in rows for place in (row * raw.counts.shape[1] + column for column in columns)]
    count = noisy(int(raw.counts.ravel()[part].sum()), int(raw.keys.ravel()[part].sum()))
    # Noise may lift a cell above its base, which would only make readers doubt everything else.
    count = min(count, base)
    if count < LEAST_COUNT:
        return ReleasedCell(FEW, None)
    return ReleasedCell(str(count), round(100 * count / base) if base >= LEAST_BASE_FOR_SHARES else None)


def _median(raw: RawTable, groups: Groups, cells: tuple[ReleasedCell, ...]) -> int | None:
    """The column of the middle person, reckoned from what is shown alone; a hidden cell counts as two people."""
    if raw.question.kind not in _ORDERED:
        return None
    shown = [
        (index, cell.count or LEAST_COUNT // 2)
        for index, (group, cell) in enumerate(zip(groups, cells, strict=True))
        if not raw.question.categories[group[0]].apart
    ]
    middle, below = sum(count for _, count in shown) / 2, 0
    for index, count in shown:
        below += count
        if below >= middle:
            return index
    return None
