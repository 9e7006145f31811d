"""Accounts are made with secrets that are shown once, and nobody can reset what they protect."""

import pytest
from sqlalchemy import func, select

from consultations.staff.accounts import (
    NameNotUsable,
    NameTaken,
    RecoveryRefused,
    create_account,
    deactivate,
    recover,
)
from consultations.staff.models import StaffSession
from consultations.staff.sign_in import SignInRefused, sign_in, signed_in


@pytest.fixture
def account(session):
    return create_account(session, "Maria", "policy_staff", "es")


def test_an_account_keeps_neither_secret(session, account):
    user = account.user
    stored = b"".join((user.salt, user.auth_hash, user.wrapped_private_key, user.recovery_wrapped_private_key))
    assert account.passphrase.encode() not in stored
    assert account.recovery_key.encode() not in stored
    assert account.passphrase not in repr(account)
    assert account.recovery_key not in repr(account)


def test_two_accounts_cannot_share_a_name(session, account):
    with pytest.raises(NameTaken):
        create_account(session, " maria ", "translator", "fr")


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_has_one_to_eighty_characters(session, name):
    with pytest.raises(NameNotUsable):
        create_account(session, name, "translator", "fr")


def test_an_unknown_role_is_no_account(session):
    with pytest.raises(ValueError, match="owner"):
        create_account(session, "maria", "owner", "fr")


def test_a_recovery_key_gives_new_secrets_and_the_same_key_pair(session, account, now):
    before = signed_in(session, sign_in(session, "maria", account.passphrase, now), now)

    recovered = recover(session, "maria", account.recovery_key.lower())

    with pytest.raises(SignInRefused):
        sign_in(session, "maria", account.passphrase, now)
    after = signed_in(session, sign_in(session, "maria", recovered.passphrase, now), now)
    assert after.private_key == before.private_key
    assert recovered.recovery_key != account.recovery_key


def test_recovery_ends_sessions_that_somebody_may_have_stolen(session, account, now):
    token = sign_in(session, "maria", account.passphrase, now)
    recover(session, "maria", account.recovery_key)
    assert signed_in(session, token, now) is None


@pytest.mark.parametrize(("name", "key"), [("maria", "0" * 32), ("nobody", "0" * 32), ("maria", "")])
def test_a_wrong_recovery_key_and_an_unknown_name_are_refused_alike(session, account, name, key):
    with pytest.raises(RecoveryRefused):
        recover(session, name, key)


def test_a_used_recovery_key_does_not_work_again(session, account):
    recover(session, "maria", account.recovery_key)
    with pytest.raises(RecoveryRefused):
        recover(session, "maria", account.recovery_key)


def test_who_left_is_out_at_once_and_stays_out(session, account, now):
    token = sign_in(session, "maria", account.passphrase, now)

    deactivate(session, account.user)

    assert signed_in(session, token, now) is None
    assert session.scalar(select(func.count()).select_from(StaffSession)) == 0
    with pytest.raises(SignInRefused):
        sign_in(session, "maria", account.passphrase, now)
    with pytest.raises(RecoveryRefused):
        recover(session, "maria", account.recovery_key)
