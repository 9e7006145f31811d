"""What an indicator reads from released tables, and how far that is from its baseline to its target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consultations.analysis.figures.intervals import NOISE_VARIANCE, score
from consultations.analysis.figures.weights import equal_voice
from consultations.analysis.regional import REGION
from consultations.analysis.tables import EVERYBODY, ONE, ReleasedRow, ReleasedTable
from consultations.errors import N_

HIDDEN = N_("Not shown: too few people.")
MERGED = N_("Not shown: the region was put together with others.")
OTHER_OPTIONS = N_("Asked with other answers to choose from.")
SEVERAL = N_("People could choose several answers, so that two shares must not be added.")
UP, DOWN = "up", "down"


@dataclass(frozen=True, slots=True)
class Pointer:
    """What is counted: people who gave one of `options` to `question`; of one region only where it is named."""

    question: str
    options: tuple[str, ...]
    region: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A share in per cent with its 95 % interval, or why there is none (a message for the catalogue)."""

    percent: float | None = None
    low: float = 0.0
    high: float = 100.0
    #: People who answered the question.
    people: int = 0
    #: The same share if as many people had answered in every region; an estimate, None where there is none.
    equal_voice: float | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a reading stands between baseline and target."""

    reached: bool
    #: Per cent of the way from the baseline to the target, below zero where it went the other way; None: no baseline.
    way: float | None
    #: Points that are still missing; 0 when it is reached.
    missing: float


def read(pointer: Pointer, tables: Iterable[ReleasedTable]) -> Reading | None:
    """The indicator's value in one release; None where the question was not asked.

    Counts are added as they were released, each with noise of its own, so that the interval grows with every option.
    """
    table = _table(pointer.question, tables)
    if table is None:
        return None
    if table.is_hidden:
        return Reading(why_not=HIDDEN)
    places = {column.name: place for place, column in enumerate(table.columns)}
    if not places.keys() >= set(pointer.options):
        return Reading(why_not=OTHER_OPTIONS)
    if table.kind == "multiple" and len(pointer.options) > 1:
        return Reading(why_not=SEVERAL)
    row = _row(table, pointer.region)
    if row is None:
        merged = any(pointer.region in each.name.split("+") for each in table.merged)
        return Reading(why_not=MERGED if merged else HIDDEN)
    chosen = tuple(places[name] for name in pointer.options)
    return _reading(table, row, chosen, everybody=not pointer.region)


def progress(value: float, baseline: float | None, target: float, direction: str) -> Progress:
    """`value`, `baseline` and `target` in per cent; `direction` is `UP` or `DOWN`."""
    sign = 1 if direction == UP else -1
    missing = max(0.0, sign * (target - value))
    whole = None if baseline is None else target - baseline
    way = 100 * (value - baseline) / whole if baseline is not None and whole else None
    return Progress(reached=not missing, way=way, missing=missing)


def is_clear_of(reading: Reading, share: float) -> bool:
    """Whether chance and noise leave no room for `share`, such as a baseline."""
    return not reading.low <= share <= reading.high


def _table(question: str, tables: Iterable[ReleasedTable]) -> ReleasedTable | None:
    """By region where there is one, for its rows; else any: everybody's figures are the same in each."""
    mine = [table for table in tables if table.question == question and not table.within and not table.item]
    return min(mine, key=lambda table: table.breakdown != REGION, default=None)


def _row(table: ReleasedTable, region: str) -> ReleasedRow | None:
    if not region:
        return next((row for row in table.rows if row.kind == EVERYBODY), None)
    of_regions = table.rows if table.breakdown == REGION else ()
    return next((row for row in of_regions if row.kind == ONE and row.name == region), None)


def _reading(table: ReleasedTable, row: ReleasedRow, places: tuple[int, ...], *, everybody: bool) -> Reading:
    cells = [row.cells[place] for place in places]
    if any(cell.percent is None for cell in cells):
        return Reading(why_not=HIDDEN, people=row.base)
    part = min(1.0, sum(cell.count or 0 for cell in cells) / row.base)
    # `score` takes one noise for the count and one for the base; here there are as many of the first as options.
    variance = NOISE_VARIANCE * (len(cells) + part**2) / (1 + part**2)
    low, high = score(part * row.base, row.base, variance)
    return Reading(100 * part, 100 * low, 100 * high, row.base, _equal_voice(table, places) if everybody else None)


def _equal_voice(table: ReleasedTable, places: tuple[int, ...]) -> float | None:
    voice = equal_voice(table)
    shares = [voice.shares[place] for place in places] if voice else [None]
    known = [share for share in shares if share is not None]
    return min(100.0, sum(known)) if len(known) == len(shares) else None
