"""Nothing that a person wrote, and nothing that names them, reaches a log."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from app import create_app
from consultations.settings import Settings

SECRET = "I live at the harbour"


@pytest.fixture
def app(settings: Settings):
    made: Flask = create_app(settings)

    @made.get("/staff/broken")
    def broken() -> str:
        raise ValueError(SECRET)

    broken.access = "public"  # as `@public` marks it
    yield made
    made.extensions["engine"].dispose()


def test_a_failure_is_logged_by_kind_and_place_without_its_words(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = app.test_client().get("/staff/broken", headers={"X-Forwarded-For": "192.0.2.7"})
    assert response.status_code == 500
    assert "ValueError at" in caplog.text
    assert SECRET not in caplog.text + response.get_data(as_text=True)
    assert "192.0.2.7" not in caplog.text


def test_what_is_typed_at_the_sign_in_is_not_logged(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with caplog.at_level(logging.DEBUG):
        response = app.test_client().post("/staff/sign-in", data={"name": SECRET, "passphrase": SECRET})
    assert response.status_code == 403
    assert SECRET not in caplog.text
