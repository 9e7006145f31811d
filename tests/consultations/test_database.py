"""Databases: durable, overwriting what is deleted, and in UTC, whichever engine it is."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import Column, MetaData, Table, inspect, select, text
from sqlalchemy.exc import OperationalError

import consultations.analysis.models
import consultations.fieldwork.models
import consultations.papers.models
import consultations.responses.models  # noqa: F401 - all tables are looked at below
from consultations.database import Base, UtcDateTime, engine_for


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("temp_store", 2)],
)
def test_sqlite_keeps_what_it_acknowledges_and_overwrites_what_it_forgets(engine, pragma, value):
    with engine.connect() as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_new_file_and_its_log_are_their_owner_s_alone(tmp_path):
    engine = engine_for(f"sqlite:///{tmp_path / 'network.sqlite'}")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE something (id INTEGER)")
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    engine.dispose()
    assert modes == dict.fromkeys(("network.sqlite", "network.sqlite-wal", "network.sqlite-shm"), 0o600)


def test_a_folder_that_is_not_there_is_sqlite_s_to_complain_of(tmp_path):
    with pytest.raises(OperationalError, match="unable to open"):
        engine_for(f"sqlite:///{tmp_path / 'nowhere' / 'network.sqlite'}").connect()


def test_a_url_without_a_driver_uses_psycopg_3():
    assert engine_for("postgresql://somewhere/network").dialect.driver == "psycopg"


def test_a_moment_comes_back_aware_and_in_utc(engine):
    table = Table("moments", MetaData(), Column("at", UtcDateTime))
    noon = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))
    with engine.connect() as connection:
        table.create(connection)
        connection.execute(table.insert(), [{"at": noon}, {"at": None}])
        found = connection.scalars(select(table.c.at).order_by(table.c.at.is_(None))).all()
        connection.rollback()
    assert found == [noon, None]
    assert found[0].utcoffset() == datetime.timedelta(0)


def test_migrations_made_every_table_that_models_speak_of(engine):
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())


def test_every_constraint_has_a_name_that_migrations_can_rely_on():
    unnamed = [
        (table.name, constraint)
        for table in Base.metadata.sorted_tables
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert unnamed == []
