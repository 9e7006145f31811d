"""Who leaves loses the key: a new pair for who stays and for the trustees, and the old one opens nothing new."""

import threading

import pytest
from sqlalchemy.orm import Session

from consultations.staff import trustees
from consultations.staff.covering import cover, grant_recovered, is_behind, is_covered, uncovered
from consultations.staff.keyrings import (
    NotAKeyHolder,
    grant,
    holders,
    let_go,
    new_keyring,
    private_key,
    public_key,
    recovered,
    sealing_key,
)
from consultations.staff.keys import DoesNotOpen, new_key_pair, open_with, public_key_of, seal_to
from consultations.staff.models import KeyGrant, Keyring, RecoveryGrant, User
from consultations.staff.sign_in import SignedIn
from consultations.staff.trustees import NotCovered
from consultations.staff.turning import LastHolder, TwoMustHold, turn


@pytest.fixture
def people(session):
    def person(name):
        pair = new_key_pair()
        keys = dict.fromkeys(("salt", "auth_hash", "wrapped_private_key", "recovery_wrapped_private_key"), b"")
        user = User(name=name, role="policy_staff", language="en", public_key=pair.public, active=True, **keys)
        session.add(user)
        session.flush()
        return SignedIn(user, pair.private)

    return {name: person(name) for name in ("amina", "maria", "wei")}


@pytest.fixture
def cards(session, hold_ceremony):
    return hold_ceremony(session)


@pytest.fixture
def ring(session, people):
    return new_keyring(session, [people["amina"].user, people["maria"].user])


def test_who_stays_opens_the_new_pair_and_who_goes_holds_nothing(session, people, ring):
    before = private_key(session, ring, people["maria"])
    turned = turn(session, ring, people["amina"], [people["maria"].user])
    assert turned.old_private == before
    assert public_key_of(private_key(session, ring, people["amina"])) == turned.new_public == public_key(session, ring)
    with pytest.raises(NotAKeyHolder):
        private_key(session, ring, people["maria"])


def test_what_is_sealed_again_opens_for_the_new_pair_in_its_place_alone(session, people, ring):
    sealed = seal_to(sealing_key(session, ring), b"words", "test", b"here")
    turned = turn(session, ring, people["amina"])
    again = turned.resealed(sealed, "test", b"here")
    assert open_with(private_key(session, ring, people["amina"]), again, "test", b"here") == b"words"
    with pytest.raises(DoesNotOpen):
        open_with(turned.old_private, again, "test", b"here")
    assert "private" not in repr(turned).replace("new_public", "")


def test_nobody_turns_a_key_that_they_do_not_hold(session, people, ring):
    with pytest.raises(NotAKeyHolder):
        turn(session, ring, people["wei"])


def test_somebody_must_stay_and_two_where_two_are_asked_for(session, people, ring):
    with pytest.raises(LastHolder):
        turn(session, ring, people["amina"], [people[name].user for name in ("amina", "maria")])
    with pytest.raises(TwoMustHold):
        turn(session, ring, people["amina"], [people["maria"].user], least=2)
    assert len(holders(session, ring)) == 2


def test_who_gives_up_their_own_key_leaves_it_to_the_others(session, people, ring):
    turn(session, ring, people["amina"], [people["amina"].user])
    assert [user.name for user in holders(session, ring)] == ["maria"]
    private_key(session, ring, people["maria"])


def test_the_trustees_open_every_keyring_made_after_the_ceremony_and_every_one_that_was_turned(session, people, cards):
    ring = new_keyring(session, [people["amina"].user])
    opened = trustees.opened(session, cards[1:])
    assert public_key_of(recovered(session, ring, opened)) == ring.public_key
    turned = turn(session, ring, people["amina"])
    assert public_key_of(recovered(session, ring, opened)) == turned.new_public


def test_a_keyring_from_before_the_ceremony_is_covered_when_a_holder_works_with_it(session, people, ring, cards):
    assert uncovered(session) == [ring.id]
    with pytest.raises(NotCovered):
        recovered(session, ring, trustees.opened(session, cards[:2]))
    assert cover(session, ring, people["maria"])
    assert not cover(session, ring, people["amina"])
    assert (uncovered(session), is_covered(session, ring)) == ([], True)


def test_a_new_recovery_key_takes_the_place_of_the_old_one_when_a_holder_agrees(session, people, cards, hold_ceremony):
    ring = new_keyring(session, [people["amina"].user])
    new_cards = hold_ceremony(session)
    assert cover(session, ring, people["amina"], agreed=True)
    recovered(session, ring, trustees.opened(session, new_cards[:2]))
    with pytest.raises(NotCovered):
        recovered(session, ring, trustees.opened(session, cards[:2]))


def test_cards_that_somebody_made_for_themselves_open_nothing_without_a_holder_s_agreement(
    session, people, cards, hold_ceremony
):
    ring = new_keyring(session, [people["amina"].user])
    new_cards = hold_ceremony(session)
    assert not cover(session, ring, people["amina"])
    turn(session, ring, people["amina"])  # a turn agrees to nothing either
    assert is_behind(session, ring)
    with pytest.raises(NotCovered):
        recovered(session, ring, trustees.opened(session, new_cards[:2]))
    recovered(session, ring, trustees.opened(session, cards[:2]))  # the old cards still help


def test_two_trustees_give_the_key_to_somebody_when_every_holder_has_lost_theirs(session, people, cards):
    ring = new_keyring(session, [people["amina"].user])
    grant_recovered(session, ring, people["wei"].user, trustees.opened(session, cards[:2]))
    assert public_key_of(private_key(session, ring, people["wei"])) == ring.public_key


def test_a_trustees_copy_that_was_moved_to_another_keyring_does_not_open(session, people, cards):
    mine, other = (new_keyring(session, [people["amina"].user]) for _ in range(2))
    key = trustees.current(session)
    rows = [session.get(RecoveryGrant, (ring.id, key.id)) for ring in (mine, other)]
    rows[0].sealed_private_key = rows[1].sealed_private_key
    with pytest.raises(DoesNotOpen):
        recovered(session, mine, trustees.opened(session, cards[:2]))


def test_a_public_half_that_was_swapped_is_noticed_by_the_trustees_too(session, people, cards):
    ring = new_keyring(session, [people["amina"].user])
    ring.public_key = new_key_pair().public
    with pytest.raises(DoesNotOpen):
        recovered(session, ring, trustees.opened(session, cards[:2]))


def test_who_leaves_loses_every_key_at_once_and_each_is_marked_to_be_turned(session, people, ring):
    other = new_keyring(session, [people["wei"].user])
    assert let_go(session, people["maria"].user) == []
    assert [session.get(Keyring, each.id).to_turn for each in (ring, other)] == [True, False]
    with pytest.raises(NotAKeyHolder):
        private_key(session, ring, people["maria"])
    turn(session, ring, people["amina"])
    assert not ring.to_turn


def test_the_only_copy_of_a_key_stays_when_its_holder_leaves(session, people):
    ring = new_keyring(session, [people["wei"].user])
    assert let_go(session, people["wei"].user) == [ring.id]
    assert session.get(KeyGrant, (ring.id, people["wei"].user.id)) is not None


def test_with_the_trustees_copy_it_need_not(session, people, cards):
    ring = new_keyring(session, [people["wei"].user])
    assert let_go(session, people["wei"].user) == []
    assert session.get(KeyGrant, (ring.id, people["wei"].user.id)) is None


def test_whoever_seals_while_a_key_is_turned_gets_the_new_one(engine, session, people, ring):
    """The race in which an answer's key was sealed to a pair that had just gone, and was lost with its answers."""
    ring_id = ring.id
    session.commit()
    turned = turn(session, ring_id, people["amina"])
    got, began = [], threading.Event()

    def seal():
        with Session(engine) as other:
            public_key(other, ring_id)  # what another process read a moment before
            began.set()
            got.append(sealing_key(other, ring_id))

    writer = threading.Thread(target=seal)
    writer.start()
    began.wait()
    writer.join(0.3)
    assert got == []  # it waits
    session.commit()
    writer.join(30)
    assert got == [turned.new_public]


def test_whoever_turns_a_key_waits_for_who_seals_to_it(engine, session, people, ring):
    ring_id, done = ring.id, []
    session.commit()
    with Session(engine) as sealing:
        sealing_key(sealing, ring_id)

        def turns():
            with Session(engine, expire_on_commit=False) as other:
                turn(other, ring_id, people["amina"])
                other.commit()
                done.append(True)

        thread = threading.Thread(target=turns)
        thread.start()
        thread.join(0.3)
        assert done == []
        sealing.commit()
    thread.join(30)
    assert done == [True]


def test_a_key_given_while_it_is_turned_is_the_new_one(engine, session, people, ring):
    ring_id = ring.id
    session.commit()
    with Session(engine, expire_on_commit=False) as other:
        private_key(other, ring_id, people["amina"])  # read before the turn
        turn(session, ring_id, people["amina"])
        session.commit()
        grant(other, ring_id, people["wei"].user, people["amina"])
        other.commit()
    assert public_key_of(private_key(session, ring_id, people["wei"])) == public_key(session, ring_id)
