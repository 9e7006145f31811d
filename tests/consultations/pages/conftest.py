"""The application with two released consultations, for pages over the years; made once, put back for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from consultations.database import engine_for
from consultations.migrations import upgrade
from consultations.settings import Settings
from consultations.staff import stretching
from tests.consultations.pages.two_rounds import Desk, build


@dataclass(frozen=True, slots=True)
class House:
    """An application, its database's folder, and everybody's passphrase by name."""

    app: Flask
    folder: Path
    passphrases: dict[str, str]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("two_rounds")
    url = f"sqlite:///{folder / 'now.sqlite'}"
    engine = engine_for(url)
    upgrade(engine)
    engine.dispose()
    made = create_app(Settings(url, folder, b"\x07" * 32, https=False, trusted_hosts=(), upload_limit_mib=10))
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    with pytest.MonkeyPatch.context() as patch, made.extensions["sessions"].begin() as session:
        patch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
        passphrases = build(session)
    with made.extensions["engine"].connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    made.extensions["engine"].dispose()
    shutil.copyfile(folder / "now.sqlite", folder / "before.sqlite")
    yield House(made, folder, passphrases)
    made.extensions["engine"].dispose()


@pytest.fixture
def two_rounds(house: House, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)
    house.app.extensions["engine"].dispose()
    for left in house.folder.glob("now.sqlite-*"):
        left.unlink()
    shutil.copyfile(house.folder / "before.sqlite", house.folder / "now.sqlite")
    return house.app


@pytest.fixture
def desk_of(two_rounds: Flask, house: House) -> Callable[[str], Desk]:
    """Opens a browser of somebody of `two_rounds.PEOPLE`."""
    return lambda name: Desk(two_rounds, name, house.passphrases[name])
