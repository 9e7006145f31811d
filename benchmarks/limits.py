"""What nothing on this machine can beat: the framework's bare page, the database's bare durable commit."""

from __future__ import annotations

import secrets
import threading
import time

from benchmarks.crowd import at_once
from benchmarks.databases import folder
from benchmarks.serving import served
from benchmarks.wire import PHONE, Wire
from consultations.database import engine_for

SECONDS = 2.5
#: About as much as one sealed answer.
ROW_BYTES = 700


def bare_pages_a_second(concurrency: int, workers: int) -> float:
    """GETs of `benchmarks/bare.py`, under the setting that the product is served with."""
    with folder() as instance, served(instance, "sqlite://", workers, "benchmarks.bare:app") as server:
        ends = time.monotonic() + SECONDS

        def visit(number: int) -> int:
            wire, pages = Wire(server.port, more=PHONE), 0
            while time.monotonic() < ends:
                wire.get("/")
                pages += 1
            wire.close()
            return pages

        return sum(at_once(visit, concurrency)) / SECONDS


def commits_a_second(url: str, threads: int) -> float:
    """INSERT and COMMIT of one row, each thread on a connection of its own that is set up as the product's are."""
    engine = engine_for(url)
    binary = "BYTEA" if engine.dialect.name == "postgresql" else "BLOB"
    mark = "%s" if engine.dialect.name == "postgresql" else "?"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE bare (id {binary} PRIMARY KEY, content {binary})")
    ready = threading.Barrier(threads)

    def write(number: int) -> int:
        connection, rows = engine.raw_connection(), 0
        ready.wait()
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            row = (secrets.token_bytes(16), secrets.token_bytes(ROW_BYTES))
            connection.cursor().execute(f"INSERT INTO bare VALUES ({mark}, {mark})", row)  # noqa: S608 - our own words
            connection.commit()
            rows += 1
        connection.close()
        return rows

    total = sum(at_once(write, threads))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE bare")
    engine.dispose()
    return total / SECONDS
