"""Brings a database to the shape that the models need, one numbered and reversible step at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from consultations.database import Base


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to `revision`: all steps or, where one fails, none."""
    with _whole(engine) as connection:
        command.upgrade(configured(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take the database back down to `revision`: all steps or, where one fails, none."""
    with _whole(engine) as connection:
        command.downgrade(configured(connection), revision)


@contextmanager
def _whole(engine: Engine) -> Iterator[Connection]:
    """A connection on which everything is done or nothing is."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # Python's driver begins a transaction at the first changed row only: changed tables would stay.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def new_tables(engine: Engine) -> None:
    """All tables as the models describe them, empty, in a database that has none: sooner there than step by step."""
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        command.stamp(configured(connection), "head")


def configured(connection: object) -> Config:
    """An Alembic configuration that works on `connection`."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
