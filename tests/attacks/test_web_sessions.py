"""Attacks on the sign-in of staff: half a session opens nothing, an old one is over, and nobody can plant one."""

from __future__ import annotations

import hashlib
import re
import secrets

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import delete, select

from consultations.staff.models import StaffSession
from tests.attacks.staffed import at_desk, filled, token_of

DESK = "/staff/account"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with filled(tmp_path_factory.mktemp("sessions")) as made:
        yield made


@pytest.fixture
def token(app):
    return token_of(app, "root")


def passphrase(app) -> str:
    return app.extensions["passphrases"]["root"]


def is_open(client) -> bool:
    return client.get(DESK).status_code == 200


def posted(client, address, **fields):
    """A form as a browser sends it, with the token of its page."""
    page = client.get(address).get_data(as_text=True)
    written = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    return client.post(address, data={"csrf_token": written, **fields})


def test_signing_in_takes_a_new_cookie_whatever_was_planted_before(app):
    victim = app.test_client()
    with victim.session_transaction(path="/staff") as cookie:
        cookie.update(token=secrets.token_bytes(32), planted="by somebody")
    planted = victim.get_cookie("staff", path="/staff").value
    assert posted(victim, "/staff/sign-in", name="root", passphrase=passphrase(app)).status_code == 303
    assert is_open(victim)
    attacker = app.test_client()
    attacker.set_cookie("staff", planted, path="/staff")
    assert not is_open(attacker)
    with victim.session_transaction(path="/staff") as cookie:
        assert "planted" not in cookie


def test_two_sign_ins_of_one_person_have_nothing_in_common(app):
    first, second = (token_of(app, "root") for _ in range(2))
    assert first != second
    assert is_open(at_desk(app, first))
    assert is_open(at_desk(app, second))


def test_a_cookie_that_was_copied_is_worth_nothing_after_sign_out(app, token):
    owner, thief = at_desk(app, token), at_desk(app, token)
    assert is_open(thief)
    assert posted_sign_out(owner) == 303
    assert not is_open(thief)
    assert not is_open(owner)


def posted_sign_out(client) -> int:
    page = client.get(DESK).get_data(as_text=True)
    written = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    return client.post("/staff/sign-out", data={"csrf_token": written}).status_code


def test_a_stolen_cookie_opens_nothing_without_the_server_s_half(app, token):
    with app.extensions["sessions"].begin() as session:
        session.execute(delete(StaffSession))
    assert not is_open(at_desk(app, token))


def test_a_stolen_cookie_opens_nothing_with_another_half(app, token):
    """Somebody who can write into the database puts the row of one session under the name of another."""
    other = token_of(app, "root")
    with app.extensions["sessions"].begin() as session:
        theirs = session.get(StaffSession, hashlib.sha256(token).digest())
        sealed = theirs.sealed_private_key
        session.get(StaffSession, hashlib.sha256(other).digest()).sealed_private_key = sealed
    assert not is_open(at_desk(app, other))


def test_whoever_has_all_files_and_the_secret_still_lacks_the_cookie_s_half(app, token):
    """What the database holds is a hash of the token: as a token it is one of another session, which is not there."""
    with app.extensions["sessions"]() as session:
        stored = session.scalars(select(StaffSession)).all()
    guesses = [row.token_hash for row in stored] + [row.sealed_private_key[:32] for row in stored]
    assert len(guesses) >= 4
    assert [is_open(at_desk(app, guess)) for guess in guesses] == [False] * len(guesses)


@pytest.mark.parametrize("key", [b"", b"dev", b"\x07" * 32])
def test_a_cookie_signed_with_another_key_is_no_cookie(app, token, key):
    serializer = app.session_interface.get_signing_serializer(app)
    signer = {"key_derivation": "hmac", "digest_method": hashlib.sha1}
    forged = URLSafeTimedSerializer(
        key, salt="cookie-session", serializer=serializer.serializer, signer_kwargs=signer
    ).dumps({"token": token})
    client = app.test_client()
    client.set_cookie("staff", forged, path="/staff")
    assert not is_open(client)


@pytest.mark.parametrize("planted", ["", "not a token", 7, None, ["a"], {"a": 1}, b"", b"\x00" * 5000])
def test_a_token_of_any_other_kind_is_nobody(app, planted):
    assert at_desk(app, planted).get(DESK).status_code == 302


def test_another_site_cannot_sign_a_visitor_in_under_its_own_account(app):
    """Who is signed in as somebody else unawares writes interviews into that person's account."""
    victim = app.test_client()
    answer = victim.post("/staff/sign-in", data={"name": "root", "passphrase": passphrase(app)})
    assert answer.status_code == 400
    assert not is_open(victim)


def test_the_csrf_token_of_one_browser_does_not_fit_another(app):
    attacker, victim = app.test_client(), app.test_client()
    page = attacker.get("/staff/sign-in").get_data(as_text=True)
    written = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    victim.get("/staff/sign-in")
    sent = {"csrf_token": written, "name": "root", "passphrase": passphrase(app)}
    assert victim.post("/staff/sign-in", data=sent).status_code == 400
