"""Accounts that were there before second factors have none, and going back leaves them as they were."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from consultations.migrations import downgrade, upgrade

USER = (
    "INSERT INTO users (id, name, role, language, salt, auth_hash, public_key, wrapped_private_key,"
    " recovery_wrapped_private_key, active) VALUES (1, 'maria', 'policy_staff', 'es', '', '', '', '', '', true)"
)
CODE = "INSERT INTO recovery_codes (user_id, number, hash) VALUES (1, {}, '')"


def run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def count(engine: Engine, table: str) -> int | None:
    with engine.connect() as connection:
        return connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - names of our own tables


def test_accounts_that_were_there_have_no_second_factor(engine: Engine) -> None:
    downgrade(engine, "0005")
    run(engine, USER)
    upgrade(engine, "0006")
    tables = ("one_time_secrets", "passkeys", "recovery_codes", "pending_sign_ins", "sign_in_notices")
    assert [count(engine, table) for table in tables] == [0] * 5


def test_going_back_takes_second_factors_along_and_leaves_accounts(engine: Engine) -> None:
    downgrade(engine, "0005")
    run(engine, USER)
    upgrade(engine, "0006")
    run(engine, CODE.format(1), "INSERT INTO passkeys (user_id, sealed) VALUES (1, '')")
    downgrade(engine, "0005")
    assert count(engine, "users") == 1
    upgrade(engine, "0006")
    assert count(engine, "recovery_codes") == count(engine, "passkeys") == 0


def test_an_eleventh_code_has_no_place(engine: Engine) -> None:
    downgrade(engine, "0006")
    run(engine, USER, CODE.format(10))
    with pytest.raises(IntegrityError):
        run(engine, CODE.format(11))
