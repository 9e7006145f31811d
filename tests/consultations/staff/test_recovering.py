"""New secrets come with the recovery key or from within a session, and the key pair stays."""

import datetime

import pytest

from consultations.staff import recovering
from consultations.staff.accounts import create_account, deactivate
from consultations.staff.keys import public_key_of
from consultations.staff.recovering import RecoveryRefused, change_passphrase, recover
from consultations.staff.sessions import sessions_of
from consultations.staff.sign_in import SignInRefused, sign_in, signed_in
from consultations.staff.throttle import Throttle, TooManyTries


@pytest.fixture(autouse=True)
def _nobody_is_slowed_down(monkeypatch):
    monkeypatch.setattr(recovering, "_THROTTLE", Throttle())


@pytest.fixture
def account(session):
    return create_account(session, "Maria", "policy_staff", "es")


def test_a_recovery_key_gives_new_secrets_and_the_same_key_pair(session, account, now):
    before = signed_in(session, sign_in(session, "maria", account.passphrase, now), now)

    recovered = recover(session, "maria", account.recovery_key.lower(), now)

    with pytest.raises(SignInRefused):
        sign_in(session, "maria", account.passphrase, now)
    after = signed_in(session, sign_in(session, "maria", recovered.passphrase, now), now)
    assert after.private_key == before.private_key
    assert recovered.recovery_key != account.recovery_key


def test_recovery_ends_sessions_that_somebody_may_have_stolen(session, account, now):
    token = sign_in(session, "maria", account.passphrase, now)
    recover(session, "maria", account.recovery_key, now)
    assert signed_in(session, token, now) is None


@pytest.mark.parametrize(("name", "key"), [("maria", "0" * 32), ("nobody", "0" * 32), ("maria", "")])
def test_a_wrong_recovery_key_and_an_unknown_name_are_refused_alike(session, account, now, name, key):
    with pytest.raises(RecoveryRefused):
        recover(session, name, key, now)


def test_a_used_recovery_key_does_not_work_again(session, account, now):
    recover(session, "maria", account.recovery_key, now)
    with pytest.raises(RecoveryRefused):
        recover(session, "maria", account.recovery_key, now)


def test_a_recovery_key_of_who_left_gives_nothing(session, account, now):
    deactivate(session, account.user)
    with pytest.raises(RecoveryRefused):
        recover(session, "maria", account.recovery_key, now)


def test_an_unknown_name_costs_an_unwrapping_too(session, account, now, monkeypatch):
    sizes = []
    honest = recovering.unwrap
    monkeypatch.setattr(recovering, "unwrap", lambda *given: sizes.append([len(g) for g in given]) or honest(*given))
    for name in ("maria", "nobody"):
        with pytest.raises(RecoveryRefused):
            recover(session, name, "0" * 32, now)
    assert sizes[0] == sizes[1]


def test_many_wrong_recovery_keys_must_wait(session, account, now):
    for _ in range(6):
        with pytest.raises(RecoveryRefused):
            recover(session, "maria", "0" * 32, now)
    with pytest.raises(TooManyTries):
        recover(session, "MARIA", account.recovery_key, now)
    assert recover(session, "maria", account.recovery_key, now + datetime.timedelta(seconds=3))


def test_a_changed_passphrase_opens_the_same_key_pair_and_the_old_one_nothing(session, account, now):
    me = signed_in(session, sign_in(session, "maria", account.passphrase, now), now)

    changed = change_passphrase(session, me, now)

    with pytest.raises(SignInRefused):
        sign_in(session, "maria", account.passphrase, now)
    after = signed_in(session, sign_in(session, "maria", changed.passphrase, now), now)
    assert public_key_of(after.private_key) == me.user.public_key
    assert recover(session, "maria", account.recovery_key, now), "the sheet in the safe is still good"


def test_a_changed_passphrase_leaves_one_session_and_gives_it_a_new_token(session, account, now):
    tokens = [sign_in(session, "maria", account.passphrase, now) for _ in range(2)]

    changed = change_passphrase(session, signed_in(session, tokens[0], now), now)

    assert [signed_in(session, token, now) for token in tokens] == [None, None]
    assert signed_in(session, changed.token, now).user is account.user
    assert changed.passphrase not in repr(changed)
    assert len(sessions_of(session, account.user, now)) == 1
