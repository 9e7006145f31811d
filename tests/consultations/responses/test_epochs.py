"""Epochs turn over by time, by number and at the end, and leave nothing behind that tells an order."""

import os
import time

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from consultations.responses import epochs as epochs_module
from consultations.responses.answering import send
from consultations.responses.models import Epoch, SealedResponse
from consultations.responses.sealing import new_id, open_epoch_key


def ids(session):
    session.rollback()
    return set(session.scalars(select(SealedResponse.id)))


def until(condition):
    for _ in range(500):
        if condition():
            return True
        time.sleep(0.01)
    return False


def test_a_key_is_stored_sealed_before_it_is_used(engine, session, consultation, pair, epochs):
    with epochs.writing(session, consultation) as epoch, Session(engine) as other:
        stored = other.scalars(select(Epoch)).one()
        assert stored.id == epoch.place.epoch_id
        assert len(open_epoch_key(pair.private, stored.sealed_key, consultation.id, stored.id)) == 32


def test_an_epoch_takes_so_many_answers_and_no_more(session, consultation, new_epochs, answer):
    epochs = new_epochs(most_answers=3)
    for number in range(7):
        send(session, consultation, new_id(), *answer(number), epochs)
    epochs.stir()
    assert len(session.scalars(select(Epoch)).all()) == 3


def test_an_epoch_ends_when_its_time_is_up(session, consultation, new_epochs, answer):
    now = 0.0
    epochs = new_epochs(lifetime_seconds=900, clock=lambda: now)
    send(session, consultation, new_id(), *answer(1), epochs)
    now = 899.0
    send(session, consultation, new_id(), *answer(2), epochs)
    now = 900.0
    send(session, consultation, new_id(), *answer(3), epochs)
    epochs.stir()
    assert len(session.scalars(select(Epoch)).all()) == 2


def test_an_epoch_in_which_nobody_answers_any_more_is_stirred_too(session, consultation, new_epochs, answer):
    epochs = new_epochs(lifetime_seconds=0.1)
    send(session, consultation, new_id(), *answer(1), epochs)
    before = ids(session)
    assert until(lambda: ids(session) != before)
    assert until(lambda: not epochs._ended)


def test_stirring_one_consultation_leaves_the_others(session, consultation, epochs, answer):
    send(session, consultation, new_id(), *answer(1), epochs)
    before = ids(session)
    epochs.stir(consultation.id + 1)
    assert ids(session) == before
    epochs.stir(consultation.id)
    assert not ids(session) & before
    assert not epochs._current
    assert not epochs._ended


def test_a_stir_waits_for_an_answer_on_its_way(session, consultation, epochs, monkeypatch):
    monkeypatch.setattr(epochs_module, "RETRY_SECONDS", 0.05)
    with epochs.writing(session, consultation):
        epochs.stir(consultation.id)
        assert len(epochs._ended) == 1
    epochs.stir(consultation.id)
    assert not epochs._ended


REFUSALS = [OperationalError("secret words", {}, Exception("secret words")), MemoryError("secret words")]


@pytest.mark.parametrize("refusal", REFUSALS, ids=["database", "memory"])
def test_a_stir_that_failed_is_tried_again(session, consultation, epochs, answer, monkeypatch, caplog, refusal):
    send(session, consultation, new_id(), *answer(1), epochs)
    before, honest = ids(session), epochs_module.stir

    def refused(*_):
        raise refusal

    monkeypatch.setattr(epochs_module, "stir", refused)
    epochs.stir()
    assert ids(session) == before
    assert "secret words" not in caplog.text

    monkeypatch.setattr(epochs_module, "stir", honest)
    epochs.stir()
    assert not ids(session) & before


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_starts_without_its_parent_s_keys(session, consultation, answer):
    send(session, consultation, new_id(), *answer(1), epochs_module.EPOCHS)
    child = os.fork()
    if child == 0:
        os._exit(len(epochs_module.EPOCHS._current))
    assert os.waitpid(child, 0)[1] == 0
    assert epochs_module.EPOCHS._current
    epochs_module.EPOCHS.stir()
