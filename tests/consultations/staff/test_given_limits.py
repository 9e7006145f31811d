"""Limits are stored row by row, and an account without rows reaches nothing."""

import pytest
from sqlalchemy import delete

from consultations.staff.accounts import create_account
from consultations.staff.given_limits import limits_of, set_limits, widen
from consultations.staff.limits import ALL
from consultations.staff.models import UserLimit
from consultations.staff.roles import Limit

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def ana(session):
    return create_account(session, "ana", "policy_staff", "en", {Limit.CONSULTATION: {"spring"}}).user


def test_an_account_reaches_what_it_was_made_with(session, ana):
    assert limits_of(session, ana).of(Limit.CONSULTATION) == {"spring"}


def test_an_account_for_which_nothing_is_said_reaches_all_in_so_many_rows(session):
    ben = create_account(session, "ben", "policy_staff", "en").user
    assert limits_of(session, ben).of(Limit.CONSULTATION) == {ALL}
    session.execute(delete(UserLimit).where(UserLimit.user_id == ben.id))
    assert limits_of(session, ben).of(Limit.CONSULTATION) == frozenset()


def test_new_limits_replace_what_was_there_and_all_stands_alone(session, ana):
    set_limits(session, ana, {Limit.CONSULTATION: ["autumn", ALL]})
    assert limits_of(session, ana).given == {Limit.CONSULTATION: {ALL}}


def test_one_more_is_added_once_and_not_beside_all(session, ana):
    for _ in range(2):
        widen(session, ana, Limit.CONSULTATION, "autumn")
    assert limits_of(session, ana).of(Limit.CONSULTATION) == {"spring", "autumn"}
    set_limits(session, ana, {Limit.CONSULTATION: [ALL]})
    widen(session, ana, Limit.CONSULTATION, "winter")
    assert limits_of(session, ana).of(Limit.CONSULTATION) == {ALL}
