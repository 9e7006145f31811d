"""Snapshots that were there stay as they are; jobs and parts of snapshots go with what they belong to."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy import table as sql_table

from consultations.migrations import downgrade, upgrade

SNAPSHOT = (
    "INSERT INTO keyrings (id, public_key, to_turn) VALUES (1, '', false)",
    "INSERT INTO questionnaires (id, version, name, content, region_from_code) VALUES (1, 'f', 'Test', '{}', false)",
    "INSERT INTO consultations (id, slug, status, questionnaire_id, keyring_id, title, asked_by, purpose, languages,"
    " statement, table_plan, retention_months, synthetic, invited, invitation_quota)"
    " VALUES (1, 'old', 'draft', 1, 1, '{}', '{}', '{}', '[]', '{}', '[]', 24, false, false, 50)",
    "INSERT INTO snapshots (consultation_id, size, blob) VALUES (1, 3, 'one block')",
)


def run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(sql_table(table))).scalar_one())


def test_a_snapshot_in_one_block_stays(engine: Engine) -> None:
    downgrade(engine, "0008")
    run(engine, *SNAPSHOT)
    upgrade(engine)
    downgrade(engine, "0008")
    upgrade(engine)
    assert (count(engine, "snapshots"), count(engine, "snapshot_parts")) == (1, 0)


def test_parts_are_not_thrown_away_by_going_back(engine: Engine) -> None:
    run(engine, *SNAPSHOT, "INSERT INTO snapshot_parts (consultation_id, number, sealed) VALUES (1, 0, 'part')")
    with pytest.raises(RuntimeError, match="in parts"):
        downgrade(engine, "0008")
    run(engine, "DELETE FROM snapshots")
    assert count(engine, "snapshot_parts") == 0
    downgrade(engine, "0008")


def test_keys_go_with_their_job_and_with_their_worker(engine: Engine) -> None:
    job = "INSERT INTO jobs (id, kind, subject, asked_by, state, needs_key, tries, problem, day)"
    run(
        engine,
        "INSERT INTO workers (id, public_key, seen_at) VALUES ('w', '', '2026-11-23 00:00:00')",
        f"{job} VALUES ('j', 'unlock', 1, '', 'waiting', true, 0, '', '2026-11-23')",
        f"{job} VALUES ('k', 'unlock', 1, '', 'waiting', true, 0, '', '2026-11-23')",
        "INSERT INTO job_keys (job_id, worker_id, sealed_key) VALUES ('j', 'w', ''), ('k', 'w', '')",
        "DELETE FROM jobs WHERE id = 'k'",
    )
    assert count(engine, "job_keys") == 1
    run(engine, "DELETE FROM workers")
    assert count(engine, "job_keys") == 0
