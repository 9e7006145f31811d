"""The table plan for staff: what tables there will be and what they could show; changed before opening, then fixed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import get_locale, gettext

from consultations.analysis.disclosure import LEAST_BASE, LEAST_COUNT
from consultations.analysis.ladders import LadderUnfit
from consultations.analysis.plans import opening
from consultations.analysis.plans.plan import Plan
from consultations.analysis.plans.steps import StepsCross, levels_from
from consultations.analysis.regional import LEAST_ANSWERS_THREE_WAY, REGION
from consultations.errors import N_, Problem
from consultations.pages import plan_views
from consultations.pages.plan_views import Bar, Editor
from consultations.pages.reached import consultation_for
from consultations.pages.web import database, needs, staff, today
from consultations.rounds.consultations import possible_breakdowns
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, questionnaire_of
from consultations.staff.roles import Permission
from translations.phrases import filled

pages = Blueprint("planning", __name__, url_prefix="/staff/consultations/<slug>")


class NoSuchChange(Problem):
    status = 422
    message = N_("The request could not be read. Please go back and try again.")


@dataclass(frozen=True, slots=True)
class Choices:
    """All that can be chosen of a plan, as it is stored."""

    table_plan: list[str]
    ladders: dict[str, Any]

    def to_json(self) -> str:
        return json.dumps([self.table_plan, self.ladders], ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Summary:
    """The plan in one line, for the page of the consultation."""

    tables: int
    #: At the middle one of the sizes that are estimated for.
    middle: Bar
    faults: tuple[Problem, ...]


@pages.get("/plan")
@needs(Permission.SEE_CONSULTATIONS)
def plan(slug: str) -> str:
    return _shown(consultation_for(slug))


@pages.post("/plan")
@needs(Permission.RUN_CONSULTATIONS)
def change(slug: str) -> str | tuple[str, int]:
    """Breakdowns, one ladder, the default ladder or an undo, by the pressed button; the page then offers an undo."""
    consultation = consultation_for(slug)
    before = Choices(list(consultation.table_plan), dict(consultation.ladders))
    wanted = _CHANGES.get(request.form.get("do", ""))
    opening.check_draft(consultation)
    if wanted is None:
        raise NoSuchChange
    try:
        chosen = wanted(consultation)
        who = staff().user.name
        opening.change(database(), consultation, chosen.table_plan, chosen.ladders, who=who, today=today())
    except (StepsCross, LadderUnfit) as problem:
        return _shown(consultation, problem=problem), 422
    return _shown(consultation, before=before)


def summary(consultation: Consultation) -> Summary | None:
    """None where the plan cannot be read at all: its page says why."""
    try:
        found = opening.plan_of(consultation)
    except LadderUnfit:
        return None
    bars = plan_views.overall(found, opening.estimates_of(database(), consultation, found))
    return Summary(_always_made(found), bars[len(bars) // 2], opening.faults_of(consultation))


def _always_made(plan: Plan) -> int:
    """How many tables there are however few answer."""
    return sum(not table.within for table in plan.tables)


def _breakdowns(consultation: Consultation) -> Choices:
    wanted = set(request.form.getlist("table_plan")) | {REGION}
    possible = possible_breakdowns(questionnaire_of(consultation.questionnaire))
    return Choices([name for name in possible if name in wanted], dict(consultation.ladders))


def _ladder(consultation: Consultation) -> Choices:
    """Raises StepsCross."""
    name, names = _asked(consultation)
    levels = levels_from(names, *_typed(names))
    stored = [[list(group) for group in level] for level in levels]
    return Choices(list(consultation.table_plan), dict(consultation.ladders) | {name: stored})


def _default(consultation: Consultation) -> Choices:
    name, _ = _asked(consultation)
    ladders = {each: levels for each, levels in consultation.ladders.items() if each != name}
    return Choices(list(consultation.table_plan), ladders)


def _undo(consultation: Consultation) -> Choices:
    try:
        table_plan, ladders = json.loads(request.form.get("before", ""))
    except (ValueError, TypeError, RecursionError):
        raise NoSuchChange from None
    if not isinstance(table_plan, list) or not isinstance(ladders, dict):
        raise NoSuchChange
    return Choices(table_plan, ladders)


_CHANGES: Mapping[str, Callable[[Consultation], Choices]] = MappingProxyType(
    {"breakdowns": _breakdowns, "ladder": _ladder, "default": _default, "undo": _undo}
)


def _asked(consultation: Consultation) -> tuple[str, Sequence[str]]:
    """The breakdown whose ladder is meant, and its answers in list order. Raises NoSuchChange."""
    name = request.form.get("breakdown", "")
    place = layout_of(consultation.questionnaire).coded.get(name)
    if place is None or name not in opening.plan_of(consultation).breakdowns:
        raise NoSuchChange
    return name, place.choices


def _typed(names: Sequence[object]) -> tuple[list[str], list[str]]:
    """The group of each answer on both levels. Raises NoSuchChange where there are more or fewer of them."""
    first, second = (request.form.getlist(level) for level in ("level1", "level2"))
    if not len(first) == len(second) == len(names):
        raise NoSuchChange
    return first, second


def _shown(consultation: Consultation, before: Choices | None = None, problem: Problem | None = None) -> str:
    try:
        found = opening.plan_of(consultation)
    except LadderUnfit as unfit:
        default = Choices(list(consultation.table_plan), {}).to_json()
        said = _said(unfit, consultation)
        return render_template("rounds/plan_unfit.html", consultation=consultation, problem=said, default=default)
    language = str(get_locale() or "en")
    form = questionnaire_of(consultation.questionnaire)
    estimates = opening.estimates_of(database(), consultation, found)
    return render_template(
        "rounds/plan.html",
        consultation=consultation,
        plan=found,
        planned=_always_made(found),
        many=LEAST_ANSWERS_THREE_WAY,
        bars=plan_views.overall(found, estimates),
        sections=plan_views.sections(form, found, estimates, language),
        editors=_editors(consultation, found, problem),
        possible=[form.question(name) for name in possible_breakdowns(form)],
        region=REGION,
        faults=[_said(fault, consultation) for fault in opening.faults_of(consultation)],
        before=before.to_json() if before else "",
        rules={"base": LEAST_BASE, "count": LEAST_COUNT},
    )


def _editors(consultation: Consultation, found: Plan, problem: Problem | None) -> list[Editor]:
    """The ladders; of the one that could not be changed, what was chosen and why it does not fit."""
    form, layout = questionnaire_of(consultation.questionnaire), layout_of(consultation.questionnaire)
    made = [plan_views.editor(form, found, name, layout.coded[name].choices) for name in found.breakdowns]
    if problem is None:
        return made
    error = _said(problem, consultation)
    return [
        plan_views.refilled(each, _typed(each.answers), error)
        if each.breakdown == request.form.get("breakdown")
        else each
        for each in made
    ]


def _said(problem: Problem, consultation: Consultation) -> str:
    """In the page's language, with questions and answers in the author's words and not by their names."""
    form = questionnaire_of(consultation.questionnaire)
    language = str(get_locale() or "en")
    values = dict(problem.values)
    name = str(values.get("question", request.form.get("breakdown", "")))
    if any(question.name == name for question in form.questions()):
        labels = plan_views.texts(form, name, language)
        values = {key: labels.get(str(value), value) for key, value in values.items()}
    return filled(gettext(problem.message), values)
