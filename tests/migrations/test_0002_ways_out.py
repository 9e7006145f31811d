"""Consultations that were there before lead out to the default of each language."""

from __future__ import annotations

import json

from sqlalchemy import Engine, text

from consultations.migrations import downgrade, upgrade

ROWS = (
    "INSERT INTO keyrings (id, public_key) VALUES (1, '')",
    "INSERT INTO questionnaires (id, version, name, content) VALUES (1, 'f', 'Test', '{}')",
    "INSERT INTO consultations (id, slug, status, questionnaire_id, keyring_id, title, asked_by, purpose, languages,"
    " statement, table_plan, retention_months, synthetic)"
    " VALUES (1, 'old', 'draft', 1, 1, '{}', '{}', '{}', '[]', '{}', '[]', 24, false)",
)


def test_consultations_that_were_there_have_chosen_no_site(engine: Engine) -> None:
    downgrade(engine, "0001")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    upgrade(engine, "0002")
    with engine.connect() as connection:
        chosen = connection.execute(text("SELECT leave_to FROM consultations")).scalar_one()
    assert (json.loads(chosen) if isinstance(chosen, str) else chosen) == {}


def test_going_back_leaves_consultations(engine: Engine) -> None:
    downgrade(engine, "0001")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    upgrade(engine, "0002")
    downgrade(engine, "0001")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT slug FROM consultations")).scalar_one() == "old"
