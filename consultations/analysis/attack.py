"""Attacks the files of a release as anybody could who has read them: what may be published is what withstands this."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consultations.analysis import attack_noise, attack_rules
from consultations.analysis.attack_counts import counts
from consultations.analysis.attack_earlier import differences
from consultations.analysis.attack_newcomers import newcomers
from consultations.analysis.findings import Finding, Report, Tried, from_json
from consultations.analysis.published import Files, read_tables

__all__ = ["Finding", "Progress", "Report", "Tried", "attack", "from_json"]

#: (done, total) questions.
Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    """Nobody waits."""


def attack(files: Files, earlier: Sequence[Files], progress: Progress = _silent) -> Report:
    """Try to turn the files back into people; always the same for the same files.

    Raises KeyError, TypeError, ValueError on files that cannot be read.
    """
    tables, before = read_tables(files), [read_tables(each) for each in earlier]
    found, tried = attack_rules.check(files)
    noise = attack_noise.check(tables)
    found, tried = [*found, *noise[0]], [*tried, *noise[1]]
    questions = list(dict.fromkeys(table.question for table in tables if table.rows))
    total = len(questions)
    for done, question in enumerate(questions):
        progress(done, total)
        for more in (
            counts(question, tables),
            differences(question, before, tables),
            newcomers(question, before, tables),
        ):
            found, tried = [*found, *more[0]], [*tried, *more[1]]
    progress(total, total)
    return Report(tuple(dict.fromkeys(found)), _added(tried))


def _added(tried: Sequence[Tried]) -> tuple[Tried, ...]:
    """One entry for each sort of attack."""
    times: dict[str, int] = {}
    for each in tried:
        times[each.what] = times.get(each.what, 0) + each.times
    return tuple(Tried(what, many) for what, many in times.items())
