"""Attacks the files of a release as anybody could who has read them: what may be published is what withstands this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from consultations.analysis.attacks import noise, rules
from consultations.analysis.attacks.counts import counts
from consultations.analysis.attacks.earlier import differences
from consultations.analysis.attacks.findings import Finding, Report, Tried, from_json
from consultations.analysis.attacks.newcomers import growth, newcomers
from consultations.analysis.releases.published import Files, read_tables
from consultations.analysis.tables import ReleasedTable

__all__ = ["Finding", "Progress", "Report", "Tried", "attack", "from_json"]

Tables = Sequence[ReleasedTable]
_Attacked = tuple[list[Finding], list[Tried]]
#: (done, total) questions.
Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    """Nobody waits."""


def attack(files: Files, earlier: Sequence[Files], progress: Progress = _silent) -> Report:
    """Try to turn the files back into people; always the same for the same files.

    What a look gives away is looked for first: where that finds anything, nothing needs to be worked out.
    Raises KeyError, TypeError, ValueError on files that cannot be read.
    """
    tables, before = read_tables(files), [read_tables(each) for each in earlier]
    looked = [rules.check(files), noise.check(tables), growth(before, tables)]
    report = _together(looked)
    return report if report.findings else _together([*looked, *_worked_out(before, tables, progress)])


def _worked_out(before: Sequence[Tables], tables: Tables, progress: Progress) -> Iterator[_Attacked]:
    questions = list(dict.fromkeys(table.question for table in tables if table.rows))
    for done, question in enumerate(questions):
        progress(done, len(questions))
        yield counts(question, tables)
        yield differences(question, before, tables)
        yield newcomers(question, before, tables)
    progress(len(questions), len(questions))


def _together(attacked: Iterable[_Attacked]) -> Report:
    """One entry for each finding, and for each sort of attack."""
    found: dict[Finding, None] = {}
    times: dict[str, int] = {}
    for findings, tried in attacked:
        found |= dict.fromkeys(findings)
        for each in tried:
            times[each.what] = times.get(each.what, 0) + each.times
    return Report(tuple(found), tuple(Tried(what, many) for what, many in times.items()))
