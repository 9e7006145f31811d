"""What a raid leaves an attacker with: files as they lie there, and every value of the database."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, MetaData, create_engine, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from consultations.database import engine_for
from consultations.registry.importing import load_countries
from consultations.registry.models import Organisation
from tests.attacks.browsing import Browser, Ledger
from tests.attacks.filled_with import PUBLIC
from tests.attacks.filling import Filling
from tests.attacks.serving import Server

#: Pages at the same endpoint have the same fields: so many of them are looked at, with each account.
_MOST_OF_A_KIND = 3


@dataclass(frozen=True, slots=True)
class Seized:
    """An installation after the raid."""

    server: Server
    ledger: Ledger = field(repr=False)
    #: Folders and files.
    files: tuple[Path, ...]
    #: (table, column, value) of everything.
    values: tuple[tuple[str, str, object], ...] = field(repr=False)
    #: The server's log, word for word.
    log: str = field(repr=False)


def endpoints(app: Flask) -> dict[str, str]:
    """Every address that can be opened -> its endpoint."""
    return {rule.rule: rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def ledger_of(app: Flask) -> Ledger:
    def endpoint_of(path: str) -> str:
        address = app.url_map.bind("127.0.0.1")
        for method in ("GET", "POST"):
            try:
                return str(address.match(path, method=method)[0])
            except HTTPException:
                continue
        return "no page of ours"

    return Ledger(PUBLIC, endpoint_of)


def prepared(server: Server) -> None:
    """Tables, countries and one member organisation: what is there before anybody types anything."""
    server.command("database", "upgrade")
    engine = engine_for(server.database_url)
    with Session(engine) as session:
        load_countries(session)
        session.add(Organisation(name="An organisation", country_code="KE", language="en"))
        session.commit()
    engine.dispose()


def filled(server: Server, ledger: Ledger) -> None:
    """Fill it, look at every page that the fillers reach, write a backup, and pull the plug."""
    prepared(server)
    server.start()
    try:
        filling = Filling(server, ledger)
        filling.run()
        for desk in filling.desks.values():
            walk(desk, "/staff/")
        walk(filling.browser(), "/")
        server.command("database", "backup", str(server.folder / "backup.sqlite"))
    finally:
        server.kill()


def walk(desk: Browser, start: str) -> None:
    """Open what links lead to, from the page at `start` on: a few pages of each kind."""
    waiting, met = [start], {start}
    opened: Counter[str] = Counter()
    while waiting:
        address = waiting.pop(0)
        kind = desk.ledger.endpoint_of(address.partition("?")[0])
        opened[kind] += 1
        if opened[kind] > _MOST_OF_A_KIND:
            continue
        desk.open(desk.address + address)
        inside = [link for link in desk.links() if link.startswith("/") and not link.endswith((".pdf", ".zip"))]
        for link in (link.partition("#")[0] for link in inside):
            if link not in met:
                met.add(link)
                waiting.append(link)


def values_of(engine: Engine) -> Iterator[tuple[str, str, object]]:
    """Every value of every table that the database lists, ours or not."""
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for column, value in row.items():
                    shown = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
                    yield table.name, str(column), shown


def copied(database: Path, into: Path) -> Engine:
    """A copy of an SQLite file with what lies beside it: opening the original would empty its log."""
    into.mkdir()
    for file in database.parent.glob(f"{database.name}*"):
        shutil.copy(file, into / file.name)
    return create_engine(f"sqlite:///{into / database.name}")
