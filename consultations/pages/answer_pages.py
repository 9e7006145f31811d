"""What a respondent is shown: one page of the questionnaire, or all answers before they are sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from flask import Response, render_template

from consultations.pages.kept_pages import FOR_BACK_ONLY, kept_page, page_key, review_key
from consultations.pages.pacing import HeldBack, asked_of
from consultations.pages.pieces import Told
from consultations.pages.repeating import repeats_to_add
from consultations.pages.review import review_sections
from consultations.pages.visits import Visit, interface_language, offered_languages
from consultations.pages.web import now, settings, today
from consultations.responses.page_state import PageState, seal_state
from forms.builder import Raw, Wording, page_fields, page_headings
from forms.live_pages import live_blocks
from forms.running.answers import AnswerProblem, first_wrong_page
from forms.running.filling import Filling
from forms.running.flow import Spot, State

Answered = str | tuple[str, int] | Response
NOTHING_TYPED: Raw = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shown:
    """How a page came to be shown again; nothing of this is true of one that is shown for the first time."""

    typed: Raw
    problems: tuple[AnswerProblem, ...] = ()
    #: The answers brought up questions that were not on the page before.
    has_opened: bool = False


FRESH = Shown(NOTHING_TYPED)


def next_page(here: Visit, state: PageState, form: State | None = None) -> Answered:
    """The page after the one that was filled in, or the review after the last.

    Here and below `form` is what the answers make of the form, where the caller knows it already.
    """
    form = form or form_state(here, state)
    after = here.flow.next_page(form, state.page)
    return review_page(here, state, form) if after is None else one_page(here, replace(state, page=after), FRESH, form)


def review_page(here: Visit, state: PageState, form: State | None = None, held: HeldBack | None = None) -> Answered:
    """All answers, once every page is in order; until then the first page that is not."""
    form = form or form_state(here, state)
    wrong = first_wrong(here, state, form)
    if wrong is not None:
        return wrong
    state = replace(state, page=None, reviewing=False)
    sections = review_sections(here.flow, wording(here, form))
    asked = asked_of(here, state, held)

    def drawn(sealed: str, told: str) -> str:
        return render_template("member/review.html", **_frame(here, sealed), **asked, sections=told)

    if held or asked.get("work"):
        return drawn(seal(here, state), sections)
    key = review_key(here, interface_language())
    return kept_page(key, drawn, seal(here, state).encode(), Told(sections.encode()))


def first_wrong(here: Visit, state: PageState, form: State) -> Answered | None:
    """The first page with something missing or wrong, shown with what it is; None when there is none.

    An answer changed late can make a question on an earlier page relevant, or break a constraint there.
    """
    wrong = first_wrong_page(here.flow, form)
    if wrong is None:
        return None
    spot, problems = wrong
    return one_page(here, replace(state, page=spot, reviewing=True), Shown(NOTHING_TYPED, problems), form)


def one_page(here: Visit, state: PageState, shown: Shown = FRESH, form: State | None = None) -> Answered:
    """The page that the state stands at."""
    form, spot = form or form_state(here, state), state.page or Spot(0)
    key = page_key(here, interface_language(), spot, form) if shown is FRESH and not state.reviewing else None
    if key is None:
        page = _drawn(here, state, shown, form, seal(here, state))
        return (page, 422) if shown.problems else page
    kept = kept_page(key, lambda sealed: _drawn(here, state, shown, form, sealed), seal(here, state).encode())
    kept.headers["Cache-Control"] = FOR_BACK_ONLY
    return kept


def _drawn(here: Visit, state: PageState, shown: Shown, form: State, sealed: str) -> str:
    spot = state.page or Spot(0)
    words = replace(wording(here, form), positions=spot.positions)
    errors = {problem.question: words.problem(problem) for problem in shown.problems}
    fields = page_fields(here.flow, spot, words, shown.typed, errors)
    blocks = live_blocks(here.flow, spot, words, shown.typed, errors)
    number, total = here.flow.progress(form, spot)
    return render_template(
        "member/page.html",
        **_frame(here, sealed),
        number=number,
        total=total,
        is_first=here.flow.previous_page(form, spot) is None,
        reviewing=state.reviewing,
        headings=page_headings(here.flow, spot, words),
        fields=fields,
        blocks=blocks,
        asks_at_length=any(field.kind == "lines" for field in [*fields, *(block.field for block in blocks)] if field),
        more=repeats_to_add(here.flow, spot, words),
        removable=here.flow.may_remove(form, spot) is not None,
        problems=[field for field in fields if field.error.html],
        has_opened=shown.has_opened,
        # Without this field the whole page counts as shown, which is most often so.
        shown=[field.name for field in fields] if blocks or len(fields) < len(here.flow.questions(spot)) else [],
    )


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


def wording(here: Visit, form: State) -> Wording:
    return Wording(form, here.language, interface_language())


def seal(here: Visit, state: PageState) -> str:
    return seal_state(settings().secret, here.place, state, now())


def _frame(here: Visit, sealed: str) -> dict[str, object]:
    return {
        "consultation": here.consultation,
        "language": here.language,
        "languages": offered_languages(here.consultation),
        "state": sealed,
    }
