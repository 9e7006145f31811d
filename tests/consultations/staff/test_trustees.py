"""The trustees' recovery key is made, confirmed by two cards, rehearsed, made anew; only its public half is kept."""

import datetime

import pytest

from consultations.staff import trustees
from consultations.staff.accounts import create_account
from consultations.staff.keyrings import new_keyring
from consultations.staff.keys import new_key_pair
from consultations.staff.notices import Notice, taken_notices
from consultations.staff.roles import Role
from consultations.staff.shares import split
from consultations.staff.trustees import CardsOfNoKey, CardsRetired

DAY = datetime.date(2026, 11, 2)
LATER = DAY + datetime.timedelta(days=400)


def test_a_key_is_current_once_two_cards_have_confirmed_it(session):
    made = trustees.make(session, DAY)
    assert (trustees.current(session), trustees.waiting(session)) == (None, made.key)
    trustees.rehearse(session, made.cards[1:], DAY)
    assert (trustees.current(session), trustees.waiting(session)) == (made.key, None)
    assert (made.key.confirmed_on, made.key.rehearsed_on) == (DAY, DAY)


def test_a_rehearsal_notes_the_day_and_leaves_the_confirmation(session, hold_ceremony):
    cards = hold_ceremony(session, DAY)
    key = trustees.rehearse(session, (cards[2], cards[0]), LATER)
    assert (key.confirmed_on, key.rehearsed_on) == (DAY, LATER)


def test_a_rehearsal_is_due_at_first_and_after_a_year(session, hold_ceremony):
    assert trustees.rehearsal_is_due(session, DAY)
    cards = hold_ceremony(session, DAY)
    assert not trustees.rehearsal_is_due(session, DAY + datetime.timedelta(days=364))
    assert trustees.rehearsal_is_due(session, LATER)
    trustees.rehearse(session, cards[:2], LATER)
    assert not trustees.rehearsal_is_due(session, LATER)


def test_the_old_key_stays_current_until_the_new_one_is_confirmed(session, hold_ceremony):
    old_cards = hold_ceremony(session)
    old = trustees.current(session)
    made = trustees.make(session, LATER)
    assert trustees.current(session) == old
    trustees.rehearse(session, made.cards[:2], LATER)
    assert trustees.current(session) == made.key
    with pytest.raises(CardsRetired):
        trustees.rehearse(session, old_cards[:2], LATER)


def test_whoever_holds_a_key_is_told_of_a_new_recovery_key_and_of_no_rehearsal(session, hold_ceremony):
    ana, ben = (create_account(session, name, Role.POLICY_STAFF, "en").user for name in ("ana", "ben"))
    new_keyring(session, [ana])
    cards = hold_ceremony(session)
    assert taken_notices(session, ana) == [Notice.RECOVERY_KEY_CHANGED]
    trustees.rehearse(session, cards[:2], LATER)
    assert taken_notices(session, ana) == taken_notices(session, ben) == []


def test_a_ceremony_that_was_broken_off_is_forgotten_by_the_next(session):
    broken_off = trustees.make(session, DAY)
    trustees.make(session, DAY)
    with pytest.raises(CardsOfNoKey):
        trustees.rehearse(session, broken_off.cards[:2], DAY)


def test_cards_of_somebody_else_s_key_are_refused(session, hold_ceremony):
    hold_ceremony(session)
    with pytest.raises(CardsOfNoKey):
        trustees.rehearse(session, split(new_key_pair().private)[:2], DAY)


def test_a_public_half_that_was_swapped_is_noticed_at_the_rehearsal(session, hold_ceremony):
    cards = hold_ceremony(session)
    trustees.current(session).public_key = new_key_pair().public
    with pytest.raises(CardsOfNoKey):
        trustees.rehearse(session, cards[:2], DAY)


def test_secrets_of_a_ceremony_are_kept_out_of_logs(session):
    made = trustees.make(session, DAY)
    assert not any(card in repr(made) for card in made.cards)
    assert "private" not in repr(trustees.opened(session, made.cards[:2]))
