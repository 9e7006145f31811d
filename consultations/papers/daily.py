"""What is done once a day: whatever has reached its end goes. Doing it twice, or two at once, changes nothing more."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consultations.fieldwork import retention as interviews
from consultations.fieldwork.models import CaseStudy
from consultations.papers import ending
from consultations.responses import retention as answers
from consultations.responses.drafts import drop_expired
from consultations.responses.stirring import wipe
from consultations.rounds.models import Consultation
from consultations.staff import challenges, pending, sessions
from consultations.staff.certificates import Certificate
from consultations.staff.factors_models import PasskeyChallenge
from consultations.staff.models import StaffLink

#: How long before the end staff are told of it on their overview.
NOTICE_DAYS = 30

Step = Callable[[Session, datetime.date], list[str]]


@dataclass(frozen=True, slots=True)
class Ending:
    """What will be destroyed soon: the answers of a consultation, or the interviews of one of its case studies."""

    consultation: Consultation
    case_study: CaseStudy | None
    ends_on: datetime.date


def daily(session: Session, today: datetime.date) -> list[str]:
    """Do everything that is due, each in a transaction of its own -> a line for each thing that was done.

    What a line says is on an administrator's page as well: no name, no address, nothing that anybody wrote.
    """
    done = [line for step in STEPS.values() for line in step(session, today)]
    wipe(session.get_bind().engine)
    return done


def ending_soon(session: Session, today: datetime.date) -> list[Ending]:
    """What ends within `NOTICE_DAYS`, the nearest first."""
    last = today + datetime.timedelta(days=NOTICE_DAYS)
    soon = [Ending(each, None, answers.ends_on(each) or last) for each in answers.expired(session, last)]
    for case_study in interviews.expired(session, last):
        consultation = session.get_one(Consultation, case_study.consultation_id)
        soon.append(Ending(consultation, case_study, interviews.ends_on(session, case_study)))
    return sorted(soon, key=lambda each: (each.ends_on, each.consultation.slug))


def _answers(session: Session, today: datetime.date) -> list[str]:
    ended = (ending.end(session, each, today) for each in answers.expired(session, today))
    return list(_certified(session, ended))


def _interviews(session: Session, today: datetime.date) -> list[str]:
    ended = (interviews.destroy_interviews(session, each, today) for each in interviews.expired(session, today))
    return list(_certified(session, ended))


def _certified(session: Session, ended: Iterator[Certificate | None]) -> Iterator[str]:
    """Committed one by one: what was destroyed is certified, whatever happens to the next."""
    for certificate in ended:
        session.commit()
        if certificate is not None:
            yield f"{certificate.what} {certificate.subject}"


def _drafts(session: Session, today: datetime.date) -> list[str]:
    drop_expired(session, today)
    session.commit()
    return []


def _sign_ins(session: Session, today: datetime.date) -> list[str]:
    """Sessions that ended, sign-ins that nobody finished, and what a passkey was asked to sign."""
    began = datetime.datetime.combine(today, datetime.time(), datetime.UTC)
    sessions.forget_ended(session, began)
    pending.forget_ended(session, began)
    session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.made_at <= began - challenges.LIFE))
    session.commit()
    return []


def _links(session: Session, today: datetime.date) -> list[str]:
    """One-time links that nobody used in time."""
    gone = session.scalars(select(StaffLink.token_hash).where(StaffLink.expires_on < today)).all()
    session.execute(delete(StaffLink).where(StaffLink.token_hash.in_(gone)))
    session.commit()
    return [f"deleted {len(gone)} links that nobody used in time"] if gone else []


#: What is done, in this order.
STEPS: dict[str, Step] = {
    "answers": _answers,
    "interviews": _interviews,
    "drafts": _drafts,
    "sign-ins": _sign_ins,
    "links": _links,
}
