"""Second factors: who has one, who is asked to have one, and how a sign-in that waits for one goes on."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.errors import N_, Problem
from consultations.staff import kept_passkeys, one_time_codes, passkeys, pending, recovery_codes, sessions
from consultations.staff.factors_models import OneTimeSecret, Passkey
from consultations.staff.models import User
from consultations.staff.notices import Notice, tell
from consultations.staff.one_time_codes import CodeRefused
from consultations.staff.passkeys import PasskeyCopied, PasskeyRefused, Site
from consultations.staff.pending import PendingSignInOver
from consultations.staff.recovery_codes import RecoveryCodeRefused
from consultations.staff.roles import Permission, may
from consultations.staff.sessions import SignedIn
from consultations.staff.throttle import Throttle

#: Whose account is worth a second factor most: it makes accounts, or opens answers.
ASKED = (Permission.MANAGE_STAFF, Permission.UNLOCK)
#: The name that `Throttle` is asked with is only ever reached with the right passphrase, so a long wait locks nobody
#: out but who has it; six digits need one. At one try an hour three codes of a million are right: 0.003 % an hour.
LONGEST_WAIT_SECONDS = 3600
#: What proves nothing, in whichever way.
REFUSED = (CodeRefused, RecoveryCodeRefused, PasskeyRefused, PasskeyCopied)


class TooManyCodes(Problem):
    status = 429
    message = N_("Too many codes were wrong. Please wait, an hour at most, and sign in again.")


_THROTTLE = Throttle(LONGEST_WAIT_SECONDS, TooManyCodes)


def has_one(session: Session, user: User) -> bool:
    """Whether something is asked for after the passphrase; recovery codes alone are no factor."""
    return one_time_codes.has_app(session, user) or kept_passkeys.any_of(session, user)


def with_one(session: Session) -> set[int]:
    """The ids of all accounts that have a second factor."""
    return {*session.scalars(select(OneTimeSecret.user_id)), *session.scalars(select(Passkey.user_id))}


def is_asked(user: User) -> bool:
    """Whether `user` should have a second factor, and must where the installation requires it."""
    return any(may(user.role, permission) for permission in ASKED)


def remove_app(session: Session, user: User) -> None:
    one_time_codes.remove(session, user)
    _forget_codes_of_nothing(session, user)


def remove_passkey(session: Session, user: User, passkey_id: int) -> bool:
    """Whether there was such a passkey of theirs."""
    removed = kept_passkeys.remove(session, user, passkey_id)
    _forget_codes_of_nothing(session, user)
    return removed


def remove_all(session: Session, user: User) -> None:
    """For somebody who lost them. It opens nothing: the passphrase still must be right. They are told of it."""
    one_time_codes.remove(session, user)
    kept_passkeys.remove_all(session, user)
    recovery_codes.remove(session, user)
    pending.end_all_of(session, user)
    tell(session, user, Notice.FACTORS_REMOVED)


def finish_with_code(session: Session, token: bytes, code: str, now: datetime.datetime) -> bytes:
    """The token of a full session for that of a pending one.

    Raises PendingSignInOver, TooManyCodes, CodeRefused; whoever calls rolls nothing back then, as the try is counted.
    """
    return _finish(session, token, now, lambda who: one_time_codes.check(session, who, code, now))


def finish_with_recovery_code(session: Session, token: bytes, code: str, now: datetime.datetime) -> bytes:
    """The same with one of the ten codes; raises RecoveryCodeRefused instead."""

    def check(who: SignedIn) -> None:
        recovery_codes.use(session, who.user, code, now.date())
        _log(session, who.user, "used a recovery code of", now)

    return _finish(session, token, now, check)


def finish_with_passkey(session: Session, token: bytes, site: Site, answer: str, now: datetime.datetime) -> bytes:
    """The same with a signature; raises PasskeyRefused, PasskeyCopied instead."""
    return _finish(session, token, now, lambda who: passkeys.check(session, who, token, site, answer, now))


def _finish(session: Session, token: bytes, now: datetime.datetime, check: Callable[[SignedIn], object]) -> bytes:
    """A try is counted, and the count committed, before anything is looked at: a page that fails keeps it."""
    who = pending.found(session, token, now)
    if who is None:
        raise PendingSignInOver
    _THROTTLE.check(who.user.name, now)
    pending.count_try(session, token)
    session.commit()
    try:
        check(who)
    except REFUSED as refused:
        _refuse(session, who, token, refused, now)
        raise
    _THROTTLE.succeeded(who.user.name)
    pending.end(session, token)
    return sessions.begin(session, who.user, who.private_key, now)


def _refuse(session: Session, who: SignedIn, token: bytes, refused: Problem, now: datetime.datetime) -> None:
    _THROTTLE.failed(who.user.name, now)
    if isinstance(refused, PasskeyCopied):
        tell(session, who.user, Notice.PASSKEY_COPIED)
        _log(session, who.user, "tried a copied passkey of", now)
    if pending.is_used_up(session, token):
        pending.end(session, token)
        tell(session, who.user, Notice.CODES_REFUSED)
        _log(session, who.user, "tried wrong codes for", now)
    session.commit()


def _log(session: Session, user: User, what: str, now: datetime.datetime) -> None:
    record(session, who=user.name, what=what, subject=user.name, day=now.date())


def _forget_codes_of_nothing(session: Session, user: User) -> None:
    if not has_one(session, user):
        recovery_codes.remove(session, user)
