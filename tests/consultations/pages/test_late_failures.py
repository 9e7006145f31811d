"""What the database refuses when the page is done reaches neither the log nor the reader in its own words."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from app import create_app
from consultations.pages.web import database
from consultations.settings import Settings
from consultations.staff.models import User

SECRET = "the harbour at night"


@pytest.fixture
def app(settings: Settings):
    made: Flask = create_app(settings)

    @made.get("/staff/late")
    def late() -> str:
        database().add(User(name=SECRET, role="translator", language="en", active=True))
        return "done"

    late.access = "public"  # as `@public` marks it
    yield made
    made.extensions["engine"].dispose()


def test_a_refused_commit_is_logged_by_kind_and_place_alone(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = app.test_client().get("/staff/late")
    assert response.status_code == 500
    assert "IntegrityError at" in caplog.text
    assert SECRET not in caplog.text + response.get_data(as_text=True)


def test_the_page_about_it_has_the_headers_of_every_page(app: Flask) -> None:
    response = app.test_client().get("/staff/late")
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Something went wrong on our side" in response.get_data(as_text=True)
