"""A consultation whose paper was published before answers could be taken back is closed to that from the start."""

from __future__ import annotations

from sqlalchemy import Engine, text

from consultations.migrations import downgrade, upgrade

CONSULTATION = text(
    "INSERT INTO consultations (id, slug, status, questionnaire_id, keyring_id, title, asked_by, purpose, languages,"
    " statement, table_plan, retention_months, synthetic)"
    " VALUES (:id, :slug, 'draft', 1, 1, '{}', '{}', '{}', '[]', '{}', '[]', 24, false)"
)
PAPER = text(
    "INSERT INTO papers (id, consultation_id, sealed_draft, published, published_on)"
    " VALUES (:id, :of, '', :published, :day)"
)


def read(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def before(engine: Engine) -> None:
    downgrade(engine, "0002")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO keyrings (id, public_key) VALUES (1, '')"))
        connection.execute(
            text("INSERT INTO questionnaires (id, version, name, content) VALUES (1, 'f', 'Test', '{}')")
        )
        connection.execute(CONSULTATION, [{"id": 1, "slug": "told"}, {"id": 2, "slug": "quiet"}])
        for number, day in enumerate(("2026-12-02", "2026-12-01", None), 1):
            of, published = (1, "{}") if day else (2, None)
            connection.execute(PAPER, {"id": number, "of": of, "published": published, "day": day})


def test_the_day_is_that_of_the_first_paper(engine: Engine) -> None:
    before(engine)
    upgrade(engine, "0003")
    found = read(engine, "SELECT slug, published_on FROM consultations ORDER BY slug DESC")
    assert [(slug, str(day)) for slug, day in found] == [("told", "2026-12-01"), ("quiet", "None")]


def test_going_back_takes_drafts_and_withdrawals_along_and_leaves_consultations(engine: Engine) -> None:
    before(engine)
    upgrade(engine, "0003")
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO drafts (consultation_id, lookup, blob, expires_on) VALUES (1, '', '', '2026-12-03')")
        )
        connection.execute(text("INSERT INTO withdrawals (consultation_id, tag) VALUES (1, '')"))
    downgrade(engine, "0002")
    assert read(engine, "SELECT slug FROM consultations ORDER BY id") == [("told",), ("quiet",)]
    upgrade(engine)
    assert read(engine, "SELECT count(*) FROM drafts") == read(engine, "SELECT count(*) FROM withdrawals") == [(0,)]
