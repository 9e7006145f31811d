"""Before an answer to an open consultation is taken in: was it a machine that sent it, and are there too many?

Nothing is ever dropped and nobody is refused: the review comes back with all answers and a kind word, and *Send* works
a little later. CAPTCHA services are not asked; no address is kept.
"""

from __future__ import annotations

import datetime
import math
import time
from dataclasses import dataclass, replace
from typing import cast

from flask import Flask, current_app, request
from flask_babel import gettext, ngettext

from consultations.flood import work
from consultations.flood.limits import TooMany
from consultations.flood.rush import Queue, Rush
from consultations.pages.limiting import counted
from consultations.pages.visits import Visit
from consultations.pages.web import now, settings
from consultations.responses.page_state import PageState
from consultations.settings import Settings
from consultations.staff.keys import derived
from forms.running.flow import State

#: A field that people do not see and that machines fill in, with a name that promises something.
TRAP = "comment"
#: What the quick way leaves in a request whose *Send* it has counted: whether there is a crowd.
COUNTED = "consultations.counted"


def join(app: Flask) -> None:
    """One of each for the process, in its memory alone."""
    app.extensions["rush"] = Rush(app.extensions["settings"].calm_sends_a_minute)
    app.extensions["queue"] = Queue()


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Why an answer is not taken in yet, and with what the review comes back."""

    state: PageState
    sentence: str
    #: What a script says instead as soon as it has done the work.
    ready: str = ""
    #: Another *Send* stands beside the sentence: there is nothing to look at again.
    may_send: bool = True
    #: The code of the invitation is to be written anew.
    asks_code: bool = False


def held_back(here: Visit, state: PageState, form: State) -> HeldBack | None:
    """Whether an answer seems to come from a machine or too many arrive; None: take it in."""
    if here.consultation.invited:  # a code is proof enough, and counts once
        return None
    return _in_the_trap(state) or _too_quick(here, state, form) or _in_the_crowd(state)


def _in_the_trap(state: PageState) -> HeldBack | None:
    if not request.form.get(TRAP, "").strip():
        return None
    sentence = gettext(
        "A field that has to stay empty was filled in, perhaps by your browser. It is empty again. Please press “Send”"
        " once more."
    )
    return HeldBack(state, sentence)


def _too_quick(here: Visit, state: PageState, form: State) -> HeldBack | None:
    if not is_too_quick(_app(), here, state, form, now()):
        return None
    sentence = gettext("That was very quick. Please look at your answers once more, then press “Send” again.")
    return HeldBack(state, sentence, may_send=False)


def _in_the_crowd(state: PageState) -> HeldBack | None:
    at = now().timestamp()
    if not _crowd() or work.is_solved(_work_key(state), request.form.get("work", "")):
        return None
    if state.wait_until and at >= state.wait_until:
        return None
    state = state if state.wait_until else replace(state, wait_until=_queue().place(at))
    seconds = max(1, math.ceil(state.wait_until - at))
    sentence = ngettext(
        "Very many answers are arriving at this moment. Please press “Send” again in %(num)d second.",
        "Very many answers are arriving at this moment. Please press “Send” again in %(num)d seconds.",
        seconds,
    )
    return HeldBack(state, sentence, ready=gettext("Now you can press “Send”."))


def asked_of(here: Visit, state: PageState, held: HeldBack | None) -> dict[str, object]:
    """What the review carries against machines: the trap, and in a rush work for a script."""
    if here.consultation.invited:
        return {"held": held}
    asks = (held is not None and held.ready) or is_rush(_app())
    return {
        "held": held,
        "trap": TRAP,
        "work": work.challenge(_work_key(state), now().timestamp()) if asks else "",
    }


def is_too_quick(app: Flask, here: Visit, state: PageState, form: State, at: datetime.datetime) -> bool:
    """Whether nobody reads that fast."""
    given: Settings = app.extensions["settings"]
    return at.timestamp() - state.began < given.seconds_a_page * len(here.flow.spots(form))


def is_rush(app: Flask) -> bool:
    return cast(Rush, app.extensions["rush"]).is_on(time.monotonic())


def is_crowded(app: Flask, address: str | None) -> bool:
    """Count one more that wants to be let in; whether it has to work or to wait."""
    given: Settings = app.extensions["settings"]
    if not given.calm_sends_a_minute:
        return False
    crowded = cast(Rush, app.extensions["rush"]).arrived(time.monotonic())
    try:
        counted("send", address)
    except TooMany:
        return True
    return crowded


def _crowd() -> bool:
    """The same for this request, unless it was counted before it came here."""
    known = request.environ.get(COUNTED)
    return is_crowded(_app(), request.remote_addr) if known is None else bool(known)


def _work_key(state: PageState) -> bytes:
    return derived(settings().secret, "work", state.id)


def _app() -> Flask:
    return cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]  # what stands for it has it


def _queue() -> Queue:
    return cast(Queue, current_app.extensions["queue"])
