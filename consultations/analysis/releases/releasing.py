"""Releases: protected tables made from a consultation's snapshot, at most three times, each of them final."""

from __future__ import annotations

import datetime

from sqlalchemy.orm import Session

from consultations.analysis.models import Release
from consultations.analysis.releases.gate import check, to_release, try_release
from consultations.analysis.releases.growth import (
    MOST_RELEASES,
    NoMoreReleases,
    NothingToShow,
    TooFewNewAnswers,
    check_growth,
)
from consultations.analysis.releases.preparing import latest, newest, next_number, prepared
from consultations.analysis.tables import ReleasedTable, to_json
from consultations.errors import N_, Problem
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import lock

__all__ = [
    "MOST_RELEASES",
    "NoMoreReleases",
    "NotProtected",
    "NothingToShow",
    "TooFewNewAnswers",
    "check_growth",
    "latest",
    "newest",
    "prepared",
    "refusal",
    "release",
]


class NotProtected(Problem):
    status = 409
    message = N_(
        "These tables could be turned back into what single people answered, and hiding rows did not help."
        " So nothing was released. Ask again with fewer breakdowns, or with fewer answers to choose from."
    )


def release(session: Session, consultation: Consultation, private_key: bytes, today: datetime.date) -> Release:
    """Publish the tables that passed the gate; they cannot be taken back. Runs the gate where that was not done.

    Raises NotUnlocked, DoesNotOpen, NoMoreReleases, NothingToShow, TooFewNewAnswers, NotProtected.
    """
    tables = to_release(session, consultation, private_key)
    if tables is None and try_release(session, consultation, private_key, today).passed:
        tables = to_release(session, consultation, private_key)
    if tables is None:
        raise NotProtected
    lock(session, consultation.keyring_id)  # who releases at the same time waits here, and then meets this release
    check(session, consultation, tables)
    number = next_number(session, consultation)
    made = Release(consultation_id=consultation.id, number=number, released_on=today, tables=to_json(tables))
    session.add(made)
    session.flush()
    return made


def refusal(session: Session, consultation: Consultation, tables: tuple[ReleasedTable, ...]) -> Problem | None:
    """Why `release` would refuse to publish `tables` before any attack; None when it would not."""
    try:
        check(session, consultation, tables)
    except (NoMoreReleases, NothingToShow, TooFewNewAnswers) as problem:
        return problem
    return None
