"""What a respondent is shown: one page of the questionnaire, or all answers before they are sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from flask import render_template

from consultations.pages.repeating import repeats_to_add
from consultations.pages.review import review_parts
from consultations.pages.visits import Visit, interface_language, offered_languages
from consultations.pages.web import now, settings, today
from consultations.responses.page_state import PageState, seal_state
from forms.builder import Raw, Wording, page_fields, page_headings
from forms.running.answers import AnswerProblem, first_wrong_page
from forms.running.filling import Filling
from forms.running.flow import Spot, State

Answered = str | tuple[str, int]
NOTHING_TYPED: Raw = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shown:
    """How a page came to be shown again; nothing of this is true of one that is shown for the first time."""

    typed: Raw
    problems: tuple[AnswerProblem, ...] = ()
    #: The answers brought up questions that were not on the page before.
    has_opened: bool = False


FRESH = Shown(NOTHING_TYPED)


def next_page(here: Visit, state: PageState) -> Answered:
    """The page after the one that was filled in, or the review after the last."""
    after = here.flow.next_page(form_state(here, state), state.page)
    return review_page(here, state) if after is None else one_page(here, replace(state, page=after))


def review_page(here: Visit, state: PageState) -> Answered:
    """All answers, once every page is in order; until then the first page that is not."""
    wrong = first_wrong(here, state)
    if wrong is not None:
        return wrong
    state = replace(state, page=None, reviewing=False)
    return render_template(
        "member/review.html",
        **_frame(here, state),
        parts=review_parts(here.flow, wording(here, state)),
    )


def first_wrong(here: Visit, state: PageState) -> Answered | None:
    """The first page with something missing or wrong, shown with what it is; None when there is none.

    An answer changed late can make a question on an earlier page relevant, or break a constraint there.
    """
    wrong = first_wrong_page(here.flow, form_state(here, state))
    if wrong is None:
        return None
    spot, problems = wrong
    return one_page(here, replace(state, page=spot, reviewing=True), Shown(NOTHING_TYPED, problems))


def one_page(here: Visit, state: PageState, shown: Shown = FRESH) -> Answered:
    """The page that the state stands at."""
    spot = state.page or Spot(0)
    words = replace(wording(here, state), positions=spot.positions)
    errors = {problem.question: words.problem(problem) for problem in shown.problems}
    fields = page_fields(here.flow, spot, words, shown.typed, errors)
    number, total = here.flow.progress(words.state, spot)
    page = render_template(
        "member/page.html",
        **_frame(here, state),
        number=number,
        total=total,
        is_first=here.flow.previous_page(words.state, spot) is None,
        reviewing=state.reviewing,
        headings=page_headings(here.flow, spot, words),
        fields=fields,
        more=repeats_to_add(here.flow, spot, words),
        removable=here.flow.may_remove(words.state, spot) is not None,
        problems=[field for field in fields if field.error.html],
        has_opened=shown.has_opened,
        # Without this field the whole page counts as shown, which is most often so.
        shown=[field.name for field in fields] if len(fields) < len(here.flow.questions(spot)) else [],
    )
    return (page, 422) if shown.problems else page


def is_there(here: Visit, state: PageState, spot: Spot) -> bool:
    """Whether the form has that page; a stranger may have made it up."""
    if spot.positions:
        return here.flow.is_spot(form_state(here, state), spot)
    return 0 <= spot.page < len(here.flow.pages) and not here.flow.pages[spot.page].repeats


def filling(here: Visit, state: PageState) -> Filling:
    """Who fills in what, and when; what is drawn by chance is the same on every page of one response."""
    return Filling(here.flow, today(), here.language, state.id.hex())


def form_state(here: Visit, state: PageState) -> State:
    """What the answers so far make of the form."""
    return filling(here, state).state(state.answers)


def wording(here: Visit, state: PageState) -> Wording:
    return Wording(form_state(here, state), here.language, interface_language())


def _frame(here: Visit, state: PageState) -> dict[str, object]:
    return {
        "consultation": here.consultation,
        "language": here.language,
        "languages": offered_languages(here.consultation),
        "state": seal_state(settings().secret, here.place, state, now()),
    }
