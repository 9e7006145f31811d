"""Case studies that were there are kept for two years from a day that is known, and keep their interviews."""

from __future__ import annotations

import datetime

from sqlalchemy import Engine, text

from consultations.migrations import downgrade, upgrade

TEXTS = "'{}', '{}', '{}', '[]', '{}', '{}', '[]', 24, false"
CONSULTATION = (
    "INSERT INTO consultations (id, slug, status, questionnaire_id, keyring_id, opened_on, title, asked_by, purpose,"
    " languages, leave_to, statement, table_plan, retention_months, synthetic, invited, invitation_quota)"
)
CASE_STUDY = "INSERT INTO case_studies (id, consultation_id, country_code, keyring_id, sealed_summary)"
ROWS = (
    "INSERT INTO keyrings (id, public_key, to_turn) VALUES (1, '', false)",
    "INSERT INTO questionnaires (id, version, name, content, region_from_code) VALUES (1, 'f', 'Test', '{}', false)",
    "INSERT INTO countries (code, region) VALUES ('KE', 'africa')",
    f"{CONSULTATION} VALUES (1, 'opened', 'open', 1, 1, '2026-05-04', {TEXTS}, false, 50)",
    f"{CONSULTATION} VALUES (2, 'draft', 'draft', 1, 1, NULL, {TEXTS}, false, 50)",
    f"{CASE_STUDY} VALUES (1, 1, 'KE', 1, '')",
    f"{CASE_STUDY} VALUES (2, 2, 'KE', 1, '')",
    "INSERT INTO interviews (id, case_study_id, sealed_body) VALUES ('0123456789abcdef', 1, 'sealed')",
)


def read(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_case_studies_that_were_there_get_a_day_and_keep_their_interviews(engine: Engine) -> None:
    downgrade(engine, "0007")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    upgrade(engine, "0008")
    found = read(engine, "SELECT retention_months, opened_on FROM case_studies ORDER BY id")
    assert [(months, str(day)) for months, day in found] == [
        (24, "2026-05-04"),
        (24, str(datetime.datetime.now(datetime.UTC).date())),
    ]
    downgrade(engine, "0007")
    assert read(engine, "SELECT count(*) FROM interviews") == [(1,)]
