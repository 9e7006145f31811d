"""What tests of accounts, sessions and key rings share."""

import datetime

import pytest

from consultations.staff import stretching


@pytest.fixture
def session(session, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what Argon2id costs is tested in test_stretching alone
    return session


@pytest.fixture
def now():
    return datetime.datetime(2026, 12, 17, 9, 0, tzinfo=datetime.UTC)
