"""Consultations: created as drafts, opened with a frozen promise, closed, found again."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultations.audit import record
from consultations.errors import N_, NotFound, Problem
from consultations.rounds.certifying import asks_region, with_region_from_code
from consultations.rounds.leaving import checked_sites
from consultations.rounds.lifecycle import after, check_key_holders
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.rounds.questionnaires import questionnaire_of, store
from consultations.rounds.statement import statement_for
from consultations.staff.keyrings import holders, new_keyring
from consultations.staff.models import User
from consultations.staff.trustees import check_covered
from forms.question_types import QUESTION_TYPES, is_asked
from forms.questionnaire import Questionnaire
from forms.running.anonymising import is_never_stored

#: A country and an unusual answer are often enough to name somebody: regions are published, countries never.
NEVER_A_BREAKDOWN = frozenset({"country", "countries", "quote_permission"})
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
#: Words that stand where a slug stands in addresses of staff pages: taken, as if by a consultation.
TAKEN = frozenset({"new"})


class ConsultationNotFound(NotFound):
    message = N_("There is no consultation at this address.")


class SlugTaken(Problem):
    status = 409
    message = N_("Another consultation has this address already. Choose another word.")


class SlugUnfit(Problem):
    status = 422
    message = N_("An address has 1 to 40 small letters a to z, digits and hyphens, and no hyphen at either end.")


class AsksNothing(Problem):
    status = 422
    message = N_("This questionnaire asks nothing: no row of it can be answered.")


class NotABreakdown(Problem):
    status = 422
    message = N_("Tables can only be broken down by a question with one answer from a list: “%(name)s” is not one.")


def create(
    session: Session,
    *,
    slug: str,
    questionnaire: StoredQuestionnaire,
    title: Mapping[str, str],
    asked_by: Mapping[str, str],
    purpose: Mapping[str, str],
    key_holders: list[User],
    table_plan: Iterable[str] | None = None,
    retention_months: int = 24,
    synthetic: bool = False,
    leave_to: Mapping[str, str] = MappingProxyType({}),
    invited: bool = False,
    invitation_quota: int = 50,
) -> Consultation:
    """A draft with a key pair of its own; the plan for its tables is the form's `disaggregation` unless one is given.

    `invited`: only members with a code can answer. Its questionnaire is then one that takes the region from the code,
    where the form asks for it.

    Raises SlugUnfit, SlugTaken, AsksNothing, NotABreakdown.
    """
    if not SLUG.fullmatch(slug):
        raise SlugUnfit
    if slug in TAKEN or session.scalars(select(Consultation.id).where(Consultation.slug == slug)).first() is not None:
        raise SlugTaken
    form = questionnaire_of(questionnaire)
    if not any(is_asked(question) for question in form.questions()):
        raise AsksNothing
    if invited and asks_region(form):
        questionnaire = store(session, with_region_from_code(form), region_from_code=True)
    consultation = Consultation(
        slug=slug,
        questionnaire_id=questionnaire.id,
        questionnaire=questionnaire,
        keyring=new_keyring(session, key_holders),
        title=dict(title),
        asked_by=dict(asked_by),
        purpose=dict(purpose),
        languages=list(form.languages),
        table_plan=checked_plan(form, table_plan),
        retention_months=retention_months,
        synthetic=synthetic,
        leave_to=checked_sites(leave_to),
        invited=invited,
        invitation_quota=invitation_quota,
    )
    session.add(consultation)
    session.flush()
    return consultation


def note_first_holders(
    session: Session, consultation: Consultation, holding: Iterable[User], *, who: str, today: datetime.date
) -> None:
    """Who holds the key from the start stands in the audit log, as whoever is given it later."""
    for user in sorted({user.name for user in holding}):
        record(session, who=who, what="gave the key of", subject=f"{consultation.slug}, to {user}", day=today)


def checked_plan(form: Questionnaire, wanted: Iterable[str] | None) -> list[str]:
    possible = possible_breakdowns(form)
    if wanted is None:
        return [name for name in possible if form.question(name).disaggregation]
    plan = list(wanted)
    for name in plan:
        if name not in possible:
            raise NotABreakdown(name=name)
    return plan


def possible_breakdowns(form: Questionnaire) -> list[str]:
    """Names of the questions that tables may be broken down by: one answer from a list, and never the country.

    What a repeat asks has several answers, and what is never stored has none.
    """
    return [
        question.name
        for groups, question in form.walk()
        if is_asked(question)
        and QUESTION_TYPES[question.type].stored_as == "code"
        and question.name not in NEVER_A_BREAKDOWN
        and not is_never_stored(question)
        and not any(group.is_repeat for group in groups)
    ]


def open_to_members(
    session: Session,
    consultation: Consultation,
    *,
    who: str,
    today: datetime.date,
    further: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Open a draft; what respondents are promised is fixed from here on, with `further` facts of floors above.

    Raises StepOutOfOrder, TooFewKeyHolders, NoRecoveryKey, NotCovered.
    """
    status = after(consultation.status, "open")
    holding = holders(session, consultation.keyring)
    check_key_holders(len(holding))
    check_covered(session, consultation.keyring_id)
    consultation.statement = statement_for(
        questionnaire_of(consultation.questionnaire),
        breakdowns=list(consultation.table_plan),
        key_holders=len(holding),
        key_roles=[user.role for user in holding],
        retention_months=consultation.retention_months,
        invited=consultation.invited,
        further=further,
    )
    consultation.opened_on = today
    consultation.status = status
    record(session, who=who, what="opened", subject=consultation.slug, day=today)


def close(session: Session, consultation: Consultation, *, who: str, today: datetime.date) -> None:
    """Close it to answers. Raises StepOutOfOrder."""
    status = after(consultation.status, "close")
    consultation.closed_on = today
    consultation.status = status
    record(session, who=who, what="closed", subject=consultation.slug, day=today)


def by_slug(session: Session, slug: str) -> Consultation:
    """Raises ConsultationNotFound."""
    wanted = select(Consultation).where(Consultation.slug == slug).options(joinedload(Consultation.questionnaire))
    found = session.scalars(wanted).first()
    if found is None:
        raise ConsultationNotFound
    return found


def lock(session: Session, consultation: Consultation) -> None:
    """Read it again and keep others from changing it until this transaction ends.

    Of the consultation alone: PostgreSQL refuses to lock what an outer join fetches beside it.
    """
    session.flush()  # or what this transaction changed in it would be read over
    session.refresh(consultation, with_for_update={"of": Consultation})


def open_now(session: Session) -> list[Consultation]:
    """Those that members can answer, newest first."""
    return list(
        session.scalars(select(Consultation).where(Consultation.status == "open").order_by(Consultation.id.desc()))
    )


def newest_first(session: Session) -> list[Consultation]:
    return list(session.scalars(select(Consultation).order_by(Consultation.id.desc())))
