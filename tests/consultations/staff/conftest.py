"""A database of its own for each test of accounts, sessions and key rings."""

import datetime

import pytest

from consultations.database import engine_for, session_maker
from consultations.migrations import upgrade
from consultations.staff import stretching


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what Argon2id costs is tested in test_stretching alone
    engine = engine_for(f"sqlite:///{tmp_path / 'staff.sqlite'}")
    upgrade(engine)
    with session_maker(engine)() as session:
        yield session
    engine.dispose()


@pytest.fixture
def now():
    return datetime.datetime(2026, 12, 17, 9, 0, tzinfo=datetime.UTC)
