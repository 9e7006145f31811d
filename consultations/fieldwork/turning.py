"""Turns the key of a case study: its box and its interviews are sealed again, to a new pair of who stays."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.fieldwork import case_studies, interview_keys
from consultations.fieldwork.models import CaseStudy, Interview
from consultations.staff.covering import cover
from consultations.staff.models import Keyring, User
from consultations.staff.sign_in import SignedIn
from consultations.staff.turning import turn


def turn_case_study(
    session: Session, case_study: CaseStudy, by: SignedIn, today: datetime.date, without: Iterable[User] = ()
) -> int:
    """A new pair, under which everything is sealed again -> how many did not open, and stay as they are.

    Each interview gets a fresh key as well. Nothing is committed here. Raises NotAKeyHolder, LastHolder.
    """
    turned = turn(session, case_study.keyring_id, by, without)
    mine = select(Interview).where(Interview.case_study_id == case_study.id)
    broken = case_studies.resealed(session, case_study, turned) + sum(
        interview_keys.rekeyed(session, interview, turned)
        for interview in session.scalars(mine.execution_options(populate_existing=True)).all()
    )
    record(session, who=by.user.name, what="turned the key of", subject=f"case-study:{case_study.id}", day=today)
    return broken


def make_ready(session: Session, case_study: CaseStudy, by: SignedIn, today: datetime.date) -> None:
    """What a holder's work begins with: a key that somebody took along is turned, and the trustees get their copy.

    Commits what it changed. Raises NotAKeyHolder, DoesNotOpen.
    """
    turns = session.get_one(Keyring, case_study.keyring_id).to_turn
    if turns:
        turn_case_study(session, case_study, by, today)
    if turns or cover(session, case_study.keyring_id, by):
        session.commit()
