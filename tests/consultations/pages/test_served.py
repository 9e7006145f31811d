"""What is served says what it is, to nobody elsewhere; what is not meant to be served is not there."""

from __future__ import annotations

import pytest

from app import create_app

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def client(settings):
    app = create_app(settings)
    yield app.test_client()
    app.extensions["engine"].dispose()


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/nothing", "text/html; charset=utf-8"),
        ("/staff/sign-in", "text/html; charset=utf-8"),
        ("/static/member.css", "text/css; charset=utf-8"),
        ("/static/member.js", "text/javascript; charset=utf-8"),
    ],
)
def test_a_text_says_its_kind_and_its_letters(client, address, kind):
    with client.get(address) as response:
        assert response.headers["Content-Type"].replace("application/javascript", "text/javascript") == kind


@pytest.mark.parametrize("address", ["/", "/nothing", "/staff/sign-in", "/static/member.css"])
def test_no_other_site_may_read_a_page(client, address):
    with client.get(address, headers={"Origin": "https://elsewhere.example"}) as response:
        assert [name for name, _ in response.headers if name.startswith("Access-Control-")] == []


@pytest.mark.parametrize(
    "address",
    [
        "/.git/config",
        "/static/",
        "/static/../web.py",
        "/static/%2e%2e/web.py",
        "/static/..%2f..%2fsettings.py",
        "/instance/secret",
        "/app.py",
        "/static/../templates/staff/base.html",
        "/staff/../instance/secret",
    ],
)
def test_neither_folders_nor_sources_nor_the_secret_are_served(client, address):
    assert client.get(address, follow_redirects=True).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DELETE", "PUT", "PATCH"])
def test_methods_that_no_page_has_are_refused(client, method):
    for address in ("/", "/staff/sign-in", "/static/member.css"):
        response = client.open(address, method=method, headers={"X-Mine": "said again"})
        assert response.status_code in {400, 405}
        assert "said again" not in response.get_data(as_text=True)
