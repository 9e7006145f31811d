"""Codes from an app on somebody's phone: TOTP (RFC 6238), each good once."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import dataclass, field

import pyotp
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pyotp.exceptions import OTPVerificationError
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff.factors_models import OneTimeSecret
from consultations.staff.keys import DoesNotOpen, canonical, derived, open_under, seal_under
from consultations.staff.models import User
from consultations.staff.pending import changed
from consultations.staff.sessions import SignedIn

DIGITS, STEP_SECONDS = 6, 30
#: One step before and one after: a phone's clock may be half a minute off (RFC 6238 section 5.2 asks for one at most).
DRIFT_STEPS = 1
#: An offer that lay about longer is not taken any more.
OFFER_LIFE = datetime.timedelta(minutes=30)
#: What the app shows. It names neither the person nor the network: somebody else may look through the phone.
ISSUER, LABEL = "Consultations", "staff"
_STEP_BYTES = 8


class CodeRefused(Problem):
    status = 403
    message = N_("This code is not right, or it was used before. Please wait for the next one and type it.")


class OfferOver(Problem):
    message = N_("This page was open for too long. A new QR code was made: please scan it again.")


class AppAlreadyThere(Problem):
    status = 409
    message = N_("Your account has a code app already. Remove it first, then add the new one.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret that counts for nothing before a code from it came back.

    It travels in the page, sealed under the person's own key, so that the database holds only secrets that are used.
    """

    #: Base 32, as apps take it: 160 bits (RFC 4226 section 4, R6).
    secret: str = field(repr=False)
    #: What the QR picture says.
    uri: str = field(repr=False)
    sealed: bytes = field(repr=False)


def offer(me: SignedIn, now: datetime.datetime) -> Offer:
    secret = pyotp.random_base32()
    written = int(now.timestamp()).to_bytes(8, "big") + secret.encode()
    return _offer(secret, seal_under(_cipher(me.private_key), written, canonical("offered secret", me.user.id)))


def opened_offer(me: SignedIn, sealed: bytes, now: datetime.datetime) -> Offer:
    """The offer that came back with its page; raises OfferOver."""
    try:
        written = open_under(_cipher(me.private_key), sealed, canonical("offered secret", me.user.id))
    except DoesNotOpen:
        raise OfferOver from None
    if now.timestamp() - int.from_bytes(written[:8], "big") > OFFER_LIFE.total_seconds():
        raise OfferOver
    return _offer(written[8:].decode(), sealed)


def confirm(session: Session, me: SignedIn, offered: Offer, code: str, now: datetime.datetime) -> None:
    """From now on codes of this app are asked for. Raises CodeRefused, AppAlreadyThere."""
    if has_app(session, me.user):
        raise AppAlreadyThere
    step = matching_step(offered.secret, code, now)
    if step is None:
        raise CodeRefused
    session.add(OneTimeSecret(user_id=me.user.id, sealed_secret=_sealed(me, offered.secret, step)))
    session.flush()


def check(session: Session, who: SignedIn, code: str, now: datetime.datetime) -> None:
    """Take a code, once; raises CodeRefused.

    The step is moved on by one statement that asks for what was read: of two who send the same code one is refused.
    """
    stored = session.get(OneTimeSecret, who.user.id, populate_existing=True)
    if stored is None:
        raise CodeRefused
    before = stored.sealed_secret
    secret, last_step = _opened(who, before)
    step = matching_step(secret, code, now)
    if step is None or step <= last_step:
        raise CodeRefused
    this = (OneTimeSecret.user_id == who.user.id, OneTimeSecret.sealed_secret == before)
    moved = update(OneTimeSecret).where(*this).values(sealed_secret=_sealed(who, secret, step))
    if changed(session.execute(moved)) == 0:
        raise CodeRefused


def matching_step(secret: str, code: str, now: datetime.datetime) -> int | None:
    """The time step that `code` belongs to, at most one away from now; None when it belongs to none of them."""
    digits = "".join(str(unicodedata.decimal(letter)) for letter in code if letter.isdecimal())
    if len(digits) != DIGITS:
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(digits, for_time=now, valid_window=DRIFT_STEPS)
    except OTPVerificationError:
        return None


def has_app(session: Session, user: User) -> bool:
    return session.get(OneTimeSecret, user.id) is not None


def remove(session: Session, user: User) -> None:
    session.execute(delete(OneTimeSecret).where(OneTimeSecret.user_id == user.id))


def _offer(secret: str, sealed: bytes) -> Offer:
    return Offer(secret, pyotp.TOTP(secret).provisioning_uri(name=LABEL, issuer_name=ISSUER), sealed)


def _cipher(private_key: bytes) -> AESGCM:
    return AESGCM(derived(private_key, "second factors"))


def _sealed(who: SignedIn, secret: str, last_step: int) -> bytes:
    written = last_step.to_bytes(_STEP_BYTES, "big") + secret.encode()
    return seal_under(_cipher(who.private_key), written, canonical("secret of one-time codes", who.user.id))


def _opened(who: SignedIn, sealed: bytes) -> tuple[str, int]:
    """The secret, and the step of the newest code that was taken."""
    written = open_under(_cipher(who.private_key), sealed, canonical("secret of one-time codes", who.user.id))
    return written[_STEP_BYTES:].decode(), int.from_bytes(written[:_STEP_BYTES], "big")
