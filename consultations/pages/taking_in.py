"""One answer taken in: packed, sealed and stored, with the receipt that its respondent is shown."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from sqlalchemy.orm import Session

from consultations.pages.visits import Visit
from consultations.responses.answering import send
from consultations.responses.codes import draft_code, receipt_code, receipt_tag
from consultations.responses.drafts import lookup_of
from consultations.responses.page_state import PageState
from consultations.responses.redeemed import Redeemed
from consultations.rounds.questionnaires import layout_of
from forms.packing import AnswerDoesNotFit, Layout, pack
from forms.running.answers import final_answers
from forms.running.state import State

RECORD_KEY_BITS = 32


def taken_in(
    session: Session, secret: bytes, here: Visit, state: PageState, form: State, redeemed: Redeemed | None = None
) -> str:
    """Store what the answers make of the form -> the code that takes it back; committed when this returns.

    `redeemed` is the code that was spent for it. Raises ConsultationClosed, NotStored.
    """
    receipt = receipt_code(state.id, secret)
    tag = receipt_tag(receipt, secret, here.consultation.id)
    hot, cold = _packed(layout_of(here.consultation.questionnaire), final_answers(form), here.language, tag)
    # Whether or not there is a draft: its epoch's stir deletes what is found by this.
    draft = lookup_of(draft_code(state.id, secret), secret)
    send(session, here.consultation, state.id, hot, cold, draft=draft, redeemed=redeemed)
    return receipt


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
