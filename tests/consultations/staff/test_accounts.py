"""Accounts are made with secrets that are shown once, and nobody can reset what they protect."""

import pytest
from sqlalchemy import func, select

from consultations.staff.accounts import (
    NameNotUsable,
    NameTaken,
    create_account,
    deactivate,
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


def test_who_left_is_out_at_once_and_stays_out(session, account, now):
    token = sign_in(session, "maria", account.passphrase, now)

    deactivate(session, account.user)

    assert signed_in(session, token, now) is None
    assert session.scalar(select(func.count()).select_from(StaffSession)) == 0
    with pytest.raises(SignInRefused):
        sign_in(session, "maria", account.passphrase, now)
