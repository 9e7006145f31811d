"""Whose voice counts how much: every answer the same, or every region the same, from released figures only."""

from __future__ import annotations

from dataclasses import dataclass

from consultations.analysis.disclosure import LEAST_COUNT
from consultations.analysis.regional import REGION
from consultations.analysis.tables import EVERYBODY, Label, ReleasedCell, ReleasedRow, ReleasedTable

#: A hidden cell stands for none to four people.
IMPUTED = LEAST_COUNT // 2
#: From here on the two ways of counting tell different stories; less is noise.
WORTH_SAYING = 5


@dataclass(frozen=True, slots=True)
class EqualVoice:
    """The shares there would be if as many people had answered in every region that is shown."""

    #: For each column, in per cent of the people who answered.
    estimates: tuple[float, ...]
    #: For each column, whether a region shows a figure; else the estimate is made of hidden cells alone.
    shown: tuple[bool, ...]
    #: How many regions are in it, the members of merged rows among them.
    regions: int
    #: Regions without a row: their weight falls on the others.
    left_out: tuple[Label, ...]

    @property
    def shares(self) -> tuple[float | None, ...]:
        """The estimates that may stand beside shown shares."""
        return tuple(share if shown else None for share, shown in zip(self.estimates, self.shown, strict=True))


def reckoned(cell: ReleasedCell) -> int:
    """The count that estimates take a cell for: its own, or `IMPUTED` where it is hidden."""
    return IMPUTED if cell.count is None else cell.count


def share(cell: ReleasedCell, row: ReleasedRow) -> float:
    """The cell's estimated part of its row's people, in per cent, up to 100."""
    return min(100.0, 100 * reckoned(cell) / row.base)


def equal_voice(table: ReleasedTable) -> EqualVoice | None:
    """The mean of the regions' shares; None for other breakdowns, within a region, and below two regions' rows.

    A row of merged regions counts as many times as it has members, because it is all that is known of each.
    """
    rows = [row for row in table.rows if row.kind != EVERYBODY]
    if table.breakdown != REGION or table.within or len(rows) < 2:
        return None
    regions = sum(len(row.members) for row in rows)
    places = range(len(table.columns))
    return EqualVoice(
        estimates=tuple(
            sum(share(row.cells[place], row) * len(row.members) for row in rows) / regions for place in places
        ),
        shown=tuple(any(row.cells[place].count is not None for row in rows) for place in places),
        regions=regions,
        left_out=table.hidden,
    )


def gap(table: ReleasedTable, column: int) -> float | None:
    """By how many points the equal voice of a column is above the share by response; None where either is missing."""
    voice = equal_voice(table)
    by_response = table.rows[0].cells[column].percent if voice else None
    if voice is None or by_response is None:
        return None
    equal = voice.shares[column]
    return None if equal is None else equal - by_response
