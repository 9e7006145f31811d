"""One-time links: whoever has one makes their own account with it, and nobody else ever sees its passphrase."""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consultations.errors import N_, NotFound, Problem
from consultations.staff.accounts import NameTaken, NewAccount, create_account, user_named
from consultations.staff.models import StaffLink
from consultations.staff.roles import LIMITED_BY, Limit, Role

TOKEN_BYTES = 32
LONGEST_DAYS = 14


class LinkGone(Problem):
    """The same for a link that was used, withdrawn, has run out, or never was."""

    status = 410
    message = N_("This link no longer works: it was used, withdrawn, or is too old. Ask for another one.")


class DaysUnfit(Problem):
    status = 422
    message = N_("A link works for 1 to %(most)s days.")


def invite(
    session: Session,
    *,
    role: str,
    limits: Mapping[Limit, Iterable[str]],
    language: str,
    days: int,
    invited_by: str,
    today: datetime.date,
) -> str:
    """A new link's token, 43 letters and digits that stand nowhere else. Raises DaysUnfit.

    Limits of kinds that the role does not have are left out. No address of the invited person is kept.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise DaysUnfit(most=LONGEST_DAYS)
    token = secrets.token_bytes(TOKEN_BYTES)
    kinds = LIMITED_BY[Role(role)]
    session.add(
        StaffLink(
            token_hash=_hash(token),
            role=Role(role),
            limits={str(kind): sorted(values) for kind, values in limits.items() if kind in kinds},
            language=language,
            expires_on=today + datetime.timedelta(days=days),
            invited_by=invited_by,
        )
    )
    session.flush()
    return base64.urlsafe_b64encode(token).decode().rstrip("=")


def link_with(session: Session, token: str, today: datetime.date) -> StaffLink:
    """What a link offers; reading changes nothing. Raises LinkGone."""
    link = session.get(StaffLink, _hash(_read(token)))
    if link is None or link.expires_on < today:
        raise LinkGone
    return link


def take_up(session: Session, token: str, name: str, today: datetime.date) -> NewAccount:
    """The account that the link is for; it is spent by the statement that finds it, so that of two one wins.

    Raises LinkGone, NameTaken, NameNotUsable; the caller rolls back, and then the link still works.
    """
    if user_named(session, name):
        raise NameTaken
    spent = (
        delete(StaffLink)
        .where(StaffLink.token_hash == _hash(_read(token)), StaffLink.expires_on >= today)
        .returning(StaffLink.role, StaffLink.limits, StaffLink.language)
        .execution_options(synchronize_session=False)
    )
    link = session.execute(spent).one_or_none()
    if link is None:
        raise LinkGone
    return create_account(
        session, name, link.role, link.language, {Limit(kind): values for kind, values in link.limits.items()}
    )


def waiting(session: Session, today: datetime.date) -> list[StaffLink]:
    """Links that still work, the one that runs out first at the top."""
    found = select(StaffLink).where(StaffLink.expires_on >= today)
    return list(session.scalars(found.order_by(StaffLink.expires_on, StaffLink.token_hash)))


def forget_old(session: Session, today: datetime.date) -> None:
    """Delete links that ran out."""
    session.execute(delete(StaffLink).where(StaffLink.expires_on < today))


def withdraw(session: Session, hash_hex: str) -> StaffLink:
    """Take a link back by the hash that the list of links has. Raises NotFound."""
    try:
        link = session.get(StaffLink, bytes.fromhex(hash_hex))
    except ValueError:
        link = None
    if link is None:
        raise NotFound
    session.delete(link)
    session.flush()
    return link


def _read(token: str) -> bytes:
    """Raises LinkGone for what is no token."""
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise LinkGone from None


def _hash(token: bytes) -> bytes:
    """The token has 256 random bits: a plain SHA-256 gives nothing away."""
    return hashlib.sha256(token).digest()
