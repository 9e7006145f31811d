"""A passkey signs this sign-in's challenge, once, at this host, for somebody whom it checked."""

import datetime
import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from consultations.staff import kept_passkeys, passkeys
from consultations.staff.accounts import create_account
from consultations.staff.challenges import new_challenge, taken_challenge
from consultations.staff.factors_models import Passkey
from consultations.staff.passkeys import MOST_PASSKEYS, PasskeyCopied, PasskeyRefused, Site, TooManyPasskeys
from consultations.staff.sessions import SignedIn
from tests.consultations.staff.soft_authenticator import SoftAuthenticator, b64, unb64

#: `test_second_factors.py` does the same on both databases.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

HERE = Site("localhost", "http://localhost")
TOKEN, OTHER_TOKEN = b"t" * 32, b"u" * 32


@pytest.fixture
def me(session):
    return SignedIn(create_account(session, "maria", "policy_staff", "es").user, b"\x01" * 32)


def creation(session, me, now, site=HERE):
    return passkeys.creation_options(session, me, TOKEN, site, now)


def request(session, me, now, token=TOKEN, site=HERE):
    return passkeys.request_options(session, me, token, site, now)


def added(session, me, now, key, name="blue key"):
    passkeys.add(session, me, TOKEN, HERE, key.create(creation(session, me, now)), name, now)
    return key


@pytest.fixture
def key(session, me, now):
    return added(session, me, now, SoftAuthenticator())


def test_a_passkey_that_was_added_is_taken(session, me, now, key):
    passkeys.check(session, me, TOKEN, HERE, key.get(request(session, me, now)), now)
    assert [(held.name, held.host, held.sign_count) for held in kept_passkeys.of(session, me)] == [
        ("blue key", "localhost", 1)
    ]


def test_what_the_browser_is_asked_names_nobody(session, me, now, key):
    options = json.loads(creation(session, me, now))
    assert "maria" not in json.dumps(options)
    assert options["user"]["name"] == options["user"]["displayName"] == "staff"
    assert len(unb64(options["user"]["id"])) == 64
    assert options["attestation"] == "none"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert [unb64(one["id"]) for one in options["excludeCredentials"]] == [key.credential_id]


def test_each_passkey_gets_a_user_handle_of_its_own(session, me, now):
    handles = {json.loads(creation(session, me, now))["user"]["id"] for _ in range(2)}
    assert len(handles) == 2


def test_nothing_of_a_passkey_can_be_read_in_the_database(session, me, now, key):
    sealed = session.scalars(select(Passkey)).one().sealed
    assert b"blue" not in sealed
    assert key.credential_id not in sealed
    assert key.credential_id.hex().encode() not in sealed
    assert len(sealed) % 512 == 28


def test_a_challenge_is_good_once(session, me, now, key):
    answer = key.get(request(session, me, now))
    passkeys.check(session, me, TOKEN, HERE, answer, now)
    with pytest.raises(PasskeyRefused):
        passkeys.check(session, me, TOKEN, HERE, answer, now)


def test_a_challenge_is_gone_also_when_its_answer_was_wrong(session, me, now, key):
    options = request(session, me, now)
    with pytest.raises(PasskeyRefused):
        passkeys.check(session, me, TOKEN, HERE, "{}", now)
    session.rollback()
    with pytest.raises(PasskeyRefused):
        passkeys.check(session, me, TOKEN, HERE, key.get(options), now)


def test_a_challenge_belongs_to_one_sign_in(session, me, now, key):
    mine, theirs = request(session, me, now), request(session, me, now, token=OTHER_TOKEN)
    assert mine != theirs
    with pytest.raises(PasskeyRefused):
        passkeys.check(session, me, OTHER_TOKEN, HERE, key.get(mine), now)


def test_a_challenge_lasts_five_minutes(session, now):
    new_challenge(session, TOKEN, now)
    assert taken_challenge(session, TOKEN, now + datetime.timedelta(minutes=5)) is None


@pytest.mark.parametrize(
    "other",
    [Site("localhost", "http://localhost:81"), Site("evil.example", "http://evil.example")],
    ids=["another port", "another host"],
)
def test_a_signature_made_for_another_site_is_refused(session, me, now, key, other):
    key.origin = other.origin
    with pytest.raises(PasskeyRefused):
        passkeys.check(session, me, TOKEN, HERE, key.get(request(session, me, now)), now)


def test_a_passkey_is_not_asked_for_at_a_host_where_it_was_not_added(session, me, now, key):
    elsewhere = Site("other.example", "http://other.example")
    assert json.loads(request(session, me, now, site=elsewhere))["allowCredentials"] == []
    assert not kept_passkeys.works_at(session, me, "other.example")
    key.origin = "http://other.example"
    with pytest.raises(PasskeyRefused):
        passkeys.check(session, me, TOKEN, elsewhere, key.get(request(session, me, now, site=elsewhere)), now)


def test_a_key_that_did_not_ask_for_finger_or_pin_is_refused(session, me, now, key):
    with pytest.raises(PasskeyRefused):
        added(session, me, now, SoftAuthenticator(verifies=False))
    key.flags = SoftAuthenticator(verifies=False).flags
    with pytest.raises(PasskeyRefused):
        passkeys.check(session, me, TOKEN, HERE, key.get(request(session, me, now)), now)


def test_a_counter_that_does_not_go_up_is_said_to_be_a_copy(session, me, now, key):
    key.sign_count = 7
    passkeys.check(session, me, TOKEN, HERE, key.get(request(session, me, now)), now)
    key.sign_count = 5
    with pytest.raises(PasskeyCopied):
        passkeys.check(session, me, TOKEN, HERE, key.get(request(session, me, now)), now)
    assert kept_passkeys.of(session, me)[0].sign_count == 8


def test_a_passkey_that_never_counts_is_taken_again_and_again(session, me, now, key):
    for _ in range(2):
        key.sign_count = -1
        passkeys.check(session, me, TOKEN, HERE, key.get(request(session, me, now)), now)


def test_somebody_else_s_signature_is_refused(session, me, now, key):
    stranger = SoftAuthenticator()
    stranger.credential_id = key.credential_id
    with pytest.raises(PasskeyRefused):
        passkeys.check(session, me, TOKEN, HERE, stranger.get(request(session, me, now)), now)


def test_a_passkey_moved_to_another_account_does_not_open(session, me, now, key):
    other = SignedIn(create_account(session, "amina", "policy_staff", "fr").user, b"\x02" * 32)
    session.scalars(select(Passkey)).one().user_id = other.user.id
    session.flush()
    with pytest.raises(PasskeyRefused):
        passkeys.check(session, other, TOKEN, HERE, key.get(json.dumps(asked(session, now))), now)


def asked(session, now):
    challenge = new_challenge(session, TOKEN, now)
    return {"rpId": "localhost", "challenge": b64(challenge)}


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "\x00", '{"id": 1}', '{"id":"é","rawId":"é"}', "[" * 5000])
def test_what_cannot_be_read_is_refused(session, me, now, key, answer):
    creation(session, me, now)
    with pytest.raises(PasskeyRefused):
        passkeys.add(session, me, TOKEN, HERE, answer, "key", now)
    request(session, me, now)
    with pytest.raises(PasskeyRefused):
        passkeys.check(session, me, TOKEN, HERE, answer, now)


def test_the_same_passkey_cannot_be_added_twice_nor_an_eleventh_one(session, me, now, key):
    with pytest.raises(PasskeyRefused):
        added(session, me, now, key)
    for number in range(2, MOST_PASSKEYS + 1):
        added(session, me, now, SoftAuthenticator(), f"key {number}")
    with pytest.raises(TooManyPasskeys):
        added(session, me, now, SoftAuthenticator())


def test_only_one_s_own_passkey_can_be_removed(session, me, now, key):
    other = create_account(session, "amina", "policy_staff", "fr").user
    held = kept_passkeys.of(session, me)[0]
    assert not kept_passkeys.remove(session, other, held.id)
    assert kept_passkeys.remove(session, me.user, held.id)
    assert not kept_passkeys.any_of(session, me.user)


def test_of_two_who_change_a_passkey_at_once_one_is_told(session, me, now, key):
    before = kept_passkeys.of(session, me)[0]
    assert kept_passkeys.change(session, me, before, replace(before, sign_count=2))
    assert not kept_passkeys.change(session, me, before, replace(before, sign_count=3))
