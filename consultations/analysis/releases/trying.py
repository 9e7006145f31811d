"""Attacking a release before it is made, as staff ask for it, in a page or a job: with its entry in the audit log."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from sqlalchemy.orm import Session

from consultations.analysis.models import GateRun
from consultations.analysis.releases.gate import Progress, try_release
from consultations.audit import record
from consultations.responses.unsealing import untold
from consultations.rounds.models import Consultation

#: The kind of its job.
TRY = "try"


def try_for(
    session: Session,
    consultation: Consultation,
    private_key: bytes,
    *,
    who: str,
    today: datetime.date,
    progress: Progress = untold,
    at_last: Callable[[], None] = lambda: None,
) -> GateRun:
    """`gate.try_release`, committed with its audit entry and with what `at_last` adds. Raises as `try_release` does."""
    run = try_release(session, consultation, private_key, today, progress)
    record(session, who=who, what="attacked the tables of", subject=consultation.slug, day=today)
    at_last()
    session.commit()
    return run
