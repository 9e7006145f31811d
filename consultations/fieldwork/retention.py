"""Destroys interviews when the time that was promised to whoever was interviewed is over."""

from __future__ import annotations

import datetime

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from consultations.fieldwork.models import CaseStudy, Interview, InterviewKey, Passage
from consultations.rounds.models import Consultation
from consultations.rounds.months import months_after
from consultations.staff import keyrings, shredding
from consultations.staff.certificates import INTERVIEWS, Certificate, certify

#: What refers to an interview, before the interviews.
OF_INTERVIEWS = (Passage, InterviewKey)


def ends_on(session: Session, case_study: CaseStudy) -> datetime.date:
    """The first day on which nothing may be left.

    Counted from the closing of its consultation, when the work on the paper begins, or from its own opening day where
    that is later. While the consultation is not closed it is the opening day alone: a promise to a person cannot wait
    for somebody to press a button, so interviews of a consultation that nobody ever closes end as well.
    """
    closed_on = session.get_one(Consultation, case_study.consultation_id).closed_on
    return months_after(max(closed_on or case_study.opened_on, case_study.opened_on), case_study.retention_months)


def expired(session: Session, today: datetime.date) -> list[CaseStudy]:
    """Case studies whose time is over and whose key is still there."""
    everything = session.scalars(select(CaseStudy).order_by(CaseStudy.id))
    return [
        each for each in everything if today >= ends_on(session, each) and keyrings.is_held(session, each.keyring_id)
    ]


def destroy_interviews(session: Session, case_study: CaseStudy, today: datetime.date) -> Certificate | None:
    """Delete its interviews, passages and box, and every copy of every key to them; None when somebody was faster."""
    keyrings.lock(session, case_study.keyring_id)  # whoever runs at the same time waits here, and finds no key
    if not keyrings.is_held(session, case_study.keyring_id):
        return None
    rows = delete_interviews(session, case_study) | shredding.destroyed_key(session, case_study.keyring_id)
    slug = session.get_one(Consultation, case_study.consultation_id).slug
    return certify(session, INTERVIEWS, f"case study {case_study.id} of {slug}", rows, today)


def delete_interviews(session: Session, case_study: CaseStudy) -> dict[str, int]:
    """Delete its interviews with all that belongs to them, and its box -> how many rows there were, by table."""
    mine = select(Interview.id).where(Interview.case_study_id == case_study.id)
    rows = {}
    for model in OF_INTERVIEWS:
        rows[model.__tablename__] = shredding.deleted(session, _table(model), _table(model).c.interview_id.in_(mine))
    interviews = _table(Interview)
    rows[interviews.name] = shredding.deleted(session, interviews, interviews.c.case_study_id == case_study.id)
    rows["boxes"] = int(bool(case_study.sealed_summary))
    case_study.sealed_summary = b""
    session.flush()
    session.expire(case_study, ["interviews"])
    return rows


def _table(model: type[Interview] | type[Passage] | type[InterviewKey]) -> Table:
    return model.metadata.tables[model.__tablename__]
