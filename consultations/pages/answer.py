"""The respondent's way through a questionnaire: every step is one form post that carries all answers so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from flask import Blueprint, request

from consultations.pages.answer_pages import (
    FRESH,
    Answered,
    Shown,
    filling,
    form_state,
    is_there,
    next_page,
    one_page,
    review_page,
)
from consultations.pages.inviting import MENDABLE, begun_with_code
from consultations.pages.members import welcome_page
from consultations.pages.repeating import spot_named
from consultations.pages.saving import AlreadySent, resume, save
from consultations.pages.sending import send_answers
from consultations.pages.visits import Visit, visit
from consultations.pages.web import database, now, public, settings
from consultations.responses.answering import is_sent
from consultations.responses.page_state import PageState, new_state, open_state
from forms.builder import RESERVED_CONTROLS, Raw, control_name
from forms.running.answers import PageResult, read_page
from forms.running.flow import Spot

pages = Blueprint("answer", __name__)


@pages.post("/c/<slug>/<language>/")
@public
def answer(slug: str, language: str) -> Answered:
    """Take in the page that was sent, then do what the pressed button says.

    Raises ConsultationNotFound, NotOpenYet, ConsultationClosed, PageLost, PageTooOld, AlreadySent.
    """
    here = visit(slug, language)
    step, _, argument = request.form.get("go", "").partition("-")
    if step == "begin":
        return _begin(here)
    if step == "resume":
        return resume(here)
    state = open_state(settings().secret, here.place, request.form.get("state", ""), now())
    if step != "send" and is_sent(database(), here.consultation.id, state.id):
        raise AlreadySent  # a page that was left open shows nobody what was sent from it
    if state.page is not None and not is_there(here, state, state.page):
        state = replace(state, page=None)
    return STEPS.get(step, _stay)(here, state, argument)


def _begin(here: Visit) -> Answered:
    try:
        begun = begun_with_code(here, new_state(now()))
    except MENDABLE as problem:
        return welcome_page(here, problem), problem.status
    fill = filling(here, begun)
    return next_page(here, replace(begun, page=None, answers=fill.changed(fill.begun(), begun.answers)))


def _next(here: Visit, state: PageState, argument: str) -> Answered:
    if state.page is None:
        return review_page(here, state)
    result, state = _taken_in(here, state)
    if result.problems or result.opened:
        return _again(here, state, result)
    return (review_page if state.reviewing else next_page)(here, state, result.state)


def _back(here: Visit, state: PageState, argument: str) -> Answered:
    """The page before; answers that are not in order are kept as far as they can be read, and asked for again later."""
    if state.page is not None:
        _, state = _taken_in(here, state)
    form = form_state(here, state)
    before = here.flow.previous_page(form, state.page)
    return _stay(here, state, "") if before is None else one_page(here, replace(state, page=before), FRESH, form)


def _stay(here: Visit, state: PageState, argument: str) -> Answered:
    """The same page again, in another language for instance; nobody has asked yet whether it is complete."""
    if state.page is None:
        return review_page(here, state)
    _, state = _taken_in(here, state)
    return one_page(here, state, Shown(_raw()))


def _change(here: Visit, state: PageState, argument: str) -> Answered:
    spot = spot_named(argument)
    if spot is None or not is_there(here, state, spot):
        return _stay(here, state, "")
    return one_page(here, replace(state, page=spot, reviewing=True))


def _add(here: Visit, state: PageState, argument: str) -> Answered:
    """One more time of a repeat that ends with this page, once the page itself is in order."""
    if state.page is None:
        return review_page(here, state)
    result, state = _taken_in(here, state)
    if result.problems or result.opened:
        return _again(here, state, result)
    spot, now = state.page or Spot(0), form_state(here, state)
    ending = {group.path: group for group in here.flow.may_add(now, spot)}
    if argument not in ending:
        return next_page(here, state)
    depth = here.flow.pages[spot.page].repeats.index(ending[argument])
    answers = filling(here, state).with_another(state.answers, argument, spot.positions[:depth])
    return next_page(here, replace(state, answers=answers))


def _remove(here: Visit, state: PageState, argument: str) -> Answered:
    """Without the time of a repeat that begins with this page; the one after it takes its place."""
    if state.page is None:
        return review_page(here, state)
    _, state = _taken_in(here, state)
    spot = state.page or Spot(0)
    repeat = here.flow.may_remove(form_state(here, state), spot)
    if repeat is None:
        return _stay(here, state, "")
    state = replace(state, answers=filling(here, state).without(state.answers, repeat.path, spot.positions))
    now = form_state(here, state)
    if here.flow.is_spot(now, spot) and spot in here.flow.spots(now):
        return one_page(here, state)
    before = Spot(spot.page, (*spot.positions[:-1], 0))
    return one_page(here, replace(state, page=before)) if before in here.flow.spots(now) else next_page(here, state)


def _save(here: Visit, state: PageState, argument: str) -> Answered:
    """Whatever can be read of the page is saved; nobody asks yet whether it is complete."""
    if state.page is not None:
        _, state = _taken_in(here, state)
    return save(here, state)


def _send(here: Visit, state: PageState, argument: str) -> Answered:
    """Only from the review, where all answers were seen."""
    return send_answers(here, state) if state.page is None else _next(here, state, "")


def _to_review(here: Visit, state: PageState, argument: str) -> Answered:
    return _next(here, replace(state, reviewing=True), "")


STEPS: Mapping[str, Callable[[Visit, PageState, str], Answered]] = MappingProxyType(
    {
        "next": _next,
        "back": _back,
        "stay": _stay,
        "change": _change,
        "review": _to_review,
        "send": _send,
        "save": _save,
        "add": _add,
        "remove": _remove,
    }
)


def _taken_in(here: Visit, state: PageState) -> tuple[PageResult, PageState]:
    """What came of the page that was sent, and the state with its answers."""
    result = read_page(filling(here, state), state.page or Spot(0), _raw(), state.answers)
    return result, replace(state, answers=result.answers)


def _again(here: Visit, state: PageState, result: PageResult) -> Answered:
    """The same page, with what is to be said about it."""
    return one_page(here, state, Shown(_raw(), result.problems, bool(result.opened)), result.state)


def _raw() -> Raw:
    """The fields of the questions, under the questions' names."""
    return fields_of(request.form.to_dict(flat=False))


def fields_of(raw: dict[str, list[str]]) -> Raw:
    """The fields of a page that was sent, under the questions' names; changes `raw`."""
    for name in RESERVED_CONTROLS:
        raw.pop(name, None)
        if control_name(name) in raw:
            raw[name] = raw.pop(control_name(name))
    return raw
