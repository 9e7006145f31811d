"""What an attack on a release found and what it tried, in words that say what is wrong and no figure of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from consultations.errors import N_

#: Kind of finding -> what it says. Placeholders: table, row, column, as the files name them.
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "files": N_("The two files of the release do not say the same about %(table)s."),
        "rules": N_("%(table)s names other rules than those that tables are made by."),
        "plan": N_("%(table)s is not in the table plan that was fixed at opening."),
        "base": N_("In %(table)s, the row %(row)s tells of too few people."),
        "count": N_("In %(table)s, the count of %(column)s in the row %(row)s is too small to be shown."),
        "share": N_("In %(table)s, a share stands in the row %(row)s, which has too few people for shares."),
        "percentage": N_("In %(table)s, the share of %(column)s in the row %(row)s gives more away than its count."),
        "median": N_("In %(table)s, the middle answer of the row %(row)s was not reckoned from what is shown."),
        "within": N_("%(table)s counts within a region that is hidden or put together with others elsewhere."),
        "twice": N_("In %(table)s, the row %(row)s has another figure than the same people have in another table."),
        "no noise": N_("The figures in %(table)s add up too well: they were not changed before they were published."),
        "impossible": N_("The tables of %(table)s contradict each other: no answers have these figures."),
        "small count": N_("In %(table)s, the hidden count of %(column)s in the row %(row)s can be worked out."),
        "others": N_("In %(table)s, how few in the row %(row)s gave any answer but %(column)s can be worked out."),
        "everybody": N_("In %(table)s, it can be worked out that everybody in the row %(row)s answered %(column)s."),
        "alike": N_("In %(table)s, it seems that everybody in the small row %(row)s answered %(column)s."),
        "growth": N_("In %(table)s, the row %(row)s has too few new answers since an earlier release."),
        "new count": N_("In %(table)s, what the new people in the row %(row)s answered can be worked out."),
        "newcomer": N_("In %(table)s, comparing releases tells too much about what each new person answered."),
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the files give away. No figure: a report is read by more people than the answers."""

    #: A key of `SENTENCES`.
    kind: str
    table: str
    #: As `published.row_key` writes it; '' where the whole table is meant.
    row: str = ""
    column: str = ""

    @property
    def sentence(self) -> str:
        """A message of the catalogues, to be filled with `values`."""
        return SENTENCES[self.kind]

    @property
    def values(self) -> dict[str, str]:
        return {"table": self.table, "row": self.row, "column": self.column}


@dataclass(frozen=True, slots=True)
class Tried:
    """One sort of attack, and how often it was made: on so many cells, rows, tables or draws."""

    what: str
    times: int


@dataclass(frozen=True, slots=True)
class Report:
    findings: tuple[Finding, ...]
    tried: tuple[Tried, ...]

    @property
    def passed(self) -> bool:
        return not self.findings

    def to_json(self) -> dict[str, Any]:
        """Plain values for a database column: names of tables, rows and columns, and no figure of a person."""
        return {
            "findings": [{"kind": each.kind, **each.values} for each in self.findings],
            "tried": [{"what": each.what, "times": each.times} for each in self.tried],
        }


def from_json(stored: Mapping[str, Any]) -> Report:
    """The report that `Report.to_json` stored."""
    return Report(
        tuple(Finding(**each) for each in stored["findings"]), tuple(Tried(**each) for each in stored["tried"])
    )
