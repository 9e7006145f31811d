"""Accounts that were there reach everything afterwards, and the log that was there still holds."""

from __future__ import annotations

import datetime
import hashlib

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from consultations.audit import checked, record
from consultations.migrations import downgrade, upgrade

USER = text(
    "INSERT INTO users (id, name, role, language, salt, auth_hash, public_key, wrapped_private_key,"
    " recovery_wrapped_private_key, active) VALUES (:id, :name, :role, 'en', '', '', '', '', '', true)"
)
ENTRY = text("INSERT INTO audit_entries (day, who, what, subject, hash) VALUES (:day, 'ana', :what, 'spring', :hash)")
DAY = datetime.date(2026, 11, 2)


def read(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_nobody_is_locked_out(engine: Engine) -> None:
    downgrade(engine, "0006")
    with engine.begin() as connection:
        connection.execute(USER, [{"id": 1, "name": "ana", "role": "policy_staff"}])
    upgrade(engine, "0007")
    found = read(engine, "SELECT kind, value FROM user_limits WHERE user_id = 1 ORDER BY kind")
    assert found == [(kind, "*") for kind in ("consultation", "country", "language", "region")]


def test_entries_that_were_there_keep_their_hash_and_the_next_follows(engine: Engine) -> None:
    downgrade(engine, "0006")
    before = b""
    with engine.begin() as connection:
        for what in ("opened", "closed"):
            before = hashlib.sha256(before + "\x1f".join((DAY.isoformat(), "ana", what, "spring")).encode()).digest()
            connection.execute(ENTRY, {"day": DAY, "what": what, "hash": before})
    upgrade(engine)
    with Session(engine) as session:
        assert checked(session).holds
        record(session, who="ana", what="unlocked", subject="spring", day=DAY)
        assert checked(session, before).holds


def test_going_back_leaves_accounts_and_entries(engine: Engine) -> None:
    downgrade(engine, "0006")
    with engine.begin() as connection:
        connection.execute(USER, [{"id": 1, "name": "ana", "role": "policy_staff"}])
    upgrade(engine)
    with Session(engine) as session:
        record(session, who="ana", what="opened", subject="spring", day=DAY)
        session.commit()
    downgrade(engine, "0006")
    assert read(engine, "SELECT name FROM users") == [("ana",)]
    assert read(engine, "SELECT what FROM audit_entries") == [("opened",)]
    upgrade(engine)
