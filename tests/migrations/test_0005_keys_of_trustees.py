"""A snapshot's key moves to a table of its own and back; interviews stay readable as they are."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, LargeBinary, bindparam, text

from consultations.migrations import downgrade, upgrade

KEY, BLOB, ID = b"\x00\x01sealed key\xff", b"\x02blob", b"\x07" * 16
ROWS = (
    "INSERT INTO keyrings (id, public_key) VALUES (1, 'public')",
    "INSERT INTO questionnaires (id, version, name, content, region_from_code) VALUES (1, 'f', 'Test', '{}', false)",
    "INSERT INTO consultations (id, slug, status, questionnaire_id, keyring_id, title, asked_by, purpose, languages,"
    " statement, table_plan, retention_months, synthetic, leave_to)"
    " VALUES (1, 'old', 'draft', 1, 1, '{}', '{}', '{}', '[]', '{}', '[]', 24, false, '{}')",
    "INSERT INTO countries (code, region) VALUES ('KE', 'africa')",
    "INSERT INTO case_studies (id, consultation_id, country_code, keyring_id, sealed_summary)"
    " VALUES (1, 1, 'KE', 1, '')",
)
USER = (
    "INSERT INTO users (id, name, role, language, salt, auth_hash, public_key, wrapped_private_key,"
    " recovery_wrapped_private_key, active) VALUES (7, 'dora', 'administrator', 'en', :id, :id, :id, :id, :id, true)"
)
BYTES = [bindparam(name, type_=LargeBinary) for name in ("id", "key", "blob")]


def insert(engine: Engine, statement: str, **values: bytes) -> None:
    bound = [each for each in BYTES if f":{each.key}" in statement]
    with engine.begin() as connection:
        connection.execute(text(statement).bindparams(*bound), values)


def before(engine: Engine) -> None:
    downgrade(engine, "0004")
    for row in ROWS:
        insert(engine, row)
    snapshot = "INSERT INTO snapshots (consultation_id, size, sealed_key, blob) VALUES (1, 2, :key, :blob)"
    insert(engine, snapshot, key=KEY, blob=BLOB)
    insert(engine, "INSERT INTO interviews (id, case_study_id, sealed_body) VALUES (:id, 1, :blob)", id=ID, blob=BLOB)


def read(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(statement))]
    return [tuple(bytes(each) if isinstance(each, memoryview) else each for each in row) for row in rows]


def test_a_snapshot_s_key_moves_to_a_table_of_keys(engine: Engine) -> None:
    before(engine)
    upgrade(engine, "0005")
    assert read(engine, "SELECT consultation_id, sealed_key FROM snapshot_keys") == [(1, KEY)]
    assert read(engine, "SELECT consultation_id, size, blob FROM snapshots") == [(1, 2, BLOB)]


def test_interviews_that_were_there_have_no_key_yet_and_keyrings_wait_for_nobody(engine: Engine) -> None:
    before(engine)
    upgrade(engine, "0005")
    assert read(engine, "SELECT id, sealed_body FROM interviews") == [(ID, BLOB)]
    assert read(engine, "SELECT count(*) FROM interview_keys") == [(0,)]
    assert [bool(turn) for (turn,) in read(engine, "SELECT to_turn FROM keyrings")] == [False]


def test_a_recovery_key_outlives_the_account_that_made_it(engine: Engine) -> None:
    before(engine)
    upgrade(engine, "0005")
    insert(engine, USER, id=ID)
    insert(
        engine,
        "INSERT INTO recovery_keys (id, public_key, made_on, made_by) VALUES (1, :key, '2026-11-02', 7)",
        key=KEY,
    )
    insert(engine, "DELETE FROM users")
    assert read(engine, "SELECT id, public_key, made_by FROM recovery_keys") == [(1, KEY, None)]


def test_going_back_puts_the_snapshot_s_key_beside_its_blob_again(engine: Engine) -> None:
    before(engine)
    upgrade(engine, "0005")
    downgrade(engine, "0004")
    assert read(engine, "SELECT consultation_id, size, sealed_key, blob FROM snapshots") == [(1, 2, KEY, BLOB)]


def test_going_back_is_refused_where_interviews_would_be_lost(engine: Engine) -> None:
    before(engine)
    upgrade(engine, "0005")
    insert(engine, "INSERT INTO interview_keys (interview_id, sealed_key) VALUES (:id, :key)", id=ID, key=KEY)
    with pytest.raises(RuntimeError, match="open no more"):
        downgrade(engine, "0004")
    assert read(engine, "SELECT sealed_key FROM interview_keys") == [(KEY,)]


def test_a_snapshot_s_and_an_interview_s_key_go_with_them(engine: Engine) -> None:
    before(engine)
    upgrade(engine, "0005")
    insert(engine, "INSERT INTO interview_keys (interview_id, sealed_key) VALUES (:id, :key)", id=ID, key=KEY)
    insert(engine, "DELETE FROM interviews")
    insert(engine, "DELETE FROM snapshots")
    assert read(engine, "SELECT (SELECT count(*) FROM interview_keys), (SELECT count(*) FROM snapshot_keys)") == [
        (0, 0)
    ]
