"""The table plan as a value: every table that a consultation will have, by which rules, and a digest of all of it.

Whoever answers was promised this plan. Its digest stands in the statement that is frozen at opening, and tables are
released by no other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consultations.analysis.ladders import Ladders, parse, to_stored
from consultations.analysis.regional import LEAST_ANSWERS_THREE_WAY, breakdowns, planned
from consultations.analysis.releases.rules import RULES
from forms.packing import Layout
from forms.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class PlannedTable:
    """One question by one breakdown; '' where everybody is the only row."""

    id: str
    question: str
    breakdown: str
    #: Categories of the breakdown; 1 where everybody is the only row.
    rows: int
    #: The region of whose people alone it tells, and the choice of a ranking whose places are counted.
    within: str = ""
    item: str = ""


@dataclass(frozen=True)
class Plan:
    """What is fixed at opening, and the tables that follow from it."""

    #: Of the form: SHA-256, hex.
    version: str
    #: Names of questions, the region first.
    breakdowns: tuple[str, ...]
    #: Of breakdowns that have one of their own.
    ladders: Ladders
    tables: tuple[PlannedTable, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 in hex of canonical JSON: keys sorted, no white space, UTF-8 (as RFC 8785 for these plain values)."""
        content = {
            "form": self.version,
            "breakdowns": self.breakdowns,
            "ladders": to_stored(self.ladders),
            "tables": [table.id for table in self.tables],
            # The thresholds that tables are protected by: others would make other tables.
            "rules": {**RULES, "within_from": LEAST_ANSWERS_THREE_WAY},
        }
        written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()

    def by(self, breakdown: str) -> tuple[PlannedTable, ...]:
        """The tables that are broken down by it, in the questionnaire's order, but for those within a region."""
        return tuple(table for table in self.tables if table.breakdown == breakdown and not table.within)

    def within(self, breakdown: str) -> tuple[PlannedTable, ...]:
        """The tables by it of one region's people each, which are made where many answer."""
        return tuple(table for table in self.tables if table.breakdown == breakdown and table.within)


def plan_for(
    layout: Layout, questionnaire: Questionnaire, version: str, names: Iterable[str], stored: Mapping[str, Any]
) -> Plan:
    """The plan of a form's version broken down by `names`, where they can break anything down.

    `stored` are the ladders as `ladders.parse` reads them; raises LadderUnfit as it does.
    """
    wanted = tuple(names)
    used = breakdowns(layout, questionnaire, wanted)
    ladders = parse(stored, {name: layout.coded[name].choices for name in used})
    tables = tuple(
        PlannedTable(
            table.id,
            table.question,
            table.breakdown,
            len(layout.coded[table.breakdown].choices) if table.breakdown else 1,
            table.within,
            table.item,
        )
        for table in planned(layout, questionnaire, wanted)
    )
    return Plan(version, used, ladders, tables)
