"""What a press of *Begin*, *Next* or *Send* leads to, where it can be told without the framework.

Each step gives None for whatever is not in order or not in memory yet: `answer` then does it all from the beginning.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from flask import Flask

from consultations.pages.answer import fields_of
from consultations.pages.code_cards import in_a_row
from consultations.pages.kept_pages import FOR_BACK_ONLY, page_key, pages_of, review_key, thanks_key
from consultations.pages.leaving import CLEARED
from consultations.pages.pacing import COUNTED, TRAP, is_crowded, is_rush, is_too_quick
from consultations.pages.pieces import Pieces, Told
from consultations.pages.review import review_sections
from consultations.pages.taking_in import taken_in
from consultations.pages.visits import Visit
from consultations.responses.answering import was_sent
from consultations.responses.page_state import PageState, new_state, open_state, seal_state
from consultations.settings import Settings
from forms.builder import Wording
from forms.running.answers import first_wrong_page, read_page
from forms.running.filling import Filling
from forms.running.state import State


@dataclass(frozen=True, slots=True)
class Press:
    """A page that was sent."""

    app: Flask
    environ: dict[str, Any]
    here: Visit
    #: The interface's language.
    interface: str
    #: Every value of every field, the last pressed button's among them.
    fields: dict[str, list[str]]
    now: datetime.datetime

    @property
    def secret(self) -> bytes:
        settings: Settings = self.app.extensions["settings"]
        return settings.secret


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that is kept, and what is its respondent's own in it."""

    page: Pieces
    own: tuple[bytes, ...]
    #: `Cache-Control` and `Clear-Site-Data` of the headers that it goes out under.
    headers: tuple[str, str]


QUESTIONS, REVIEW, THANKS = (FOR_BACK_ONLY, ""), ("no-store", ""), ("no-store", CLEARED)


def step(press: Press) -> Shown | None:
    """The page after the one that was sent; None where `answer` has to find it. Raises what `answer` would explain."""
    buttons = press.fields.get("go", [])
    return _STEPS[buttons[0]](press) if len(buttons) == 1 and buttons[0] in _STEPS else None


def _begin(press: Press) -> Shown | None:
    """The first page of a consultation that asks for no code."""
    if press.here.consultation.invited:
        return None
    state = new_state(press.now)
    filling = _filling(press, state)
    answers = filling.changed(filling.begun(), {})
    form = filling.state(answers)
    return _next_page(press, replace(state, page=None, answers=answers), form)


def _next(press: Press) -> Shown | None:
    """The page after the one that was sent, where that is in order."""
    state = _state(press)
    spot = state.page
    if spot is None or spot.positions or state.reviewing or state.invitation or spot.page >= len(press.here.flow.pages):
        return None  # from the review, through a repeat, or with a region that an invitation certifies
    result = read_page(_filling(press, state), spot, fields_of(press.fields), state.answers)
    if result.problems or result.opened:
        return None
    return _next_page(press, replace(state, answers=result.answers), result.state)


def _next_page(press: Press, state: PageState, form: State) -> Shown | None:
    state = replace(state, page=press.here.flow.next_page(form, state.page))
    if state.page is None:
        return _review(press, state, form)
    key = page_key(press.here, press.interface, state.page, form)
    page = pages_of(press.app).get(key) if key else None
    return Shown(page, (_sealed(press, state),), QUESTIONS) if page else None


def _review(press: Press, state: PageState, form: State) -> Shown | None:
    """All answers, of somebody who has not sent them yet."""
    here, page = press.here, pages_of(press.app).get(review_key(press.here, press.interface))
    if page is None or is_rush(press.app) or first_wrong_page(here.flow, form):
        return None
    with press.app.extensions["engine"].connect() as connection:
        if was_sent(connection, here.consultation.id, state.id):
            return None
    sections = review_sections(here.flow, Wording(form, here.language, press.interface))
    return Shown(page, (_sealed(press, state), Told(sections.encode())), REVIEW)


def _send(press: Press) -> Shown | None:
    """The thanks, once the answer is on the disk; only where no code is spent and nobody is held back."""
    here, state = press.here, _state(press)
    page = pages_of(press.app).get(thanks_key(here, press.interface, press.environ.get("HTTP_HOST")))
    if page is None or here.consultation.invited or state.page is not None:
        return None
    form = _filling(press, state).state(state.answers)
    if first_wrong_page(here.flow, form) or press.fields.get(TRAP, [""])[0].strip():
        return None
    if is_too_quick(press.app, here, state, form, press.now):
        return None
    press.environ[COUNTED] = is_crowded(press.app, press.environ.get("REMOTE_ADDR"))
    if press.environ[COUNTED]:
        return None
    with press.app.extensions["sessions"]() as session:
        receipt = taken_in(session, press.secret, here, state, form)
    return Shown(page, (in_a_row(receipt).encode(), receipt.encode()), THANKS)


def _state(press: Press) -> PageState:
    """Raises PageLost, PageTooOld."""
    return open_state(press.secret, press.here.place, press.fields.get("state", [""])[0], press.now)


def _filling(press: Press, state: PageState) -> Filling:
    return Filling(press.here.flow, press.now.date(), press.here.language, state.id.hex())


def _sealed(press: Press, state: PageState) -> bytes:
    return seal_state(press.secret, press.here.place, state, press.now).encode()


_STEPS: Mapping[str, Callable[[Press], Shown | None]] = MappingProxyType(
    {"begin": _begin, "next": _next, "send": _send}
)
