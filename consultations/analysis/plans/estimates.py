"""What a plan's tables could show at 100, 300 and 1,000 answers: estimated before anybody has answered.

Made-up answers (`assumed`) go through the very code that protects real ones, so that an estimate knows every rule that
a release follows. It cannot know how members will answer: it says *about*, and what was assumed.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from consultations.analysis.ladders import to_stored
from consultations.analysis.plans import assumed
from consultations.analysis.plans.plan import Plan
from consultations.analysis.regional import LEAST_ANSWERS_THREE_WAY, released_tables
from consultations.analysis.tables import FEW, MERGED, ONE, ReleasedTable
from forms.packing import Layout
from forms.questionnaire import Questionnaire

#: Numbers of answers that are estimated for: a small consultation, a usual one, the network's largest so far.
SIZES = (100, 300, 1_000)
#: How often answers are made up for each: small ones vary more, and cost less.
DRAWS: Mapping[int, int] = MappingProxyType({100: 3, 300: 2, 1_000: 1})


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows by what becomes of them, and cells; of one table or of many, summed over the draws."""

    alone: int = 0
    merged: int = 0
    hidden: int = 0
    cells: int = 0
    shown: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.alone + other.alone,
            self.merged + other.merged,
            self.hidden + other.hidden,
            self.cells + other.cells,
            self.shown + other.shown,
        )

    @property
    def shares(self) -> tuple[int, int, int]:
        """Rows that stand alone, are merged, are left out: whole per cent that sum to 100."""
        rows = self.alone + self.merged + self.hidden
        if not rows:
            return 0, 0, 100
        alone, hidden = round(100 * self.alone / rows), round(100 * self.hidden / rows)
        return alone, 100 - alone - hidden, hidden

    @property
    def cells_shown(self) -> int:
        """Of the cells of rows that are shown, the whole per cent that show a number and not “<5”."""
        return round(100 * self.shown / self.cells) if self.cells else 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What could be shown of each planned table, by its id, at `size` answers."""

    size: int
    tables: Mapping[str, Tally]
    #: Tables of one region's people, by id; none where too few answer for them to be made.
    within: Mapping[str, Tally]

    def of(self, ids: Iterable[str]) -> Tally:
        known = {**self.tables, **self.within}
        return sum((known[each] for each in ids if each in known), Tally())

    @property
    def total(self) -> Tally:
        """Without those within a region: beside the others they would look as if more answers showed less."""
        return self.of(self.tables)


def estimates(
    layout: Layout, questionnaire: Questionnaire, plan: Plan, organisations: Mapping[str, int]
) -> tuple[Estimate, ...]:
    """One for each of `SIZES`; `organisations` is how many the registry has in each region.

    The same plan gives the same estimates; they are kept in memory by the plan's digest, which holds the form version.
    """
    key = plan.digest, tuple(sorted(organisations.items()))
    known = _KNOWN.get(key)
    if known is None:
        known = _KNOWN[key] = tuple(_estimate(layout, questionnaire, plan, organisations, size) for size in SIZES)
        while len(_KNOWN) > _MOST_KNOWN:
            _KNOWN.popitem(last=False)
    return known


_Key = tuple[str, tuple[tuple[str, int], ...]]
_KNOWN: OrderedDict[_Key, tuple[Estimate, ...]] = OrderedDict()
_MOST_KNOWN = 32


def _estimate(
    layout: Layout, questionnaire: Questionnaire, plan: Plan, organisations: Mapping[str, int], size: int
) -> Estimate:
    ladders = to_stored(plan.ladders)
    found: Counter[str] = Counter()
    tallies = {table.id: Tally() for table in plan.tables}
    for draw in range(DRAWS[size]):
        # One seed for all plans: what differs between two estimates is the plan, and not the draw.
        records = assumed.answers(layout, questionnaire, size, organisations, size + draw)
        for table in released_tables(layout, questionnaire, records, plan.breakdowns, ladders):
            tallies[table.id] += _tally(table)
            found[table.id] += 1
    all_of = {table.id: tallies[table.id] for table in plan.tables if not table.within}
    within = {table.id: tallies[table.id] for table in plan.tables if table.within}
    if size < LEAST_ANSWERS_THREE_WAY:
        within = {}
    # A region that does not stand alone has no tables of its own: their rows are left out.
    missed = {table.id: Tally(hidden=table.rows * (DRAWS[size] - found[table.id])) for table in plan.tables}
    within = {name: tally + missed[name] for name, tally in within.items()}
    return Estimate(size, MappingProxyType(all_of), MappingProxyType(within))


def _tally(table: ReleasedTable) -> Tally:
    """Of a table that everybody is the only row of, that row stands alone or is left out."""
    kinds = Counter(row.kind for row in table.rows for _ in row.members)
    cells = [cell.shown for row in table.rows for cell in row.cells]
    alone, hidden = kinds[ONE], len(table.hidden)
    if not table.breakdown:
        alone, hidden = len(table.rows), int(table.is_hidden)
    return Tally(alone, kinds[MERGED], hidden, len(cells), len(cells) - cells.count(FEW))
