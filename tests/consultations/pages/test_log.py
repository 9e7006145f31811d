"""Nothing that a person wrote, and nothing that names them, reaches a log."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from app import create_app
from consultations.settings import Settings
from exports.pdf import written

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


STAFF_FORMS = (
    "/staff/sign-in",
    "/staff/recover",
    "/staff/questionnaires/",
    "/staff/people/",
    "/staff/account",
    "/staff/nothing",
)


@pytest.mark.parametrize("address", STAFF_FORMS)
def test_what_is_typed_or_sent_with_any_page_of_staff_is_not_logged(
    app: Flask, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    headers = {"User-Agent": SECRET, "Referer": f"http://localhost/{SECRET}", "X-Forwarded-For": "192.0.2.7"}
    fields = dict.fromkeys(("name", "passphrase", "recovery_key", "code", "language"), SECRET)
    with caplog.at_level(logging.DEBUG):
        app.test_client().post(address, data=fields, headers=headers, query_string={"language": SECRET})
    for kept in (SECRET, SECRET.split()[-1], "192.0.2.7", "127.0.0.1"):
        assert kept not in caplog.text


def test_a_paper_that_cannot_be_drawn_is_not_told_word_for_word(caplog: pytest.LogCaptureFixture) -> None:
    """WeasyPrint, fontTools and Pillow log what they meet; nothing of it reaches the server's own output."""
    with caplog.at_level(logging.WARNING):
        written(f"<html lang=en><title>t</title><p style='color: {SECRET}'>{SECRET}</p></html>", ("paper.css",))
    server = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.getMessage() for record in server] == []
