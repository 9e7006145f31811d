"""Every address says who may enter, and a page for staff is closed to everyone else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from consultations.pages.web import ANY_STAFF, PUBLIC
from consultations.settings import Settings
from consultations.staff.roles import Permission

POLICY = "default-src 'none'"


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    made.testing = True
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def rules(app: Flask) -> list[tuple[str, str, str]]:
    """(endpoint, an address, access) of every rule but static files, with made-up values for its variables."""
    adapter = app.url_map.bind("localhost")
    made_up = {"language": "en", "paper_language": "en", "slug": "nothing"}
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        values = {
            name: made_up.get(name, "1" if "int" in str(rule._converters[name]) else "ab") for name in rule.arguments
        }
        values = {
            name: 1 if type(rule._converters[name]).__name__ == "IntegerConverter" else value
            for name, value in values.items()
        }
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        found.append((method, adapter.build(rule.endpoint, values, method=method), access))
    return found


def test_every_address_says_who_may_enter(app: Flask) -> None:
    known = {PUBLIC, ANY_STAFF, *Permission}
    assert [(address, access) for _, address, access in rules(app) if access not in known] == []


def test_staff_pages_lead_strangers_to_the_sign_in(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for method, address, access in rules(app):
        if access == PUBLIC:
            continue
        response = client.open(address, method=method)
        assert response.status_code == 302, address
        assert response.headers["Location"].startswith("/staff/sign-in"), address


def test_only_addresses_under_staff_are_for_staff(app: Flask) -> None:
    assert [address for _, address, access in rules(app) if access != PUBLIC and not address.startswith("/staff")] == []


def test_public_pages_set_no_cookie_and_allow_nothing_from_elsewhere(app: Flask, client: FlaskClient) -> None:
    for method, address, access in rules(app):
        if access != PUBLIC or address.startswith("/staff"):
            continue
        response = client.open(address, method=method)
        assert "Set-Cookie" not in response.headers, address
        assert response.headers["Content-Security-Policy"].startswith(POLICY), address
        assert response.headers["X-Content-Type-Options"] == "nosniff", address
        assert response.headers["Cache-Control"] == "no-store", address


def test_an_address_that_does_not_exist_gets_a_plain_page(client: FlaskClient) -> None:
    for address in ("/nothing", "/staff/nothing"):
        response = client.get(address, follow_redirects=True)
        assert response.status_code == 404
        assert response.mimetype == "text/html"
