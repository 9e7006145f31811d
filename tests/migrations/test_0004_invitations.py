"""What was there before invitations came stays as it was: open to all, on the shelf."""

from __future__ import annotations

from sqlalchemy import Engine, text

from consultations.migrations import downgrade, upgrade

ROWS = (
    "INSERT INTO keyrings (id, public_key) VALUES (1, '')",
    "INSERT INTO questionnaires (id, version, name, content) VALUES (1, 'f', 'Test', '{}')",
    "INSERT INTO consultations (id, slug, status, questionnaire_id, keyring_id, title, asked_by, purpose, languages,"
    " statement, table_plan, retention_months, synthetic)"
    " VALUES (1, 'old', 'draft', 1, 1, '{}', '{}', '{}', '[]', '{}', '[]', 24, false)",
)


def read(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_consultations_that_were_there_are_open_to_all(engine: Engine) -> None:
    downgrade(engine, "0003")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    upgrade(engine, "0004")
    assert read(engine, "SELECT invited, invitation_quota FROM consultations") == [(False, 50)]
    assert read(engine, "SELECT region_from_code FROM questionnaires") == [(False,)]


def test_going_back_takes_codes_along_and_leaves_consultations(engine: Engine) -> None:
    downgrade(engine, "0003")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    upgrade(engine, "0004")
    with engine.begin() as connection:
        code = "INSERT INTO invitations (consultation_id, hash, region) VALUES (1, '', 'africa')"
        connection.execute(text(code))
    downgrade(engine, "0003")
    assert read(engine, "SELECT slug FROM consultations") == [("old",)]
    upgrade(engine)
    assert read(engine, "SELECT count(*) FROM invitations") == [(0,)]
