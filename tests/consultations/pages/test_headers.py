"""Headers: members' pages say nothing of themselves elsewhere, and tell Tor Browser of their onion address."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import request

from app import create_app

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ONION = f"{'a2' * 28}.onion"


@pytest.fixture
def client_with(settings):
    made = []

    def client(**changed):
        made.append(create_app(replace(settings, **changed)))
        return made[-1].test_client()

    yield client
    for app in made:
        app.extensions["engine"].dispose()


def test_no_other_site_learns_where_a_member_was(client_with):
    client = client_with()
    assert client.get("/").headers["Referrer-Policy"] == "no-referrer"
    assert client.get("/staff/sign-in").headers["Referrer-Policy"] == "same-origin"


def test_only_our_own_scripts_run_and_none_that_stands_in_a_page(client_with):
    policy = client_with().get("/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';script-src 'self';")
    assert "unsafe" not in policy


def test_tor_browser_is_told_of_the_same_page_at_the_onion_address(client_with):
    client = client_with(onion_address=ONION, https=True)
    assert client.get("/fr/").headers["Onion-Location"] == f"http://{ONION}/fr/"


@pytest.mark.parametrize(
    ("address", "host", "https"),
    [
        ("/", "ask.example.org", False),
        ("/", ONION, True),
        ("/c/none/", "localhost", True),
        ("/staff/sign-in", "a", True),
    ],
)
def test_nothing_is_told_where_tor_browser_would_not_read_it(client_with, address, host, https):
    client = client_with(onion_address=ONION, https=https)
    assert "Onion-Location" not in client.get(address, headers={"Host": host}).headers


def test_the_onion_address_is_trusted_beside_the_hosts_that_are(client_with):
    client = client_with(onion_address=ONION, trusted_hosts=("ask.example.org",))
    statuses = {
        host: client.get("/", headers={"Host": host}).status_code for host in ("ask.example.org", ONION, "evil")
    }
    assert statuses == {"ask.example.org": 200, ONION: 200, "evil": 400}


def test_a_host_that_is_not_trusted_is_refused_also_where_pages_name_an_onion_address(client_with):
    client = client_with(onion_address=ONION, trusted_hosts=("ask.example.org",), https=True)
    answer = client.get("/", headers={"Host": "evil.example"})
    assert (answer.status_code, "evil" in answer.get_data(as_text=True)) == (400, False)
    assert "Onion-Location" not in answer.headers


def test_an_address_without_its_last_slash_is_led_on_without_naming_the_host_that_was_asked(client_with):
    answer = client_with().get("/fr?a=1", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["Location"]) == (308, "/fr/?a=1")


@pytest.mark.parametrize(("proxies", "sender"), [(0, "127.0.0.1"), (1, "8.8.8.8"), (2, "1.1.1.1")])
def test_the_sender_is_who_our_own_proxies_say(client_with, proxies, sender):
    client = client_with(trusted_proxies=proxies)
    seen = []
    client.application.before_request(lambda: seen.append(request.remote_addr))
    client.get("/", headers={"X-Forwarded-For": "9.9.9.9, 1.1.1.1, 8.8.8.8"})
    assert seen == [sender]
