"""The staff cookie: bound to its host over HTTPS, and nothing that a member's page could read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import session

from app import create_app
from consultations.pages.staff_cookie import OVER_HTTPS

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def app(settings, request):
    made = create_app(replace(settings, https=getattr(request, "param", True)))
    yield made
    made.extensions["engine"].dispose()


def cookie_of(answer) -> tuple[str, set[str]]:
    first, *attributes = answer.headers["Set-Cookie"].split("; ")
    return first.partition("=")[0], set(attributes)


def test_over_https_no_other_host_can_set_the_staff_cookie(app):
    answer = app.test_client().get("/staff/sign-in", base_url="https://localhost")
    assert cookie_of(answer) == ("__Host-staff", {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"})


@pytest.mark.parametrize("app", [False], indirect=True)
def test_in_a_trial_without_https_the_cookie_stays_under_staff(app):
    answer = app.test_client().get("/staff/sign-in")
    assert cookie_of(answer) == ("staff", {"HttpOnly", "Path=/staff", "SameSite=Strict"})


@pytest.mark.parametrize("address", ["/", "/en/", "/c/none/", "/c/none/en/", "/static/member.css", "/staffroom"])
def test_outside_staff_there_is_no_session_whatever_the_browser_sends(app, address):
    seen = []
    app.before_request(lambda: seen.append(dict(session)))
    client = app.test_client()
    client.get("/staff/sign-in", base_url="https://localhost")
    answer = client.get(address, base_url="https://localhost", buffered=True)
    assert client.get_cookie(OVER_HTTPS) is not None
    assert seen[1:] == [{}]
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_members_page_is_the_same_with_the_staff_cookie_and_without_it(app):
    signed_in, stranger = app.test_client(), app.test_client()
    signed_in.get("/staff/sign-in", base_url="https://localhost")
    pages = [client.get("/en/", base_url="https://localhost") for client in (signed_in, stranger)]
    assert pages[0].data == pages[1].data
    assert list(pages[0].headers) == list(pages[1].headers)


def test_a_members_page_cannot_write_into_the_session(app):
    app.before_request(lambda: session.update(token="planted"))
    app.testing = True
    with pytest.raises(RuntimeError):
        app.test_client().get("/en/")
