"""Takes from the database the order in which answers arrived.

Each answer is committed on its own before it is acknowledged, so a write-ahead log, PostgreSQL's `xmin` or the place of
a row in its file tell which came when. The stir seals an epoch's rows again under new random ids and nonces and puts
them back in a drawn order in one transaction: what an old log or backup kept then matches no row by its bytes.

What stays visible: to which epoch an answer belongs, and the padded length of its free text. Who has an old log *and*
the consultation's key can read the old rows in their order; that is why logs and backups must not be kept for long.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine, delete, insert, select

from consultations.responses.coverage import counting_key, forget_codes
from consultations.responses.drafts import Draft, drop_sent
from consultations.responses.models import Epoch, SealedResponse, SentHash, Snapshot, SnapshotPart
from consultations.responses.redeemed import Redeemed
from consultations.responses.sealing import Place, new_id, open_answer, seal_answer
from consultations.responses.withdrawals import Withdrawal
from consultations.rounds.models import Consultation, Invitation
from consultations.staff.keys import DoesNotOpen

_LOG = logging.getLogger(__name__)
_SHUFFLE = secrets.SystemRandom().shuffle
#: How long a stir waits for whoever else writes, before it fails and is tried again.
_LOCK_MILLISECONDS = 30_000
#: How long SQLite waits for a reader before it gives the log up for now; writers wait as well in that time.
_CHECKPOINT_MILLISECONDS = 1000


def stir(
    engine: Engine,
    cipher: AESGCM,
    place: Place,
    sent: Sequence[bytes],
    drafts: Sequence[bytes] = (),
    redeemed: Sequence[Redeemed] = (),
) -> int:
    """Stir one epoch, whose key `cipher` holds and to which nobody writes any more; how many answers it has.

    `sent` are the hashes that came with its answers: they arrived in the same transactions, so they are put back in a
    drawn order too. `drafts` are what drafts of these answers would be found by: they go all together here, and not
    each with its answer, which it would point to. A process that died before its stir leaves its rows as they are; they
    are shuffled at unlocking, and its drafts open to nobody any more and go at closing.
    `redeemed` are the codes that came with answers: then all codes of the consultation are put back in a drawn order.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # SQLite's connections have such a limit already
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_LOCK_MILLISECONDS}")
        public = counting_key(connection, place.consultation_id)
        hashes = _take_hashes(connection, place, sent)  # a write first: from here on SQLite lets nobody else write
        rows = _take_rows(connection, cipher, place)
        _put_back(connection, hashes, rows)
        drop_sent(connection, place.consultation_id, drafts)
        forget_codes(connection, place.consultation_id, public, redeemed)
    return len(rows)


def wipe(engine: Engine) -> bool:
    """Have the database let go of what was deleted; False when SQLite's log was in use and this must be tried again.

    SQLite copies its log into the file and cuts it to nothing. PostgreSQL drops the dead rows; their bytes may stay in
    free space and in `pg_wal` until they are written over.
    """
    if engine.dialect.name == "sqlite":
        return _cut_log(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in (SealedResponse, SentHash, Epoch, Draft, Withdrawal, Snapshot, SnapshotPart, Invitation):
            # Giving the table's end back to the disk would lock members out, and gains nothing here.
            connection.exec_driver_sql(f"VACUUM (TRUNCATE FALSE) {table.__tablename__}")
    return True


def _take_hashes(connection: Connection, place: Place, sent: Sequence[bytes]) -> list[dict[str, object]]:
    taken = connection.scalars(
        delete(SentHash)
        .where(SentHash.consultation_id == place.consultation_id, SentHash.hash.in_(sent))
        .returning(SentHash.hash)
    ).all()
    status = connection.scalar(select(Consultation.status).where(Consultation.id == place.consultation_id))
    if status != "open":
        return []  # nobody can press *send* twice any more
    return [{"consultation_id": place.consultation_id, "hash": taken_hash} for taken_hash in taken]


def _take_rows(connection: Connection, cipher: AESGCM, place: Place) -> list[dict[str, object]]:
    mine = (SealedResponse.consultation_id == place.consultation_id, SealedResponse.epoch_id == place.epoch_id)
    # PostgreSQL: an unlock holds this row, so that no answer is opened and stirred at the same time.
    connection.execute(
        select(Epoch.id)
        .where(Epoch.consultation_id == place.consultation_id, Epoch.id == place.epoch_id)
        .with_for_update()
    )
    found = connection.execute(select(SealedResponse.id, SealedResponse.hot, SealedResponse.cold).where(*mine)).all()
    old_ids, rows = [], []
    for row_id, hot, cold in found:
        try:
            opened = open_answer(cipher, place, row_id, hot, cold)
        except DoesNotOpen:
            _LOG.warning("A stored answer does not open; it stays where it is and will be counted at unlocking.")
            continue
        old_ids.append(row_id)
        rows.append(_sealed_again(cipher, place, *opened))
    connection.execute(delete(SealedResponse).where(*mine, SealedResponse.id.in_(old_ids)))
    return rows


def _sealed_again(cipher: AESGCM, place: Place, hot: bytes, cold: bytes) -> dict[str, object]:
    row_id = new_id()
    sealed_hot, sealed_cold = seal_answer(cipher, place, row_id, hot, cold)
    return {
        "consultation_id": place.consultation_id,
        "id": row_id,
        "epoch_id": place.epoch_id,
        "hot": sealed_hot,
        "cold": sealed_cold,
    }


def _put_back(connection: Connection, hashes: list[dict[str, object]], rows: list[dict[str, object]]) -> None:
    for table, values in ((SentHash, hashes), (SealedResponse, rows)):
        _SHUFFLE(values)
        if values:
            connection.execute(insert(table), values)


def _cut_log(engine: Engine) -> bool:
    with engine.connect() as connection:
        waits = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {_CHECKPOINT_MILLISECONDS}")
        try:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {waits}")
    return not busy
