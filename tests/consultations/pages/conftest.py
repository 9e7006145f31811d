"""The application with two released consultations, for pages that look over the years."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app import create_app
from consultations.settings import Settings
from consultations.staff import stretching
from tests.consultations.pages.two_rounds import Desk, build


@pytest.fixture
def two_rounds(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    with made.extensions["sessions"].begin() as session:
        made.extensions["passphrases"] = build(session)
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def desk_of(two_rounds: Flask) -> Callable[[str], Desk]:
    """Opens a browser of somebody of `two_rounds.PEOPLE`."""
    return lambda name: Desk(two_rounds, name, two_rounds.extensions["passphrases"][name])
