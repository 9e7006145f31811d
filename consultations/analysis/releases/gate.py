"""The gate before a release: its files are attacked first, mended where that helps, and what passed is written down."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import asdict

from sqlalchemy.orm import Session

from consultations.analysis.attack import attack
from consultations.analysis.attacks.mending import Hidden, mended, to_hide
from consultations.analysis.models import GateRun
from consultations.analysis.releases.growth import MOST_RELEASES, NoMoreReleases, NothingToShow, check_growth
from consultations.analysis.releases.preparing import about, earlier, latest, next_number, prepared
from consultations.analysis.releases.published import Files, to_files
from consultations.analysis.tables import ReleasedTable
from consultations.rounds.models import Consultation

#: So often rows are hidden and everything is attacked again; what still gives people away then is not released.
MOST_ROUNDS = 4
#: (done, total).
Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    """Nobody waits."""


def try_release(
    session: Session,
    consultation: Consultation,
    private_key: bytes,
    today: datetime.date,
    progress: Progress = _silent,
) -> GateRun:
    """Attack what a release would publish, and keep the outcome in place of the one before; publishes nothing.

    Rows that give people away are hidden, and the rest is attacked again, a few times; `to_release` has what is left.

    Raises NotUnlocked, DoesNotOpen, NoMoreReleases, NothingToShow, TooFewNewAnswers.
    """
    tables = prepared(session, consultation, private_key)
    check(session, consultation, tables)
    about_it = about(consultation, next_number(session, consultation), today)
    before = earlier(session, consultation)
    hidden: tuple[Hidden, ...] = ()
    for _ in range(1 + MOST_ROUNDS):
        files = to_files(about_it, mended(tables, hidden))
        report = attack(files, before, progress)
        more = to_hide(report.findings, mended(tables, hidden))
        if not more:
            break
        hidden = (*hidden, *more)
    run = session.get(GateRun, consultation.id) or GateRun(consultation_id=consultation.id)
    run.digest, run.day, run.passed = digest(files), today, report.passed
    run.report = {**report.to_json(), "hidden": [asdict(each) for each in hidden]}
    session.add(run)
    session.flush()
    return run


def hidden_rows(run: GateRun) -> tuple[Hidden, ...]:
    """The rows that the gate took out so that the rest can be released."""
    return tuple(Hidden(**each) for each in run.report["hidden"])


def to_release(session: Session, consultation: Consultation, private_key: bytes) -> tuple[ReleasedTable, ...] | None:
    """The tables of the last run if it passed and would still find the same; None where the gate must run again.

    Raises as `try_release` does.
    """
    run = session.get(GateRun, consultation.id)
    if run is None or not run.passed:
        return None
    tables = prepared(session, consultation, private_key)
    check(session, consultation, tables)
    tables = mended(tables, hidden_rows(run))
    files = to_files(about(consultation, next_number(session, consultation), run.day), tables)
    return tables if digest(files) == run.digest else None


def check(session: Session, consultation: Consultation, tables: tuple[ReleasedTable, ...]) -> None:
    """Raises NoMoreReleases, NothingToShow, TooFewNewAnswers where no attack needs to be tried."""
    if next_number(session, consultation) > MOST_RELEASES:
        raise NoMoreReleases
    if all(table.is_hidden for table in tables):
        raise NothingToShow  # it would be one of the three
    check_growth(latest(session, consultation), tables)


def digest(files: Files) -> str:
    """SHA-256 of the files in the order of their names, in hexadecimal."""
    found = hashlib.sha256()
    for name in sorted(files):
        found.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return found.hexdigest()
