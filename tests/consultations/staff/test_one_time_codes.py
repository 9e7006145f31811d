"""A code from an app is good for half a minute, a step around it, and once."""

import base64
import datetime

import pyotp
import pytest
from sqlalchemy import select

from consultations.staff import one_time_codes
from consultations.staff.accounts import create_account
from consultations.staff.factors_models import OneTimeSecret
from consultations.staff.keys import DoesNotOpen
from consultations.staff.one_time_codes import (
    AppAlreadyThere,
    CodeRefused,
    OfferOver,
    check,
    confirm,
    offer,
    opened_offer,
)
from consultations.staff.sessions import SignedIn

#: `test_second_factors.py` does the same on both databases.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def later(now, **time):
    return now + datetime.timedelta(**time)


@pytest.fixture
def me(session):
    return SignedIn(create_account(session, "maria", "policy_staff", "es").user, b"\x01" * 32)


@pytest.fixture
def app(session, me, now):
    """The app on the phone, added five minutes ago."""
    offered = offer(me, later(now, minutes=-5))
    app = pyotp.TOTP(offered.secret)
    confirm(session, me, offered, app.at(later(now, minutes=-5)), later(now, minutes=-5))
    return app


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(session, me, app, now, steps, is_taken):
    code = app.at(now, counter_offset=steps)
    if is_taken:
        check(session, me, code, now)
    else:
        with pytest.raises(CodeRefused):
            check(session, me, code, now)


def test_a_code_is_taken_once(session, me, app, now):
    check(session, me, app.at(now), now)
    with pytest.raises(CodeRefused):
        check(session, me, app.at(now), later(now, seconds=5))


def test_a_code_older_than_one_that_was_taken_is_refused(session, me, app, now):
    check(session, me, app.at(now), now)
    with pytest.raises(CodeRefused):
        check(session, me, app.at(now, counter_offset=-1), now)
    check(session, me, app.at(now, counter_offset=1), now)


def test_the_code_that_proved_the_app_signs_nobody_in(session, me, now):
    offered = offer(me, now)
    code = pyotp.TOTP(offered.secret).at(now)
    confirm(session, me, offered, code, now)
    with pytest.raises(CodeRefused):
        check(session, me, code, now)


def test_who_has_no_app_has_no_code(session, me, now):
    with pytest.raises(CodeRefused):
        check(session, me, "123456", now)


def test_an_app_that_never_showed_a_right_code_is_not_kept(session, me, now):
    with pytest.raises(CodeRefused):
        confirm(session, me, offer(me, now), "000000x", now)
    assert not one_time_codes.has_app(session, me.user)


def test_a_second_app_does_not_take_the_place_of_the_first(session, me, app, now):
    offered = offer(me, now)
    with pytest.raises(AppAlreadyThere):
        confirm(session, me, offered, pyotp.TOTP(offered.secret).at(now), now)


def test_the_secret_cannot_be_read_in_the_database_nor_with_another_key(session, me, app, now):
    stored = session.scalars(select(OneTimeSecret)).one()
    assert app.secret.encode() not in stored.sealed_secret
    assert base64.b32decode(app.secret) not in stored.sealed_secret
    with pytest.raises(DoesNotOpen):
        check(session, SignedIn(me.user, b"\x02" * 32), app.at(now), now)


def test_of_two_who_send_the_same_code_at_once_one_is_refused(session, me, app, now, monkeypatch):
    honest = one_time_codes.matching_step

    def somebody_is_quicker(*given):
        monkeypatch.setattr(one_time_codes, "matching_step", honest)
        check(session, me, app.at(now), now)
        return honest(*given)

    monkeypatch.setattr(one_time_codes, "matching_step", somebody_is_quicker)
    with pytest.raises(CodeRefused):
        check(session, me, app.at(now), now)


def test_a_secret_has_160_bits_and_its_picture_names_nobody(me, now):
    offered = offer(me, now)
    assert len(base64.b32decode(offered.secret)) == 20
    assert offered.uri.startswith("otpauth://totp/Consultations:staff?secret=")
    assert "maria" not in offered.uri
    assert offered.secret not in repr(offered)


def test_an_offer_comes_back_with_its_page_for_half_an_hour_and_to_its_person(session, me, now):
    offered = offer(me, now)
    assert opened_offer(me, offered.sealed, later(now, minutes=30)) == offered
    with pytest.raises(OfferOver):
        opened_offer(me, offered.sealed, later(now, minutes=31))
    with pytest.raises(OfferOver):
        opened_offer(me, offered.sealed[:-1] + bytes([offered.sealed[-1] ^ 1]), now)
    other = create_account(session, "amina", "policy_staff", "fr").user
    with pytest.raises(OfferOver):
        opened_offer(SignedIn(other, me.private_key), offered.sealed, now)
