"""Consultations that were there have no imported answers; the way back leaves them as they were."""

from __future__ import annotations

from sqlalchemy import Engine, inspect, text

from consultations.migrations import downgrade, upgrade
from tests.migrations.test_0010_ladders import ROWS


def test_consultations_that_were_there_imported_nothing_and_survive_the_way_back(engine: Engine) -> None:
    downgrade(engine, "0009")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    upgrade(engine, "0013")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT imported_answers FROM consultations")).scalar_one() == 0
        connection.execute(text("INSERT INTO imported_files (consultation_id, digest) VALUES (1, '\x01')"))
        connection.execute(text("INSERT INTO remembered_mappings VALUES (1, '\x01', '[]', '{}')"))
    downgrade(engine, "0012")
    assert not {"imported_files", "remembered_mappings"} & set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        assert connection.execute(text("SELECT slug FROM consultations")).scalar_one() == "a"
