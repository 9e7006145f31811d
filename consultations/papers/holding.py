"""Everything that has a key of its own, a consultation or a case study: who holds it, who gives it to whom."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.errors import N_, NotFound, Problem
from consultations.fieldwork import turning
from consultations.fieldwork.models import CaseStudy
from consultations.papers import rotating
from consultations.registry.models import Country
from consultations.rounds.consultations import by_slug, newest_first
from consultations.rounds.models import Consultation
from consultations.staff import covering, keyrings
from consultations.staff.given_limits import limits_of
from consultations.staff.limits import may_see_case_study
from consultations.staff.models import User
from consultations.staff.people import active_reaching, active_with
from consultations.staff.roles import Permission
from consultations.staff.sign_in import SignedIn
from consultations.staff.trustees import OpenedByTrustees

_CASE_STUDY = re.compile(r"case-study:(\d{1,9})")


class HoldsTheConsultationToo(Problem):
    status = 409
    message = N_(
        "They hold the key of the consultation, and with it those of its case studies. Take that key from them, and"
        " this one goes with it."
    )


class MayNotHold(Problem):
    status = 422
    message = N_("This person's role or limits do not include this work, so the key would be of no use to them.")


@dataclass(frozen=True, slots=True)
class Held:
    """What a keyring opens."""

    consultation: Consultation
    case_study: CaseStudy | None = None

    @property
    def keyring_id(self) -> int:
        return self.case_study.keyring_id if self.case_study else self.consultation.keyring_id

    @property
    def name(self) -> str:
        """`spring`, or `case-study:7`: an address of a consultation has no colon."""
        return f"case-study:{self.case_study.id}" if self.case_study else self.consultation.slug


def everything(session: Session) -> list[Held]:
    """Every consultation, newest first, each followed by its case studies."""
    studies = session.scalars(select(CaseStudy).order_by(CaseStudy.id)).all()
    return [
        held
        for each in newest_first(session)
        for held in (Held(each), *(Held(each, study) for study in studies if study.consultation_id == each.id))
    ]


def held(session: Session, name: str) -> Held:
    """What goes by that name. Raises NotFound, ConsultationNotFound."""
    number = _CASE_STUDY.fullmatch(name)
    if number is None:
        return Held(by_slug(session, name))
    study = session.get(CaseStudy, int(number.group(1)))
    if study is None:
        raise NotFound
    return Held(session.get_one(Consultation, study.consultation_id), study)


def may_hold(session: Session, what: Held) -> list[User]:
    """Active accounts whose role and limits include work with it, by name."""
    if what.case_study is None:
        return active_reaching(session, Permission.UNLOCK, what.consultation.slug)
    country = session.get_one(Country, what.case_study.country_code)
    place = {"slug": what.consultation.slug, "country": country.code, "region": country.region}
    users = active_with(session, Permission.DO_FIELDWORK)
    return [user for user in users if may_see_case_study(limits_of(session, user), **place)]


def make_ready(session: Session, what: Held, by: SignedIn, today: datetime.date) -> None:
    """Turn the key where somebody took it along, and give the trustees their copy; commits. Raises NotAKeyHolder."""
    if what.case_study is None:
        rotating.make_ready(session, what.consultation, by, today)
    else:
        turning.make_ready(session, what.case_study, by, today)


def agree(session: Session, by: SignedIn, today: datetime.date) -> int:
    """The holder agrees to the trustees' new recovery key for everything that they hold -> for how much."""
    mine = [each for each in everything(session) if keyrings.holds(session, each.keyring_id, by.user)]
    covered = [each for each in mine if covering.cover(session, each.keyring_id, by, agreed=True)]
    for each in covered:
        record(session, who=by.user.name, what="agreed to the new recovery key for", subject=each.name, day=today)
    return len(covered)


def give(session: Session, what: Held, person: User, by: SignedIn, today: datetime.date) -> None:
    """Give the key to somebody who may hold it. Raises MayNotHold, NotAKeyHolder; commits nothing."""
    if person not in may_hold(session, what):
        raise MayNotHold
    if what.case_study is None:
        rotating.give_to(session, what.consultation, person, by, today)
    elif keyrings.grant(session, what.keyring_id, person, by):
        subject = f"{what.name}, to {person.name}"
        record(session, who=by.user.name, what="gave the key of", subject=subject, day=today)


def take(session: Session, what: Held, person: User, by: SignedIn, today: datetime.date) -> int:
    """Take the key from somebody, `by` perhaps, and turn it -> how many did not open under the old one.

    Committed when this returns. Raises NotAKeyHolder, LastHolder, TwoMustHold, HoldsTheConsultationToo.
    """
    if what.case_study is None:
        return rotating.take_from(session, what.consultation, person, by, today)
    if keyrings.holds(session, what.consultation.keyring_id, person):
        raise HoldsTheConsultationToo
    broken = turning.turn_case_study(session, what.case_study, by, today, without=(person,))
    subject = f"{what.name}, from {person.name}"
    record(session, who=by.user.name, what="took the key of", subject=subject, day=today)
    rotating.settle(session)
    return broken


def hand_over(session: Session, what: Held, to: User, by: SignedIn, today: datetime.date) -> int:
    """Give the key to somebody and one's own copy up, in one step; as `take`. Raises as `give` and `take` do."""
    give(session, what, to, by, today)
    return take(session, what, by.user, by, today)


def recover(
    session: Session, what: Held, opened: OpenedByTrustees, to: User, *, who: str, today: datetime.date
) -> None:
    """Two trustees give the key to somebody who may hold it. Raises MayNotHold, NotCovered, DoesNotOpen."""
    if to not in may_hold(session, what):
        raise MayNotHold
    covering.grant_recovered(session, what.keyring_id, to, opened)
    subject = f"{what.name}, to {to.name}"
    record(session, who=who, what="opened with trustees' cards the key of", subject=subject, day=today)
