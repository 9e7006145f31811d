"""The trustees' recovery key is made, confirmed by two cards, rehearsed, made anew; only its public half is kept."""

import datetime

import pytest

from consultations.staff import stretching, trustees
from consultations.staff.accounts import create_account
from consultations.staff.keyrings import new_keyring
from consultations.staff.keys import new_key_pair
from consultations.staff.notices import Notice, taken_notices
from consultations.staff.roles import Role
from consultations.staff.shares import split
from consultations.staff.trustees import CardsOfNoKey, CardsRetired

DAY = datetime.date(2026, 11, 2)
LATER = DAY + datetime.timedelta(days=400)


@pytest.fixture
def dora(session, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    return create_account(session, "dora", Role.ADMINISTRATOR, "en").user


@pytest.fixture
def ana(session, dora):
    return create_account(session, "ana", Role.POLICY_STAFF, "en").user


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


def test_who_made_cards_does_not_confirm_them_and_a_colleague_does(session, dora, ana):
    made = trustees.make(session, DAY, by=dora)
    with pytest.raises(trustees.CardsOfYourOwn):
        trustees.rehearse(session, made.cards[:2], DAY, by=dora)
    assert (trustees.current(session), made.key.confirmed_on, made.key.rehearsed_on) == (None, None, None)
    trustees.rehearse(session, made.cards[:2], DAY, by=ana)
    assert trustees.current(session) == made.key


def test_who_made_cards_rehearses_with_them_once_somebody_else_has_confirmed_them(session, dora, ana):
    cards = trustees.make(session, DAY, by=dora).cards
    trustees.rehearse(session, cards[:2], DAY, by=ana)
    assert trustees.rehearse(session, cards[1:], LATER, by=dora).rehearsed_on == LATER


def test_whoever_has_the_host_s_shell_confirms_any_cards(session, dora):
    made = trustees.make(session, DAY, by=dora)
    assert trustees.rehearse(session, made.cards[:2], DAY, by=None).confirmed_on == DAY


def test_cards_from_the_command_line_are_confirmed_by_anybody(session, dora):
    made = trustees.make(session, DAY, by=None)
    assert trustees.rehearse(session, made.cards[:2], DAY, by=dora).confirmed_on == DAY


def test_a_key_stays_when_the_account_that_made_it_is_deleted(session, dora, ana):
    key = trustees.make(session, DAY, by=dora).key
    assert trustees.maker(session, key) == dora
    session.delete(dora)
    session.flush()
    session.expire_all()
    assert (trustees.waiting(session), key.made_by, trustees.maker(session, key)) == (key, None, None)


def test_the_audit_log_s_name_for_a_key_has_who_made_it(session, dora):
    assert trustees.in_the_log(session, trustees.make(session, DAY, by=dora).key).endswith(", made by dora")
    assert "made by" not in trustees.in_the_log(session, trustees.make(session, DAY, by=None).key)


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
