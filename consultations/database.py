"""The database: its engine, its sessions, and what every table has in common."""

from __future__ import annotations

import contextlib
import datetime
import os
from typing import Any

from sqlalchemy import JSON, DateTime, Engine, LargeBinary, MetaData, TypeDecorator, create_engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime.datetime]):
    """An aware moment in UTC, also in SQLite, which forgets time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        return None if value is None else value.astimezone(datetime.UTC)

    def process_result_value(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=datetime.UTC)


class Base(DeclarativeBase):
    """What every model inherits: constraint names that migrations can rely on, and the column types of the house."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        dict[str, str]: JSON,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[Any]: JSON,
        bytes: LargeBinary,
        datetime.datetime: UtcDateTime,
    }


def engine_for(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL; URLs that say only `postgresql://` use psycopg 3.

    What it says of a failure never shows the values of a statement.
    """
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=8, hide_parameters=True)
    engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True)
    event.listen(engine, "do_connect", _keep_file_to_its_owner)
    event.listen(engine, "connect", _harden_sqlite)
    return engine


def _keep_file_to_its_owner(
    dialect: Dialect, record: ConnectionPoolEntry, arguments: list[Any], more: dict[str, Any]
) -> None:
    """Make the file, where it is not there yet, readable by its owner alone; SQLite's log takes its mode from it."""
    file = str(arguments[0])
    if file != ":memory:" and not file.startswith("file:"):
        with contextlib.suppress(OSError):  # what is the matter SQLite says itself
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _harden_sqlite(connection: Any, record: ConnectionPoolEntry) -> None:
    """Durable before it is acknowledged, deleted means overwritten, nothing spills into a temporary file."""
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "busy_timeout = 30000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def session_maker(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine, expire_on_commit=False)
