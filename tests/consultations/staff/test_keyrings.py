"""A key ring opens for its holders and for nobody else."""

import pytest

from consultations.staff.accounts import create_account, deactivate
from consultations.staff.keyrings import (
    NotAKeyHolder,
    grant,
    holder_count,
    holders,
    new_keyring,
    private_key,
    public_key,
)
from consultations.staff.keys import DoesNotOpen, new_key_pair, public_key_of
from consultations.staff.models import KeyGrant
from consultations.staff.sign_in import SignedIn, sign_in, signed_in


@pytest.fixture
def people(session, now):
    def person(name):
        account = create_account(session, name, "policy_staff", "en")
        return signed_in(session, sign_in(session, name, account.passphrase, now), now)

    return {name: person(name) for name in ("amina", "maria", "wei")}


@pytest.fixture
def keyring(session, people):
    return new_keyring(session, [people["amina"].user, people["maria"].user])


def test_every_holder_opens_the_same_key(session, keyring, people):
    keys = {private_key(session, keyring, people[name]) for name in ("amina", "maria")}
    assert [public_key_of(key) for key in keys] == [keyring.public_key]


def test_who_holds_no_key_opens_nothing(session, keyring, people):
    with pytest.raises(NotAKeyHolder):
        private_key(session, keyring, people["wei"])


def test_a_holder_can_give_the_key_to_somebody(session, keyring, people):
    grant(session, keyring, people["wei"].user, people["maria"])
    assert private_key(session, keyring, people["wei"]) == private_key(session, keyring, people["maria"])


def test_giving_it_twice_changes_nothing(session, keyring, people):
    grant(session, keyring, people["amina"].user, people["maria"])
    assert holder_count(session, keyring) == 2


def test_who_holds_no_key_gives_none(session, keyring, people):
    with pytest.raises(NotAKeyHolder):
        grant(session, keyring, people["wei"].user, people["wei"])


def test_holders_who_left_do_not_count(session, keyring, people):
    deactivate(session, people["maria"].user)
    assert holder_count(session, keyring) == 1
    assert [user.name for user in holders(session, keyring)] == ["amina"]


def test_a_copied_grant_does_not_open_for_another_holder_or_ring(session, keyring, people):
    other = new_keyring(session, [people["amina"].user, people["wei"].user])
    mine, theirs = (session.get(KeyGrant, (ring.id, people["amina"].user.id)) for ring in (keyring, other))
    mine.sealed_private_key = theirs.sealed_private_key
    with pytest.raises(DoesNotOpen):
        private_key(session, keyring, people["amina"])


def test_a_public_half_that_was_swapped_is_noticed(session, keyring, people):
    keyring.public_key = new_key_pair().public
    with pytest.raises(DoesNotOpen):
        private_key(session, keyring, people["amina"])


def test_a_stolen_name_without_the_private_key_opens_nothing(session, keyring, people):
    with pytest.raises(DoesNotOpen):
        private_key(session, keyring, SignedIn(people["amina"].user, new_key_pair().private))


def test_a_key_ring_may_be_named_by_its_id(session, keyring, people):
    grant(session, keyring.id, people["wei"].user, people["maria"])
    assert holder_count(session, keyring.id) == 3
    assert public_key_of(private_key(session, keyring.id, people["wei"])) == public_key(session, keyring.id)
