"""Unlocking as staff ask for it, in a page, a command or a job: with its entry in the audit log."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.responses.models import Snapshot
from consultations.responses.opening_processes import Progress
from consultations.responses.stirring import wipe
from consultations.responses.unsealing import move, untold
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of

#: The kind of its job.
UNLOCK = "unlock"


def unlock_for(
    session: Session,
    consultation: Consultation,
    private_key: bytes,
    *,
    who: str,
    today: datetime.date,
    progress: Progress = untold,
    at_last: Callable[[], None] = lambda: None,
) -> Snapshot:
    """`unsealing.move`, committed with its audit entry and with what `at_last` adds. Raises as `move` does."""
    snapshot = move(session, consultation, private_key, layout_of(consultation.questionnaire), today, progress)
    record(session, who=who, what="unlocked", subject=consultation.slug, day=today)
    at_last()
    session.commit()
    wipe(session.get_bind().engine)
    return snapshot
