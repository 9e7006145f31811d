"""Taking an answer back with the receipt that was shown after *send*, until results are published."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext

from consultations.pages.code_cards import code_card
from consultations.pages.limiting import limited
from consultations.pages.visits import NotOpenYet, offered_languages
from consultations.pages.web import database, public, settings
from consultations.responses.codes import (
    LONGEST_TYPED,
    CodeMistyped,
    CodeUnreadable,
    read_code,
    receipt_tag,
)
from consultations.responses.withdrawals import PublishedAlready, withdraw
from consultations.rounds.consultations import ConsultationNotFound, by_slug
from consultations.rounds.models import Consultation

pages = Blueprint("withdrawing", __name__)

ENDPOINT = "withdrawing.withdraw_page"


@pages.get("/c/<slug>/<language>/withdraw")
@public
def withdraw_page(slug: str, language: str) -> str:
    return _page("ask", _sent_to(slug, language), language)


@pages.post("/c/<slug>/<language>/withdraw")
@public
def withdraw_it(slug: str, language: str) -> str | tuple[str, int]:
    """Asks once more, then queues; what is said never depends on whether there is such an answer.

    Raises ConsultationNotFound, NotOpenYet, PublishedAlready, TooMany.
    """
    consultation = _sent_to(slug, language)
    typed = request.form.get("code", "")[:LONGEST_TYPED]
    try:
        code = read_code(typed)
    except (CodeUnreadable, CodeMistyped) as problem:
        return _page("ask", consultation, language, typed=typed, problem=gettext(problem.message)), problem.status
    if request.form.get("show") == "card":
        card = code_card(code, ENDPOINT, slug=slug, language=language)
        return _page("card", consultation, language, card=card)
    if request.form.get("go") != "withdraw":
        return _page("confirm", consultation, language, typed=code)
    limited("withdraw")
    withdraw(database(), consultation.id, receipt_tag(code, settings().secret, consultation.id))
    return _page("done", consultation, language)


def _sent_to(slug: str, language: str) -> Consultation:
    """The consultation, also when it is closed: its answers can be taken back until results are published."""
    consultation = by_slug(database(), slug)
    if consultation.status == "draft":
        raise NotOpenYet
    if language not in offered_languages(consultation):
        raise ConsultationNotFound
    if consultation.published_on is not None:
        raise PublishedAlready
    return consultation


def _page(step: str, consultation: Consultation, language: str, **more: object) -> str:
    return render_template(
        "member/withdraw.html",
        step=step,
        consultation=consultation,
        language=language,
        languages=offered_languages(consultation),
        **more,
    )
