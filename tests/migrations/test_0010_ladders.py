"""Consultations that were there have no ladders of their own, and new ones have theirs."""

from __future__ import annotations

import json

from sqlalchemy import Engine, text

from consultations.migrations import downgrade, upgrade

CONSULTATION = (
    "INSERT INTO consultations (id, slug, status, questionnaire_id, keyring_id, title, asked_by, purpose, languages,"
    " leave_to, statement, table_plan, retention_months, synthetic, invited, invitation_quota)"
    " VALUES (1, 'a', 'draft', 1, 1, '{}', '{}', '{}', '[]', '{}', '{}', '[\"setting\"]', 24, false, false, 50)"
)
ROWS = (
    "INSERT INTO keyrings (id, public_key, to_turn) VALUES (1, '', false)",
    "INSERT INTO questionnaires (id, version, name, content, region_from_code) VALUES (1, 'f', 'Test', '{}', false)",
    CONSULTATION,
)


def read(engine: Engine, statement: str) -> object:
    with engine.connect() as connection:
        found = connection.execute(text(statement)).scalar_one()
    return json.loads(found) if isinstance(found, str) else found


def test_consultations_that_were_there_have_no_ladders_and_keep_their_plan(engine: Engine) -> None:
    downgrade(engine, "0009")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    upgrade(engine, "0010")
    assert read(engine, "SELECT ladders FROM consultations") == {}
    downgrade(engine, "0009")
    assert read(engine, "SELECT table_plan FROM consultations") == ["setting"]
