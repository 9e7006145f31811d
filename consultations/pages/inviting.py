"""A member's code: asked for at the start, carried in the sealed page, spent with *send*."""

from __future__ import annotations

from dataclasses import replace

from flask import request

from consultations.errors import Problem
from consultations.pages.answer_pages import form_state
from consultations.pages.limiting import limited, was_right
from consultations.pages.visits import Visit
from consultations.pages.web import database, settings
from consultations.responses.answering import is_sent
from consultations.responses.page_state import PageState
from consultations.responses.redeemed import Redeemed
from consultations.rounds.certifying import REGION, takes_region_from_code
from consultations.rounds.invitation_codes import CodeIncomplete, CodeMistyped, read_code
from consultations.rounds.invitations import InvitationSpent, InvitationUnknown, certified_region, spend, tag_of
from forms.running.flow import State

#: What a member can mend on the page that asks for the code.
MENDABLE: tuple[type[Problem], ...] = (CodeIncomplete, CodeMistyped, InvitationUnknown, InvitationSpent)


def begun_with_code(here: Visit, state: PageState) -> PageState:
    """The state of somebody who begins, with the code that was typed and its region; nothing is spent yet.

    Where the consultation is open to all, the same state. Raises those in `MENDABLE`, and TooMany.
    """
    if not here.consultation.invited:
        return state
    typed = request.form.get("code", "")
    read_code(typed)  # a typing mistake is no try at somebody else's code
    limited("code")
    code, region = certified_region(database(), here.consultation, settings().secret, typed)
    was_right("code")
    return _certified(here, replace(state, invitation=code), region)


def with_another_code(here: Visit, state: PageState) -> PageState:
    """The state with the code that was written on the review, where it asked for one. Raises as `begun_with_code`."""
    return begun_with_code(here, state) if request.form.get("code", "").strip() else state


def redeemed(here: Visit, state: PageState, form: State) -> tuple[Redeemed | None, State]:
    """Spend the page's code -> what was redeemed, and the form with the region that the code certifies.

    Nothing where the consultation is open to all, or the page's answer is here already. Raises InvitationUnknown,
    InvitationSpent.
    """
    if not here.consultation.invited or is_sent(database(), here.consultation.id, state.id):
        return None, form
    tag = tag_of(state.id, here.consultation.id)
    region = spend(database(), here.consultation, settings().secret, state.invitation, tag)
    sure = _certified(here, state, region)
    return Redeemed(tag, region, here.language), form if sure == state else form_state(here, sure)


def _certified(here: Visit, state: PageState, region: str) -> PageState:
    """The state with the region that a code certifies, where the form asks for one."""
    if not takes_region_from_code(here.flow.questionnaire):
        return state
    return replace(state, answers={**state.answers, REGION: region})
