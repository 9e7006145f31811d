"""A sign-in that waits for a second factor opens nothing, has five minutes and five tries, and ends in a new token."""

import datetime

import pyotp
import pytest
from sqlalchemy import func, select

from consultations.audit import AuditEntry
from consultations.staff import one_time_codes, passkeys, pending, recovery_codes, second_factors, sessions
from consultations.staff import sign_in as sign_in_module
from consultations.staff.accounts import create_account, deactivate
from consultations.staff.factors_models import PendingSignIn
from consultations.staff.keys import public_key_of
from consultations.staff.models import StaffSession
from consultations.staff.notices import Notice, taken_notices
from consultations.staff.one_time_codes import CodeRefused
from consultations.staff.passkeys import PasskeyCopied, Site
from consultations.staff.pending import PendingSignInOver
from consultations.staff.recovering import change_passphrase, recover
from consultations.staff.second_factors import (
    TooManyCodes,
    finish_with_code,
    finish_with_passkey,
    finish_with_recovery_code,
    has_one,
    is_asked,
    remove_all,
    remove_app,
    remove_passkey,
    with_one,
)
from consultations.staff.sessions import signed_in
from consultations.staff.sign_in import SignInRefused, sign_in
from consultations.staff.throttle import Throttle
from tests.consultations.staff.soft_authenticator import SoftAuthenticator

HERE = Site("localhost", "http://localhost")


def later(now, **time):
    return now + datetime.timedelta(**time)


@pytest.fixture(autouse=True)
def _nobody_is_slowed_down(monkeypatch):
    monkeypatch.setattr(sign_in_module, "_THROTTLE", Throttle())
    monkeypatch.setattr(
        second_factors, "_THROTTLE", Throttle(second_factors.LONGEST_WAIT_SECONDS, second_factors.TooManyCodes)
    )


@pytest.fixture
def account(session):
    return create_account(session, "maria", "policy_staff", "es")


@pytest.fixture
def me(session, account, now):
    return signed_in(session, sign_in(session, "maria", account.passphrase, later(now, minutes=-5)), now)


@pytest.fixture
def app(session, me, now):
    earlier = later(now, minutes=-5)
    offered = one_time_codes.offer(me, earlier)
    app = pyotp.TOTP(offered.secret)
    one_time_codes.confirm(session, me, offered, app.at(earlier), earlier)
    return app


@pytest.fixture
def token(session, account, app, now):
    return sign_in(session, "maria", account.passphrase, now)


def logged(session):
    return [entry.what for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def test_who_has_no_second_factor_is_signed_in_at_once(session, account, now):
    assert signed_in(session, sign_in(session, "maria", account.passphrase, now), now)


def test_a_sign_in_that_waits_is_no_session(session, token, now):
    assert signed_in(session, token, now) is None
    assert pending.found(session, token, now).user.name == "maria"


def test_a_waiting_row_put_among_the_sessions_opens_nothing(session, token, now):
    row = session.get(PendingSignIn, sessions.token_hash(token))
    moved = StaffSession(
        token_hash=row.token_hash,
        user_id=row.user_id,
        sealed_private_key=row.sealed_private_key,
        created_at=now,
        seen_at=now,
    )
    session.add(moved)
    session.flush()
    assert signed_in(session, token, now) is None


def test_neither_half_of_a_sign_in_that_waits_opens_anything(session, token, now):
    row = session.scalars(select(PendingSignIn)).one()
    assert token not in (row.token_hash, row.sealed_private_key)
    assert pending.found(session, row.token_hash, now) is None
    row.sealed_private_key = row.sealed_private_key[:-1] + bytes([row.sealed_private_key[-1] ^ 1])
    assert pending.found(session, token, now) is None


def test_a_code_ends_in_a_session_under_a_new_token(session, account, app, token, now):
    full = finish_with_code(session, token, app.at(now), now)
    assert full != token
    assert public_key_of(signed_in(session, full, now).private_key) == account.user.public_key
    assert pending.found(session, token, now) is None
    with pytest.raises(PendingSignInOver):
        finish_with_code(session, token, app.at(now, counter_offset=1), now)


def test_a_sign_in_waits_for_five_minutes(session, app, token, now):
    in_time, too_late = later(now, minutes=4, seconds=59), later(now, minutes=5)
    assert pending.found(session, token, in_time)
    with pytest.raises(PendingSignInOver):
        finish_with_code(session, token, app.at(too_late), too_late)


def test_who_was_deactivated_meanwhile_gets_no_further(session, account, app, token, now):
    deactivate(session, account.user)
    with pytest.raises(PendingSignInOver):
        finish_with_code(session, token, app.at(now), now)


def test_after_five_wrong_codes_the_right_one_comes_too_late(session, account, app, token, now):
    for _ in range(5):
        with pytest.raises(CodeRefused):
            finish_with_code(session, token, "000000x", now)
    with pytest.raises(PendingSignInOver):
        finish_with_code(session, token, app.at(now), now)
    assert logged(session)[-1] == "tried wrong codes for"
    assert taken_notices(session, account.user) == [Notice.CODES_REFUSED]
    assert taken_notices(session, account.user) == []


def test_a_wrong_code_counts_although_its_page_undoes_its_work(session, token, now):
    with pytest.raises(CodeRefused):
        finish_with_code(session, token, "123", now)
    session.rollback()
    assert session.scalars(select(PendingSignIn)).one().tries == 1


def test_a_try_counts_also_when_looking_at_it_breaks_off(session, token, now, monkeypatch):
    monkeypatch.setattr(one_time_codes, "check", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        finish_with_code(session, token, "123456", now)
    session.rollback()
    assert session.scalars(select(PendingSignIn)).one().tries == 1


def test_of_many_tries_at_once_no_more_than_five_are_looked_at(session, token):
    for _ in range(5):
        pending.count_try(session, token)
    with pytest.raises(PendingSignInOver):
        pending.count_try(session, token)


def test_beginning_again_does_not_give_five_more_tries_at_once(session, account, app, now):
    for _ in range(2):
        token = sign_in(session, "maria", account.passphrase, now)
        for _ in range(3):
            with pytest.raises(CodeRefused):
                finish_with_code(session, token, "000000x", now)
    with pytest.raises(TooManyCodes):
        finish_with_code(session, token, app.at(now), now)
    assert finish_with_code(session, token, app.at(later(now, seconds=3)), later(now, seconds=3))


def test_many_wrong_codes_wait_for_an_hour_and_no_longer(session, account, app, now):
    for _ in range(30):
        second_factors._THROTTLE.failed("maria", now)
    for minutes, waits in ((59, True), (60, False)):
        moment = later(now, minutes=minutes)
        token = sign_in(session, "maria", account.passphrase, moment)
        if waits:
            with pytest.raises(TooManyCodes):
                finish_with_code(session, token, app.at(moment), moment)
        else:
            assert finish_with_code(session, token, app.at(moment), moment)


def test_a_recovery_code_signs_in_once(session, account, app, now):
    codes = recovery_codes.new_codes(session, account.user)
    first, second = (sign_in(session, "maria", account.passphrase, now) for _ in range(2))
    assert signed_in(session, finish_with_recovery_code(session, first, codes[0], now), now)
    assert logged(session)[-1] == "used a recovery code of"
    with pytest.raises(recovery_codes.RecoveryCodeRefused):
        finish_with_recovery_code(session, second, codes[0], now)


def with_passkey(session, me, now):
    key = SoftAuthenticator()
    options = passkeys.creation_options(session, me, b"t" * 32, HERE, now)
    passkeys.add(session, me, b"t" * 32, HERE, key.create(options), "key", now)
    return key


def test_a_passkey_signs_in(session, account, me, now):
    key = with_passkey(session, me, now)
    token = sign_in(session, "maria", account.passphrase, now)
    who = pending.found(session, token, now)
    answer = key.get(passkeys.request_options(session, who, token, HERE, now))
    assert signed_in(session, finish_with_passkey(session, token, HERE, answer, now), now)


def test_a_copied_passkey_is_refused_and_its_owner_is_told(session, account, me, now):
    key = with_passkey(session, me, now)
    for count, refused in ((5, False), (2, True)):
        key.sign_count = count
        token = sign_in(session, "maria", account.passphrase, now)
        answer = key.get(passkeys.request_options(session, pending.found(session, token, now), token, HERE, now))
        if refused:
            with pytest.raises(PasskeyCopied):
                finish_with_passkey(session, token, HERE, answer, now)
        else:
            finish_with_passkey(session, token, HERE, answer, now)
    session.rollback()
    assert logged(session)[-1] == "tried a copied passkey of"
    assert taken_notices(session, account.user) == [Notice.PASSKEY_COPIED]


def test_a_wrong_passphrase_is_refused_alike_with_and_without_a_second_factor(session, app, now):
    create_account(session, "amina", "policy_staff", "fr")
    for name in ("maria", "amina", "nobody"):
        with pytest.raises(SignInRefused):
            sign_in(session, name, "wrong", now)
    assert session.scalar(select(func.count()).select_from(PendingSignIn)) == 0


def test_recovering_keeps_the_second_factor(session, account, app, now):
    recovered = recover(session, "maria", account.recovery_key, now)
    token = sign_in(session, "maria", recovered.passphrase, now)
    assert signed_in(session, token, now) is None
    assert signed_in(session, finish_with_code(session, token, app.at(now), now), now)


def test_a_new_passphrase_keeps_the_second_factor_and_ends_sign_ins_that_wait(session, account, me, app, token, now):
    changed = change_passphrase(session, me, now)
    assert pending.found(session, token, now) is None
    token = sign_in(session, "maria", changed.passphrase, now)
    assert signed_in(session, finish_with_code(session, token, app.at(now), now), now)


def test_removing_them_for_somebody_needs_the_passphrase_still_and_is_told(session, account, me, app, token, now):
    with_passkey(session, me, now)
    recovery_codes.new_codes(session, account.user)
    remove_all(session, account.user)
    assert not has_one(session, account.user)
    assert recovery_codes.codes_of(session, account.user) == []
    assert pending.found(session, token, now) is None
    with pytest.raises(SignInRefused):
        sign_in(session, "maria", "wrong", now)
    assert signed_in(session, sign_in(session, "maria", account.passphrase, now), now)
    assert taken_notices(session, account.user) == [Notice.FACTORS_REMOVED]


def test_recovery_codes_go_with_the_last_factor(session, account, me, app, now):
    with_passkey(session, me, now)
    recovery_codes.new_codes(session, account.user)
    remove_app(session, account.user)
    assert len(recovery_codes.codes_of(session, account.user)) == 10
    assert with_one(session) == {account.user.id}
    remove_passkey(session, account.user, 1)
    assert recovery_codes.codes_of(session, account.user) == []
    assert with_one(session) == set()


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        ("administrator", True),
        ("policy_staff", True),
        ("community_consultant", False),
        ("regional_coordinator", False),
        ("translator", False),
        ("board_reviewer", False),
    ],
)
def test_who_makes_accounts_or_opens_answers_is_asked_for_one(session, role, asked):
    assert is_asked(create_account(session, "x", role, "en").user) is asked


def test_sign_ins_that_nobody_finished_are_forgotten(session, account, token, now):
    sign_in(session, "maria", account.passphrase, later(now, minutes=6))
    assert session.scalar(select(func.count()).select_from(PendingSignIn)) == 1
