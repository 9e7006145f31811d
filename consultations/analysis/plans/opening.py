"""A consultation's table plan: changed while it is a draft, fixed when it opens, and the same at every release."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from consultations.analysis.ladders import LadderUnfit
from consultations.analysis.plans.estimates import Estimate, estimates
from consultations.analysis.plans.plan import Plan, plan_for
from consultations.analysis.plans.promised import promised
from consultations.analysis.plans.protectable import check, faults
from consultations.audit import record
from consultations.errors import N_, Problem
from consultations.registry.organisations import organisations_by_region
from consultations.rounds import consultations
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, questionnaire_of


class PlanFixed(Problem):
    status = 409
    message = N_(
        "The table plan was fixed when the consultation opened. Members were promised these tables and no others."
    )


class PlanChanged(Problem):
    status = 409
    message = N_(
        "The table plan is not the one that was fixed when the consultation opened, so nothing can be released. Members"
        " were promised these tables and no others. Ask who looks after the server what was changed since."
    )


def plan_of(consultation: Consultation) -> Plan:
    """Raises LadderUnfit where the stored ladders fit no plan."""
    return _plan(consultation, consultation.table_plan, consultation.ladders)


def estimates_of(session: Session, consultation: Consultation, plan: Plan) -> tuple[Estimate, ...]:
    """What its tables could show, with the regions as large as the registry has them."""
    stored = consultation.questionnaire
    return estimates(layout_of(stored), questionnaire_of(stored), plan, organisations_by_region(session))


def faults_of(consultation: Consultation) -> tuple[Problem, ...]:
    """For what it cannot be opened as it is."""
    try:
        plan = plan_of(consultation)
    except LadderUnfit as problem:
        return (problem,)
    stored = consultation.questionnaire
    return faults(layout_of(stored), questionnaire_of(stored), consultation.table_plan, plan)


def change(
    session: Session,
    consultation: Consultation,
    table_plan: Iterable[str],
    ladders: Mapping[str, Any],
    *,
    who: str,
    today: datetime.date,
) -> None:
    """Another plan for a draft; ladders of what is no breakdown any more go with it.

    What cannot be protected is kept all the same, as somebody may be half-way: it is said, and refused at opening.
    Raises PlanFixed, NotABreakdown, LadderUnfit.
    """
    consultations.lock(session, consultation)  # somebody else may be opening it
    check_draft(consultation)
    form = questionnaire_of(consultation.questionnaire)
    names = consultations.checked_plan(form, table_plan)
    used = _plan(consultation, names, {}).breakdowns
    kept = {name: levels for name, levels in ladders.items() if name in used and levels}
    _plan(consultation, names, kept)
    if (names, kept) != (consultation.table_plan, consultation.ladders):
        record(session, who=who, what="changed the table plan of", subject=consultation.slug, day=today)
    consultation.table_plan, consultation.ladders = names, kept


def check_draft(consultation: Consultation) -> None:
    """Raises PlanFixed from the moment of opening on."""
    if consultation.status != "draft":
        raise PlanFixed


def open_to_members(
    session: Session, consultation: Consultation, *, who: str, today: datetime.date, onion_address: str
) -> None:
    """Open a draft whose plan can be protected, and fix that plan in what members are promised.

    Raises Unprotectable, LadderUnfit, and as `consultations.open_to_members` does.
    """
    consultations.lock(session, consultation)
    stored = consultation.questionnaire
    plan = plan_of(consultation)
    check(layout_of(stored), questionnaire_of(stored), consultation.table_plan, plan)
    # The region breaks tables down whatever was chosen: respondents are told what is true.
    further = promised(onion_address) | {"breakdowns": list(plan.breakdowns), "plan": plan.digest}
    consultations.open_to_members(session, consultation, who=who, today=today, further=further)


def check_unchanged(consultation: Consultation) -> None:
    """Raises PlanChanged unless the plan is the one that was fixed at opening.

    A consultation that was opened before plans were fixed has nothing to compare with, and passes.
    """
    fixed = consultation.statement.get("plan")
    try:
        same = not fixed or fixed == plan_of(consultation).digest
    except LadderUnfit:
        same = False
    if not same:
        raise PlanChanged


def _plan(consultation: Consultation, names: Sequence[str], ladders: Mapping[str, Any]) -> Plan:
    stored = consultation.questionnaire
    return plan_for(layout_of(stored), questionnaire_of(stored), stored.version, names, ladders)
