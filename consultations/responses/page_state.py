"""The answers so far, sealed into the page that shows the next question: nothing is stored before *send*."""

from __future__ import annotations

import datetime
import json
import secrets
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consultations.errors import N_, Problem
from consultations.staff.keys import DoesNotOpen, canonical, derived, open_under, seal_under
from forms.running.spots import Spot

FORMAT = 5
ID_BYTES = 16
#: What a state may take unpacked. As text that does not shrink a page could not carry more (4 MiB of fields); text that
#: does, the same letter ten million times, would take hundreds of MB of memory for each page that it is sent with.
MOST_BYTES = 4 * 2**20
#: What deflate can look back to.
MOST_WORDS_BYTES = 32_000
#: A page that was left alone longer than this is forgotten: a phone changes hands. Longer pauses are for *save*.
LIFETIME = datetime.timedelta(hours=48)
FIRST_PAGE = Spot(0)


class PageLost(Problem):
    message = N_("This page cannot be continued. Nothing was kept. Please start again from the beginning.")


class PageTooOld(Problem):
    status = 410
    message = N_("This page was opened too long ago. Nothing was kept. Please start again from the beginning.")


class AnswersTooLong(Problem):
    status = 413
    message = N_("The file or text is too large. Please send a smaller one.")


@dataclass(frozen=True, slots=True)
class PageState:
    """What a page has to remember between two requests."""

    #: 16 random bytes, made once for each response: pressing *send* twice counts once, and saving twice, in any tab, on
    #: any device that it was continued on, gives the same code (`codes.draft_code`). So the page carries no code.
    id: bytes
    #: When the first page was asked for, in whole seconds since 1970.
    began: int
    answers: Mapping[str, str] = field(default_factory=dict)
    #: The page that is shown; None is the review of all answers.
    page: Spot | None = FIRST_PAGE
    #: The respondent came from the review to change one page, and goes back to it.
    reviewing: bool = False
    #: The code of an invitation, until it is spent with *send*.
    invitation: str = ""
    #: In a rush, the moment from which *send* needs no proof of work, in seconds since 1970; 0 for none.
    wait_until: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """What a state belongs to; it opens nowhere else."""

    consultation_id: int
    form_version: str
    #: What states of this form version are likely to say (`likely_words`): with it they take half the bytes, and every
    #: page carries its state down and up again.
    dictionary: bytes = field(default=b"", repr=False)

    @property
    def key(self) -> tuple[int, str]:
        """For whatever is kept by place."""
        return self.consultation_id, self.form_version

    def associated_data(self) -> bytes:
        return canonical(FORMAT, self.consultation_id, self.form_version)


def new_state(now: datetime.datetime) -> PageState:
    """The state of somebody who has answered nothing yet."""
    return PageState(id=secrets.token_bytes(ID_BYTES), began=int(now.timestamp()))


def seal_state(secret: bytes, place: Place, state: PageState, now: datetime.datetime) -> str:
    """The state as URL-safe base64 for a hidden field; `secret` is the one that all web processes share.

    Raises AnswersTooLong.
    """
    packed = _packed({**_content(state), "t": int(now.timestamp())}, place.dictionary)
    return urlsafe_b64encode(seal_under(_cipher(secret), packed, place.associated_data())).decode("ascii")


def open_state(secret: bytes, place: Place, text: str, now: datetime.datetime) -> PageState:
    """What `seal_state` sealed for that place; raises PageLost and PageTooOld."""
    try:
        sealed = urlsafe_b64decode(text.encode("ascii", "replace"))
        content = _unpacked(open_under(_cipher(secret), sealed, place.associated_data()), place.dictionary)
    except (DoesNotOpen, ValueError, zlib.error):
        raise PageLost from None
    if now.timestamp() - content["t"] > LIFETIME.total_seconds():
        raise PageTooOld
    return _state(content)


def packed_state(state: PageState) -> bytes:
    """The state alone, compressed: what a saved draft holds, whose time is counted elsewhere. Raises AnswersTooLong."""
    return _packed(_content(state), b"")


def unpacked_state(packed: bytes) -> PageState:
    """What `packed_state` packed."""
    return _state(_unpacked(packed, b""))


def _content(state: PageState) -> dict[str, Any]:
    return {
        "i": urlsafe_b64encode(state.id).decode("ascii"),
        "b": state.began,
        "p": [state.page.page, *state.page.positions] if state.page else None,
        "r": state.reviewing,
        "c": state.invitation,
        "w": state.wait_until,
        "a": dict(state.answers),
    }


def _state(content: Mapping[str, Any]) -> PageState:
    return PageState(
        id=urlsafe_b64decode(content["i"]),
        began=content["b"],
        answers=content["a"],
        page=Spot(content["p"][0], tuple(content["p"][1:])) if content["p"] else None,
        reviewing=content["r"],
        invitation=content["c"],
        wait_until=content["w"],
    )


def likely_words(answers: Iterable[tuple[str, Iterable[str]]]) -> bytes:
    """The dictionary of a form: its questions' names with those of their choices, then a state without answers.

    What stands last is found cheapest (RFC 1950 section 2.2, preset dictionaries).
    """
    pairs = "".join(f'","{name}":"{" ".join(choices)}' for name, choices in answers)
    content = {**_content(PageState(bytes(ID_BYTES), 0, page=None)), "t": 0, "a": {}}
    return (pairs + json.dumps(content, separators=(",", ":"))).encode()[-MOST_WORDS_BYTES:]


def _packed(content: Mapping[str, Any], dictionary: bytes) -> bytes:
    # Raw deflate: the seal says already whether a bit was changed.
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=dictionary)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(text) > MOST_BYTES:
        raise AnswersTooLong
    return deflate.compress(text) + deflate.flush()


def _unpacked(packed: bytes, dictionary: bytes) -> Any:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS, zdict=dictionary)
    text = inflate.decompress(packed, MOST_BYTES)
    if inflate.unconsumed_tail:
        raise zlib.error("longer than any state")
    return json.loads(text + inflate.flush())


@lru_cache(maxsize=4)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(derived(secret, "page state"))
