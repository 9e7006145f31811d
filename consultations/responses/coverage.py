"""Codes after their answers: forgotten one by one at the stir, counted by region and language for key holders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from consultations.responses.models import SealedCount
from consultations.responses.redeemed import Counts, Redeemed, opened_counts, sealed_counts
from consultations.rounds.invitations import put_in_new_order
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import sealing_key
from consultations.staff.several import Several, open_each


def forget_codes(connection: Connection, consultation_id: int, public: bytes, redeemed: Sequence[Redeemed]) -> None:
    """For the stir, in its transaction: which codes came with an epoch's answers is replaced by how many.

    `public` is `counting_key`.
    """
    if not redeemed:
        return
    put_in_new_order(connection, consultation_id, stirred={each.tag for each in redeemed})
    connection.execute(insert(SealedCount), sealed_counts(public, consultation_id, redeemed))


def counting_key(connection: Connection, consultation_id: int) -> bytes:
    """What counts are sealed to; asked for before rows of an epoch are locked, as whoever turns the key does."""
    keyring = select(Consultation.keyring_id).where(Consultation.id == consultation_id)
    return sealing_key(connection, connection.scalars(keyring).one())


def redeemed_counts(session: Session, consultation: Consultation, private_key: bytes) -> Several[SealedCount, Counts]:
    """How many answers with codes were stirred so far, by (region, language): what each epoch left."""
    rows = session.scalars(select(SealedCount).where(SealedCount.consultation_id == consultation.id))
    return open_each("counts", rows, lambda row: opened_counts(private_key, consultation.id, row.id, row.sealed))


def summed(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())
