"""*Send*: what is checked before an answer is taken in, and what its respondent sees after it."""

from __future__ import annotations

from flask import Response, render_template, request
from flask_babel import gettext

from consultations.pages.answer_pages import Answered, first_wrong, form_state, review_page
from consultations.pages.code_cards import in_a_row, marked_card
from consultations.pages.inviting import MENDABLE, redeemed, with_another_code
from consultations.pages.kept_pages import kept_page, thanks_key
from consultations.pages.leaving import CLEARED
from consultations.pages.pacing import HeldBack, held_back
from consultations.pages.taking_in import taken_in
from consultations.pages.visits import Visit, interface_language
from consultations.pages.web import database, settings
from consultations.pages.withdrawing import ENDPOINT
from consultations.responses.page_state import PageState


def send_answers(here: Visit, state: PageState) -> Answered:
    """The thanks, once every page is in order; until then the first page that is not.

    A code that cannot be used, or no more, brings the review back with all answers, and asks for another one.
    Raises ConsultationClosed, NotStored.
    """
    try:
        return _sent(here, with_another_code(here, state))
    except MENDABLE as problem:
        held = HeldBack(state, gettext(problem.message), may_send=False, asks_code=True)
        page = review_page(here, state, held=held)
        return (page, problem.status) if isinstance(page, str) else page


def _sent(here: Visit, state: PageState) -> Answered:
    form = form_state(here, state)
    wrong = first_wrong(here, state, form)
    if wrong is not None:
        return wrong
    held = held_back(here, state, form)
    if held is not None:
        return review_page(here, held.state, form, held)
    code, form = redeemed(here, state, form)
    thanks = _thanks(here, taken_in(database(), settings().secret, here, state, form, code))
    # The pages before, which a browser may have kept for Back, show answers to who takes the device next.
    thanks.headers["Clear-Site-Data"] = CLEARED
    return thanks


def _thanks(here: Visit, receipt: str) -> Response:
    def drawn(row: str, code: str) -> str:
        card = marked_card(row, code, ENDPOINT, slug=here.consultation.slug, language=here.language)
        return render_template("member/thanks.html", consultation=here.consultation, language=here.language, card=card)

    key = thanks_key(here, interface_language(), request.environ.get("HTTP_HOST"))
    return kept_page(key, drawn, in_a_row(receipt).encode(), receipt.encode())
