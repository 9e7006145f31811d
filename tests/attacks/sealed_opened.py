"""How the product opens each kind of sealed blob: what tampering has to be refused by."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Mapping
from typing import Any

import pyotp

from consultations.analysis import quotes
from consultations.fieldwork import interviews, passages
from consultations.fieldwork.case_studies import offered_boxes
from consultations.papers import drafting
from consultations.responses import page_state
from consultations.responses.counting import unopened
from consultations.responses.coverage import redeemed_counts
from consultations.responses.drafts import open_draft
from consultations.responses.unsealing import move, open_snapshot
from consultations.rounds.questionnaires import layout_of
from consultations.staff import job_keys, kept_passkeys, keyrings, one_time_codes, pending, trustees
from consultations.staff.recovering import recover
from consultations.staff.sessions import SignedIn, signed_in
from consultations.staff.several import Several
from consultations.staff.sign_in import sign_in
from tests.attacks.sealed_world import CODES, NOW, SECRET, TODAY, World

_TRIES = itertools.count()


class Refused(Exception):
    """Nobody was found for a token: sign-ins are refused without a word."""


def unlocked_of_first(world: World) -> tuple[int, int]:
    """(how many answers of the first consultation open, how many are left where they are); nothing is committed."""
    session, consultation = world.session, world.consultations[0]
    snapshot = move(session, consultation, world.key(0), layout_of(consultation.questionnaire), TODAY)
    try:
        return snapshot.size, unopened(session, consultation)
    finally:
        session.rollback()


def _signed_in(world: World) -> SignedIn:
    found = signed_in(world.session, world.tokens[0], NOW)
    if found is None:
        raise Refused
    return found


def _pending(world: World) -> SignedIn:
    found = pending.found(world.session, world.waiting[0], NOW)
    if found is None:
        raise Refused
    return found


def _recovered(world: World) -> object:
    """Each try an hour after the one before: from the sixth on wrong ones have to wait."""
    later = NOW + datetime.timedelta(hours=next(_TRIES))
    return recover(world.session, "ana", world.accounts[0].recovery_key, later)


def _few(several: Several[Any, Any]) -> tuple[int, int]:
    return len(several.opened), several.refused


def _drafts(world: World) -> tuple[int, int]:
    return _few(drafting.drafts_of(world.session, world.consultations[2], world.key(2)))


def _draft(world: World) -> object:
    consultation = world.consultations[0]
    place = page_state.Place(consultation.id, consultation.questionnaire.version)
    return open_draft(world.session, place, CODES[0], SECRET, TODAY)


def _app(world: World) -> None:
    later = NOW + datetime.timedelta(minutes=5)
    one_time_codes.check(world.session, world.ana, pyotp.TOTP(world.apps[0]).at(later), later)


def _snapshot(world: World) -> object:
    return open_snapshot(world.session, world.consultations[2], world.key(2))


def _by_trustees(world: World) -> bytes:
    opened = trustees.opened(world.session, world.cards[:2])
    return keyrings.recovered(world.session, world.consultations[0].keyring_id, opened)


#: Column -> how the product opens the first blob in it. What is opened many at a time is below.
SEALED: Mapping[str, Callable[[World], object]] = {
    "users.wrapped_private_key": lambda w: sign_in(w.session, "ana", w.accounts[0].passphrase, NOW),
    "users.recovery_wrapped_private_key": _recovered,
    "staff_sessions.sealed_private_key": _signed_in,
    "pending_sign_ins.sealed_private_key": _pending,
    "one_time_secrets.sealed_secret": _app,
    "passkeys.sealed": lambda w: kept_passkeys.of(w.session, w.ana),
    "key_grants.sealed_private_key": lambda w: w.key(0),
    "recovery_grants.sealed_private_key": _by_trustees,
    "drafts.blob": _draft,
    "snapshots.blob": _snapshot,
    "snapshot_keys.sealed_key": _snapshot,
    "snapshot_parts.sealed": _snapshot,
    "interviews.sealed_body": lambda w: interviews.opened(w.session, w.interviews[0], w.ana),
    "interview_keys.sealed_key": lambda w: interviews.opened(w.session, w.interviews[0], w.ana),
    "job_keys.sealed_key": lambda w: job_keys.key_for(w.session, w.job, *w.workers[0]),  # type: ignore[arg-type]  # a world of tests has them
}
#: Column -> (how many of a consultation's or an interview's open, how many do not): there are two of each.
ONE_BY_ONE: Mapping[str, Callable[[World], tuple[int, int]]] = {
    "sealed_counts.sealed": lambda w: _few(redeemed_counts(w.session, w.consultations[0], w.key(0))),
    "case_studies.sealed_summary": lambda w: _few(offered_boxes(w.session, w.consultations[0], w.ana)),
    "passages.sealed_body": lambda w: _few(passages.passages_of(w.session, w.interviews[0], w.ana)),
    "papers.sealed_draft": _drafts,
    "quotes.sealed_body": lambda w: _few(quotes.picked(w.session, w.consultations[2], w.key(2))),
}
#: Answers, which are opened all at once when a consultation is unlocked.
COUNTED = ("epochs.sealed_key", "sealed_responses.hot", "sealed_responses.cold")
