"""A session opens with both of its halves, for as long as it lasts."""

import datetime

import pytest
from sqlalchemy import select

from consultations.staff import sign_in as sign_in_module
from consultations.staff.keys import public_key_of
from consultations.staff.models import StaffSession
from consultations.staff.sessions import token_hash
from consultations.staff.sign_in import SignInRefused, create_account, sign_in, sign_out, signed_in
from consultations.staff.throttle import Throttle, TooManyTries


def later(now, **time):
    return now + datetime.timedelta(**time)


@pytest.fixture(autouse=True)
def _nobody_is_slowed_down(monkeypatch):
    monkeypatch.setattr(sign_in_module, "_THROTTLE", Throttle())


@pytest.fixture
def account(session):
    return create_account(session, "maria", "policy_staff", "es")


@pytest.fixture
def token(session, account, now):
    return sign_in(session, "maria", account.passphrase, now)


def test_a_token_brings_back_the_person_and_their_private_key(session, account, token, now):
    me = signed_in(session, token, now)
    assert me.user is account.user
    assert public_key_of(me.private_key) == account.user.public_key
    assert repr(me.private_key) not in repr(me)


def test_a_passphrase_may_be_typed_untidily(session, account, now):
    untidy = f" {account.passphrase.replace(' ', '  ').title()}\n"
    assert signed_in(session, sign_in(session, " Maria ", untidy, now), now)


@pytest.mark.parametrize(("name", "phrase"), [("maria", "apple bread coffee delay eager fabric"), ("nobody", "x")])
def test_a_wrong_passphrase_and_an_unknown_name_are_refused_alike(session, account, now, name, phrase):
    with pytest.raises(SignInRefused):
        sign_in(session, name, phrase, now)


def test_an_unknown_name_costs_the_same_work(session, account, now, monkeypatch):
    runs = []
    honest = sign_in_module.stretched
    monkeypatch.setattr(sign_in_module, "stretched", lambda *inputs: runs.append(inputs) or honest(*inputs))
    for name in ("maria", "nobody"):
        with pytest.raises(SignInRefused):
            sign_in(session, name, "wrong", now)
    assert [len(salt) for _, salt in runs] == [16, 16]


def test_many_wrong_tries_must_wait_though_the_next_is_right(session, account, now):
    for _ in range(6):
        with pytest.raises(SignInRefused):
            sign_in(session, "maria", "wrong", now)
    with pytest.raises(TooManyTries):
        sign_in(session, "MARIA", account.passphrase, now)
    assert sign_in(session, "maria", account.passphrase, later(now, seconds=3))


def test_the_server_s_half_opens_nothing_alone(session, token):
    stored = session.scalars(select(StaffSession)).one()
    assert token not in (stored.token_hash, stored.sealed_private_key)
    assert signed_in(session, stored.token_hash, stored.seen_at) is None


def test_the_browser_s_half_opens_nothing_alone(session, token, now):
    session.delete(session.scalars(select(StaffSession)).one())
    session.flush()
    assert signed_in(session, token, now) is None


def test_somebody_else_s_private_key_cannot_be_put_into_a_session(session, account, token, now):
    other = create_account(session, "amina", "policy_staff", "fr")
    theirs = sign_in(session, "amina", other.passphrase, now)
    mine, yours = (session.get(StaffSession, token_hash(t)) for t in (token, theirs))
    mine.sealed_private_key = yours.sealed_private_key
    assert signed_in(session, token, now) is None


def test_a_session_ends_after_half_an_hour_of_nothing(session, token, now):
    assert signed_in(session, token, later(now, minutes=29))
    assert signed_in(session, token, later(now, minutes=58))
    assert signed_in(session, token, later(now, minutes=88)) is None


def test_a_session_ends_after_eight_hours_however_busy(session, token, now):
    for minutes in range(0, 480, 20):
        assert signed_in(session, token, later(now, minutes=minutes))
    assert signed_in(session, token, later(now, hours=8)) is None


def test_reading_a_page_twice_in_a_minute_writes_once(session, token, now):
    signed_in(session, token, later(now, seconds=59))
    assert session.scalars(select(StaffSession)).one().seen_at == now
    signed_in(session, token, later(now, seconds=60))
    assert session.scalars(select(StaffSession)).one().seen_at == later(now, seconds=60)


def test_who_signed_out_is_out(session, token, now):
    sign_out(session, token)
    assert signed_in(session, token, now) is None


def test_sessions_that_ended_are_forgotten_at_the_next_sign_in(session, account, token, now):
    sign_in(session, "maria", account.passphrase, later(now, hours=1))
    assert len(session.scalars(select(StaffSession)).all()) == 1
