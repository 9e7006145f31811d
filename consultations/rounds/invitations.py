"""Codes in the store: looked up, spent once, put in another order, dropped."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.rounds.invitation_codes import read_code
from consultations.rounds.models import Consultation, Invitation
from consultations.staff.keys import derived

#: What stands for all who spent a code once their answers were stirred.
SPENT = bytes(32)
_SHUFFLE = secrets.SystemRandom().shuffle


class InvitationUnknown(Problem):
    status = 422
    message = N_("We do not know this code here. Please compare it with your card, and the address of this page too.")


class InvitationSpent(Problem):
    status = 409
    message = N_(
        "This code has been used already, and each code counts once. Nothing was sent. The organisation that gave it "
        "to you may have another one."
    )


def hash_of(secret: bytes, consultation_id: int, code: str) -> bytes:
    """HMAC-SHA256 under a key of the consultation's own: a stolen table cannot be searched without the secret."""
    key = derived(secret, "invitation codes", consultation_id.to_bytes(8, "big"))
    return hmac.digest(key, code.encode("ascii"), "sha256")


def tag_of(response_id: bytes, consultation_id: int) -> bytes:
    """What a response spends its code with.

    Another label than that of the sent hashes: only who has the page, with its 16 random bytes, can join the two.
    """
    return derived(response_id, "spent", consultation_id.to_bytes(8, "big"))


def certified_region(session: Session, consultation: Consultation, secret: bytes, typed: str) -> tuple[str, str]:
    """(the code as it was meant, the region that it certifies); nothing is spent.

    Whether it is spent already is not said here: whoever kept a copy of somebody's code could look, as often as they
    like, whether that person has answered. *Send* says it, to who would have spent the code with it.
    Raises CodeIncomplete, CodeMistyped, InvitationUnknown.
    """
    code = read_code(typed)
    region = session.scalar(select(Invitation.region).where(_is(consultation, secret, code)))
    if region is None:
        raise InvitationUnknown
    return code, region


def spend(session: Session, consultation: Consultation, secret: bytes, code: str, tag: bytes) -> str:
    """Spend a code for the response of that tag, once and for all -> the region that it certifies.

    One statement, in a transaction of its own that is committed when this returns; the same response can do it again.
    Spent first and answered afterwards: the other way round, two processes could each store an answer before either
    finds the code gone. A crash between the two loses nothing, as the page can be sent again with the same tag. In one
    transaction the database would remember which code came with which answer, until the stir and in every old log.
    Raises InvitationUnknown, InvitationSpent.
    """
    mine = _is(consultation, secret, code)
    regions = session.scalars(
        update(Invitation)
        .where(mine, or_(Invitation.spent_by.is_(None), Invitation.spent_by == tag))
        .values(spent_by=tag)
        .returning(Invitation.region)
        .execution_options(synchronize_session=False)
    ).all()
    session.commit()
    if regions:
        return regions[0]
    if session.scalar(select(Invitation.hash).where(mine)) is None:
        raise InvitationUnknown
    raise InvitationSpent


def put_in_new_order(
    connection: Connection,
    consultation_id: int,
    *,
    stirred: Collection[bytes] = (),
    added: Sequence[Mapping[str, object]] = (),
) -> None:
    """Take all codes of a consultation out and put them back in a drawn order, in the caller's transaction.

    Codes whose tags are in `stirred` are then spent by `SPENT`, like those of everybody before; `added` are rows of new
    ones. Afterwards neither the place of a row nor what made it (PostgreSQL's `xmin`) tells when a code was spent, or
    for which organisation it was made.
    """
    if connection.dialect.name == "postgresql":
        # Whoever spends a code meanwhile waits, and then finds the new row; unlocked, it would find none.
        connection.exec_driver_sql(f"LOCK TABLE {Invitation.__tablename__} IN SHARE ROW EXCLUSIVE MODE")
    taken = connection.execute(
        delete(Invitation)
        .where(Invitation.consultation_id == consultation_id)
        .returning(Invitation.hash, Invitation.region, Invitation.spent_by)
    ).all()
    rows = [
        *added,
        *(
            {
                "consultation_id": consultation_id,
                "hash": row.hash,
                "region": row.region,
                "spent_by": SPENT if row.spent_by in stirred else row.spent_by,
            }
            for row in taken
        ),
    ]
    _SHUFFLE(rows)
    if rows:
        connection.execute(insert(Invitation), rows)


def drop_codes(session: Session, consultation: Consultation) -> None:
    """For closing: nobody can answer any more, so nobody needs to know which codes there were."""
    session.execute(delete(Invitation).where(Invitation.consultation_id == consultation.id))


def _is(consultation: Consultation, secret: bytes, code: str) -> ColumnElement[bool]:
    return and_(
        Invitation.consultation_id == consultation.id,
        Invitation.hash == hash_of(secret, consultation.id, code),
    )
