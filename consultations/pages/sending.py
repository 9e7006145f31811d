"""*Send*: what is checked before an answer is taken in, and what its respondent sees after it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import make_response, render_template
from flask_babel import gettext

from consultations.pages.answer_pages import Answered, first_wrong, form_state, review_page
from consultations.pages.inviting import MENDABLE, redeemed, with_another_code
from consultations.pages.leaving import CLEARED
from consultations.pages.pacing import HeldBack, held_back
from consultations.pages.saving import draft_of
from consultations.pages.visits import Visit
from consultations.pages.web import database
from consultations.pages.withdrawing import receipt_of
from consultations.responses.answering import send
from consultations.responses.page_state import PageState
from consultations.rounds.questionnaires import layout_of
from forms.packing import AnswerDoesNotFit, Layout, pack
from forms.running.answers import final_answers

RECORD_KEY_BITS = 32


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
    answers = final_answers(form)
    card, tag = receipt_of(here.consultation, state.id, here.language)
    hot, cold = _packed(layout_of(here.consultation.questionnaire), answers, here.language, tag)
    send(database(), here.consultation, state.id, hot, cold, draft=draft_of(state), redeemed=code)
    thanks = make_response(
        render_template("member/thanks.html", consultation=here.consultation, language=here.language, card=card)
    )
    # The pages before, which a browser may have kept for Back, show answers to who takes the device next.
    thanks.headers["Clear-Site-Data"] = CLEARED
    return thanks


def _packed(layout: Layout, answers: Mapping[str, str], language: str, receipt: bytes) -> tuple[bytes, bytes]:
    """(hot, cold), without answers that fit no field.

    Whatever is typed was judged before; only a form's own calculation can come to half a person. That is its author's
    mistake, and no respondent shall lose a whole response to it.
    """
    while True:
        try:
            return pack(layout, answers, language, secrets.randbits(RECORD_KEY_BITS), receipt)
        except AnswerDoesNotFit as unfit:
            answers = {name: answer for name, answer in answers.items() if name != str(unfit)}
