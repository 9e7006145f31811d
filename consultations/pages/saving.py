"""*Save for later*, and going on with what was saved, on any device and in any language."""

from __future__ import annotations

import datetime
from dataclasses import replace

from flask import Blueprint, render_template, request
from flask_babel import gettext

from consultations.errors import N_, Problem
from consultations.pages.answer_pages import Answered, is_there, one_page, review_page, seal
from consultations.pages.code_cards import code_card
from consultations.pages.limiting import limited, was_right
from consultations.pages.visits import Visit, offered_languages, visit
from consultations.pages.web import database, public, settings, today
from consultations.responses.answering import is_sent
from consultations.responses.codes import LONGEST_TYPED, CodeMistyped, CodeUnreadable, draft_code, read_code
from consultations.responses.drafts import LIFETIME_DAYS, NoSuchDraft, open_draft, save_draft
from consultations.responses.page_state import PageState

pages = Blueprint("saving", __name__)

#: Problems that are said beside the field, with what was typed still in it.
MENDABLE = (CodeUnreadable, CodeMistyped, NoSuchDraft)


class AlreadySent(Problem):
    status = 409
    message = N_("These answers were sent already. There is nothing left to save or to go on with.")


@pages.get("/c/<slug>/<language>/continue")
@public
def resume_page(slug: str, language: str) -> str:
    return _asking(visit(slug, language))


def save(here: Visit, state: PageState) -> Answered:
    """Keep the answers so far under the code of this response, and show it. Raises AlreadySent, TooMany."""
    if is_sent(database(), here.consultation.id, state.id):
        raise AlreadySent
    limited("save")
    code = draft_code(state.id, settings().secret)
    save_draft(database(), here.place, code, settings().secret, state, today())
    return render_template(
        "member/saved.html",
        consultation=here.consultation,
        language=here.language,
        languages=offered_languages(here.consultation),
        state=seal(here, state),
        card=code_card(code, "saving.resume_page", slug=here.consultation.slug, language=here.language),
        until=today() + datetime.timedelta(days=LIFETIME_DAYS),
    )


def resume(here: Visit) -> Answered:
    """The page at which the answers under the typed code were saved. Raises AlreadySent, TooMany."""
    typed = request.form.get("code", "")[:LONGEST_TYPED]
    try:
        code = read_code(typed)
        limited("resume")
        state = open_draft(database(), here.place, code, settings().secret, today())
    except MENDABLE as problem:
        return _asking(here, typed, gettext(problem.message)), problem.status
    was_right("resume")
    if is_sent(database(), here.consultation.id, state.id):
        raise AlreadySent  # its draft goes with the next stir; until then it opens to nobody
    if state.page is None:
        return review_page(here, state)
    if not is_there(here, state, state.page):
        state = replace(state, page=None)
        return review_page(here, state)
    return one_page(here, state)


def _asking(here: Visit, typed: str = "", problem: str = "") -> str:
    return render_template(
        "member/resume.html",
        consultation=here.consultation,
        language=here.language,
        languages=offered_languages(here.consultation),
        typed=typed,
        problem=problem,
    )
