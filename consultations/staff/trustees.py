"""The trustees' recovery key: made in a ceremony, confirmed with two cards, rehearsed every year.

It is what remains when every holder of a key has lost their passphrase or was detained. Its private half exists on
three cards, of which two bring it back, and for the moment of a ceremony or a recovery in this process's memory.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff.fingerprints import fingerprint
from consultations.staff.keys import new_key_pair, public_key_of
from consultations.staff.models import RecoveryGrant, TrusteesKey, User
from consultations.staff.notices import Notice, tell_key_holders
from consultations.staff.shares import combined, split

#: Cards get lost, and people forget where they are.
REHEARSED_EVERY = datetime.timedelta(days=365)


class NoRecoveryKey(Problem):
    status = 409
    message = N_(
        "The trustees have no recovery key yet. An administrator makes one under “Keys”, and two trustees confirm it"
        " with their cards. A consultation opens after that."
    )


class NotCovered(Problem):
    status = 409
    message = N_(
        "The trustees' recovery key does not open this yet. Somebody who holds its key sees to it on the page"
        " “Who holds the key”."
    )


class CardsOfNoKey(Problem):
    status = 422
    message = N_("These cards do not belong to a recovery key of this installation.")


class CardsRetired(Problem):
    status = 422
    message = N_(
        "These cards belong to an earlier recovery key. Use the newer cards, and destroy these once everything is"
        " covered by the new key."
    )


class CardsOfYourOwn(Problem):
    """Who made cards has seen all three: confirmed by the same person, they could be nobody's but theirs."""

    status = 409
    message = N_(
        "You made the new cards, so somebody else confirms them. Ask a colleague who holds keys to sign in: two"
        " trustees then type the words of their cards there, or read them to your colleague."
    )


@dataclass(frozen=True, slots=True)
class Ceremony:
    """A recovery key with its three cards, which are shown once and kept nowhere."""

    key: TrusteesKey
    cards: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenedByTrustees:
    """A recovery key whose private half two cards brought back; for one request, and never stored."""

    key: TrusteesKey
    private: bytes = field(repr=False)


def make(session: Session, today: datetime.date, *, by: User | None = None) -> Ceremony:
    """A new recovery key that waits for its confirmation; until then the one before stays the current one.

    `by`: who is signed in; None for whoever has the host's shell.

    One that waited already and was never confirmed is forgotten: its cards may be incomplete, or in wrong hands.
    """
    session.execute(delete(TrusteesKey).where(TrusteesKey.confirmed_on.is_(None)))
    pair = new_key_pair()
    key = TrusteesKey(public_key=pair.public, made_on=today, made_by=by and by.id)
    session.add(key)
    session.flush()
    return Ceremony(key, split(pair.private))


def current(session: Session) -> TrusteesKey | None:
    """The newest key that was confirmed: what every keyring is sealed to for the trustees."""
    confirmed = select(TrusteesKey).where(TrusteesKey.confirmed_on.is_not(None))
    return session.scalars(confirmed.order_by(TrusteesKey.id.desc()).limit(1)).first()


def waiting(session: Session) -> TrusteesKey | None:
    """The key that was made and not confirmed yet."""
    return session.scalars(select(TrusteesKey).where(TrusteesKey.confirmed_on.is_(None))).first()


def maker(session: Session, key: TrusteesKey) -> User | None:
    """Whose account made it; None for the command line, and where the account is there no more."""
    return None if key.made_by is None else session.get(User, key.made_by)


def in_the_log(session: Session, key: TrusteesKey) -> str:
    """What the audit log calls it: its fingerprint, and the account that made it."""
    by = maker(session, key)
    return fingerprint(key.public_key) + (f", made by {by.name}" if by else "")


def rehearse(session: Session, cards: Sequence[str], today: datetime.date, *, by: User | None = None) -> TrusteesKey:
    """Bring the private half back from two cards, compare it with the public half, note the day, keep nothing else.

    The first time is the confirmation, and every key holder is told of it at their next sign-in. `by`: who is signed
    in; None for whoever has the host's shell, and could write into the database as well. Raises what `opened` raises,
    CardsOfYourOwn where `by` made what is to be confirmed, and CardsRetired for cards of an earlier key.
    """
    key = opened(session, cards).key
    if key.confirmed_on is None:
        if by is not None and key.made_by == by.id:
            raise CardsOfYourOwn
        key.confirmed_on = today
        tell_key_holders(session, Notice.RECOVERY_KEY_CHANGED)
    elif key != current(session):
        raise CardsRetired
    key.rehearsed_on = today
    session.flush()
    return key


def opened(session: Session, cards: Sequence[str]) -> OpenedByTrustees:
    """The recovery key that the cards are of, an earlier one among them. Raises CardsOfNoKey, and as `combined` does.

    Its public half is worked out from the cards and looked for: one that was swapped in the database is not found.
    """
    private = combined(cards)
    found = session.scalars(select(TrusteesKey).where(TrusteesKey.public_key == public_key_of(private))).first()
    if found is None:
        raise CardsOfNoKey
    return OpenedByTrustees(found, private)


def check_covered(session: Session, keyring_id: int) -> None:
    """Raises NoRecoveryKey, and NotCovered unless the current recovery key opens that keyring."""
    key = current(session)
    if key is None:
        raise NoRecoveryKey
    if session.get(RecoveryGrant, (keyring_id, key.id)) is None:
        raise NotCovered


def rehearsal_is_due(session: Session, today: datetime.date) -> bool:
    """Whether nobody has proved within a year that the cards still work, or there is nothing to prove it with."""
    key = current(session)
    return key is None or key.rehearsed_on is None or today - key.rehearsed_on >= REHEARSED_EVERY
