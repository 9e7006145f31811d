"""The respondent's way through a questionnaire: every step is one form post that carries all answers so far."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from flask import Blueprint, render_template, request

from consultations.pages.repeating import repeats_to_add, spot_named
from consultations.pages.review import review_parts
from consultations.pages.visits import Visit, interface_language, offered_languages, visit
from consultations.pages.web import database, public, settings, today
from consultations.responses.answering import send
from consultations.responses.page_state import PageState, new_state, open_state, seal_state
from consultations.rounds.questionnaires import layout_of
from forms.builder import RESERVED_CONTROLS, Raw, Wording, control_name, page_fields, page_headings
from forms.packing import AnswerDoesNotFit, Layout, pack
from forms.running.answers import AnswerProblem, PageResult, final_answers, first_wrong_page, read_page
from forms.running.filling import Filling
from forms.running.flow import Spot, State

pages = Blueprint("answer", __name__)

Answered = str | tuple[str, int]
RECORD_KEY_BITS = 32
NOTHING_TYPED: Raw = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shown:
    """How a page came to be shown again; nothing of this is true of one that is shown for the first time."""

    typed: Raw
    problems: tuple[AnswerProblem, ...] = ()
    #: The answers brought up questions that were not on the page before.
    has_opened: bool = False


FRESH = Shown(NOTHING_TYPED)


@pages.post("/c/<slug>/<language>/")
@public
def answer(slug: str, language: str) -> Answered:
    """Take in the page that was sent, then do what the pressed button says.

    Raises ConsultationNotFound, NotOpenYet, ConsultationClosed, PageLost, PageTooOld.
    """
    here = visit(slug, language)
    step, _, argument = request.form.get("go", "").partition("-")
    if step == "begin":
        begun = new_state(today())
        return _next_of(here, replace(begun, page=None, answers=_filling(here, begun).begun()))
    state = open_state(settings().secret, here.place, request.form.get("state", ""), today())
    if state.page is not None and not here.flow.is_spot(_form_state(here, state), state.page):
        state = replace(state, page=None)
    return STEPS.get(step, _stay)(here, state, argument)


def _next(here: Visit, state: PageState, argument: str) -> Answered:
    if state.page is None:
        return _review(here, state)
    result, state = _taken_in(here, state)
    if result.problems or result.opened:
        return _page(here, state, Shown(_raw(), result.problems, bool(result.opened)))
    return _review(here, state) if state.reviewing else _next_of(here, state)


def _back(here: Visit, state: PageState, argument: str) -> Answered:
    """The page before; answers that are not in order are kept as far as they can be read, and asked for again later."""
    if state.page is not None:
        _, state = _taken_in(here, state)
    before = here.flow.previous_page(_form_state(here, state), state.page)
    return _stay(here, state, "") if before is None else _page(here, replace(state, page=before))


def _stay(here: Visit, state: PageState, argument: str) -> Answered:
    """The same page again, in another language for instance; nobody has asked yet whether it is complete."""
    if state.page is None:
        return _review(here, state)
    _, state = _taken_in(here, state)
    return _page(here, state, Shown(_raw()))


def _change(here: Visit, state: PageState, argument: str) -> Answered:
    spot = spot_named(argument)
    if spot is None or not here.flow.is_spot(_form_state(here, state), spot):
        return _stay(here, state, "")
    return _page(here, replace(state, page=spot, reviewing=True))


def _add(here: Visit, state: PageState, argument: str) -> Answered:
    """One more time of a repeat that ends with this page, once the page itself is in order."""
    if state.page is None:
        return _review(here, state)
    result, state = _taken_in(here, state)
    if result.problems or result.opened:
        return _page(here, state, Shown(_raw(), result.problems, bool(result.opened)))
    spot, now = state.page or Spot(0), _form_state(here, state)
    ending = {group.path: group for group in here.flow.may_add(now, spot)}
    if argument not in ending:
        return _next_of(here, state)
    depth = here.flow.pages[spot.page].repeats.index(ending[argument])
    answers = _filling(here, state).with_another(state.answers, argument, spot.positions[:depth])
    return _next_of(here, replace(state, answers=answers))


def _remove(here: Visit, state: PageState, argument: str) -> Answered:
    """Without the time of a repeat that begins with this page; the one after it takes its place."""
    if state.page is None:
        return _review(here, state)
    _, state = _taken_in(here, state)
    spot = state.page or Spot(0)
    repeat = here.flow.may_remove(_form_state(here, state), spot)
    if repeat is None:
        return _stay(here, state, "")
    state = replace(state, answers=_filling(here, state).without(state.answers, repeat.path, spot.positions))
    now = _form_state(here, state)
    if here.flow.is_spot(now, spot) and spot in here.flow.spots(now):
        return _page(here, state)
    before = Spot(spot.page, (*spot.positions[:-1], 0))
    return _page(here, replace(state, page=before)) if before in here.flow.spots(now) else _next_of(here, state)


def _to_review(here: Visit, state: PageState, argument: str) -> Answered:
    return _next(here, replace(state, reviewing=True), "")


def _send(here: Visit, state: PageState, argument: str) -> Answered:
    """Only from the review, where all answers were seen, and only when every page is in order."""
    if state.page is not None:
        return _next(here, state, "")
    wrong = _first_wrong(here, state)
    if wrong is not None:
        return wrong
    hot, cold = _packed(
        layout_of(here.consultation.questionnaire), final_answers(_form_state(here, state)), here.language
    )
    send(database(), here.consultation, state.id, hot, cold)
    return render_template("member/thanks.html", consultation=here.consultation)


def _packed(layout: Layout, answers: Mapping[str, str], language: str) -> tuple[bytes, bytes]:
    """(hot, cold), without answers that fit no field.

    Whatever is typed was judged before; only a form's own calculation can come to half a person. That is its author's
    mistake, and no respondent shall lose a whole response to it.
    """
    while True:
        try:
            return pack(layout, answers, language, secrets.randbits(RECORD_KEY_BITS))
        except AnswerDoesNotFit as unfit:
            answers = {name: answer for name, answer in answers.items() if name != str(unfit)}


STEPS: Mapping[str, Callable[[Visit, PageState, str], Answered]] = MappingProxyType(
    {
        "next": _next,
        "back": _back,
        "stay": _stay,
        "change": _change,
        "review": _to_review,
        "send": _send,
        "add": _add,
        "remove": _remove,
    }
)


def _next_of(here: Visit, state: PageState) -> Answered:
    after = here.flow.next_page(_form_state(here, state), state.page)
    return _review(here, state) if after is None else _page(here, replace(state, page=after))


def _review(here: Visit, state: PageState) -> Answered:
    """All answers, once every page is in order; until then the first page that is not."""
    wrong = _first_wrong(here, state)
    if wrong is not None:
        return wrong
    state = replace(state, page=None, reviewing=False)
    return render_template(
        "member/review.html",
        **_frame(here, state),
        parts=review_parts(here.flow, _wording(here, state)),
    )


def _first_wrong(here: Visit, state: PageState) -> Answered | None:
    """The first page with something missing or wrong, shown with what it is; None when there is none.

    An answer changed late can make a question on an earlier page relevant, or break a constraint there.
    """
    wrong = first_wrong_page(here.flow, _form_state(here, state))
    if wrong is None:
        return None
    spot, problems = wrong
    return _page(here, replace(state, page=spot, reviewing=True), Shown(NOTHING_TYPED, problems))


def _page(here: Visit, state: PageState, shown: Shown = FRESH) -> Answered:
    spot = state.page or Spot(0)
    wording = replace(_wording(here, state), positions=spot.positions)
    errors = {problem.question: wording.problem(problem) for problem in shown.problems}
    fields = page_fields(here.flow, spot, wording, shown.typed, errors)
    number, total = here.flow.progress(wording.state, spot)
    page = render_template(
        "member/page.html",
        **_frame(here, state),
        number=number,
        total=total,
        is_first=here.flow.previous_page(wording.state, spot) is None,
        reviewing=state.reviewing,
        headings=page_headings(here.flow, spot, wording),
        fields=fields,
        more=repeats_to_add(here.flow, spot, wording),
        removable=here.flow.may_remove(wording.state, spot) is not None,
        problems=[field for field in fields if field.error.html],
        has_opened=shown.has_opened,
        # Without this field the whole page counts as shown, which is most often so.
        shown=[field.name for field in fields] if len(fields) < len(here.flow.questions(spot)) else [],
    )
    return (page, 422) if shown.problems else page


def _frame(here: Visit, state: PageState) -> dict[str, object]:
    return {
        "consultation": here.consultation,
        "language": here.language,
        "languages": offered_languages(here.consultation),
        "state": seal_state(settings().secret, here.place, state),
    }


def _taken_in(here: Visit, state: PageState) -> tuple[PageResult, PageState]:
    """What came of the page that was sent, and the state with its answers."""
    result = read_page(_filling(here, state), state.page or Spot(0), _raw(), state.answers)
    return result, replace(state, answers=result.answers)


def _raw() -> Raw:
    """The fields of the questions, under the questions' names."""
    raw = request.form.to_dict(flat=False)
    for name in RESERVED_CONTROLS:
        raw.pop(name, None)
        if control_name(name) in raw:
            raw[name] = raw.pop(control_name(name))
    return raw


def _filling(here: Visit, state: PageState) -> Filling:
    return Filling(here.flow, today(), here.language, state.id.hex())


def _form_state(here: Visit, state: PageState) -> State:
    return _filling(here, state).state(state.answers)


def _wording(here: Visit, state: PageState) -> Wording:
    return Wording(_form_state(here, state), here.language, interface_language())
