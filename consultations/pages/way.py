"""The five steps from *close* to *released tables*: which are done, which is next, which can be looked at."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from consultations.errors import N_

CLOSE, OPEN_UP, SEE, ATTACK, RELEASE = "close", "unlock", "see", "try", "release"
#: In order, with what a page calls them.
NAMES: Mapping[str, str] = {
    CLOSE: N_("Close"),
    OPEN_UP: N_("Unlock"),
    SEE: N_("See what will be shown"),
    ATTACK: N_("Attack the tables"),
    RELEASE: N_("Release"),
}

Day = datetime.date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a consultation, with a key or without; None is a day that is not known, or never was."""

    status: str
    closed_on: Day = None
    unlocked_on: Day = None
    tried_on: Day = None
    #: What the last attack came to for the tables as they are now; None: there was none, or on other tables.
    passed: bool | None = None
    released_on: Day = None
    #: Another release can follow the one that there is.
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """How far a consultation has come; `current` is None where there is nothing to do."""

    current: str | None = None
    #: Steps that are done -> the day, where it is known.
    done: Mapping[str, Day] = field(default_factory=dict)
    #: Steps that a key holder can look at.
    open: tuple[str, ...] = ()


def way(facts: Facts) -> Way:
    return _WAYS[facts.status](facts)


def _closed(facts: Facts) -> Way:
    return Way(OPEN_UP, {CLOSE: facts.closed_on}, (OPEN_UP,))


def _unlocked(facts: Facts) -> Way:
    done: dict[str, Day] = {CLOSE: facts.closed_on, OPEN_UP: facts.unlocked_on}
    if facts.released_on and not facts.goes_on:
        return Way(None, {**done, SEE: None, ATTACK: facts.tried_on, RELEASE: facts.released_on})
    if facts.passed:
        return Way(RELEASE, {**done, SEE: None, ATTACK: facts.tried_on}, (SEE, ATTACK, RELEASE))
    if facts.passed is None:
        return Way(SEE, done, (SEE, ATTACK))
    return Way(ATTACK, {**done, SEE: None}, (SEE, ATTACK))


_WAYS = {
    "draft": lambda facts: Way(),
    "open": lambda facts: Way(CLOSE, {}, (CLOSE,)),
    "closed": _closed,
    "unlocked": _unlocked,
}
