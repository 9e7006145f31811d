"""What administrators change about people takes hold at once, and never leaves the house without one of them."""

import datetime

import pytest
from sqlalchemy import select

from consultations.staff import people
from consultations.staff.accounts import create_account
from consultations.staff.given_limits import limits_of
from consultations.staff.keyrings import holders, new_keyring
from consultations.staff.models import StaffSession
from consultations.staff.roles import Limit, Permission
from consultations.staff.sign_in import sign_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY = datetime.date(2026, 11, 2)
BY = {"who": "dora", "day": DAY}


@pytest.fixture
def staff(session):
    roles = {"dora": "administrator", "eva": "administrator", "ana": "policy_staff", "ben": "policy_staff"}
    return {name: create_account(session, name, role, "en") for name, role in roles.items()}


def test_whoever_leaves_is_out_at_once_and_holds_no_key(session, staff, now):
    ana, ben = staff["ana"], staff["ben"].user
    keyring = new_keyring(session, [ana.user, ben])
    sign_in(session, "ana", ana.passphrase, now)
    assert people.let_leave(session, ana.user, **BY) == 0
    assert session.scalars(select(StaffSession)).all() == []
    assert holders(session, keyring) == [ben]


def test_whoever_comes_back_can_sign_in_and_holds_no_key(session, staff, now):
    ana, ben = staff["ana"], staff["ben"].user
    keyring = new_keyring(session, [ana.user, ben])
    people.let_leave(session, ana.user, **BY)
    people.let_back(session, ana.user, **BY)
    assert sign_in(session, "ana", ana.passphrase, now)
    assert holders(session, keyring) == [ben]


def test_a_key_that_nobody_else_holds_is_counted_not_destroyed(session, staff):
    new_keyring(session, [staff["ana"].user])
    assert people.let_leave(session, staff["ana"].user, **BY) == 1


def test_the_last_administrator_stays_one(session, staff):
    people.let_leave(session, staff["eva"].user, **BY)
    with pytest.raises(people.LastAdministrator):
        people.let_leave(session, staff["dora"].user, **BY)
    with pytest.raises(people.LastAdministrator):
        people.change(session, staff["dora"].user, "translator", {Limit.LANGUAGE: ["fr"]}, by=None, **BY)


def test_nobody_changes_their_own_role(session, staff):
    dora = staff["dora"].user
    with pytest.raises(people.OwnAccount):
        people.change(session, dora, "policy_staff", {Limit.CONSULTATION: ["*"]}, by=dora, **BY)


def test_a_new_role_brings_only_its_own_limits_and_ends_sessions(session, staff, now):
    ana = staff["ana"]
    sign_in(session, "ana", ana.passphrase, now)
    given = {Limit.LANGUAGE: ["fr"], Limit.CONSULTATION: ["*"]}
    people.change(session, ana.user, "translator", given, by=staff["dora"].user, **BY)
    assert limits_of(session, ana.user).given == {Limit.LANGUAGE: {"fr"}}
    assert session.scalars(select(StaffSession)).all() == []


def test_a_key_can_be_given_to_who_reaches_its_consultation(session, staff):
    people.change(session, staff["ben"].user, "policy_staff", {Limit.CONSULTATION: ["spring"]}, by=None, **BY)
    found = people.active_reaching(session, Permission.UNLOCK, "autumn")
    assert [user.name for user in found] == ["ana"]
