"""An answer is stored once, sealed, and on the disk before it is acknowledged."""

import threading

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from consultations.responses.answering import ConsultationClosed, NotStored, drop_sent_hashes, send
from consultations.responses.counting import answer_count
from consultations.responses.models import Epoch, SealedResponse, SentHash
from consultations.responses.sealing import new_id
from consultations.rounds.models import Consultation


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_an_answer_that_was_acknowledged_is_seen_by_others(engine, session, consultation, epochs, answer):
    send(session, consultation, new_id(), *answer(7), epochs)
    with Session(engine) as other:
        assert answer_count(other, consultation) == 1


def test_nothing_that_was_written_can_be_read(session, consultation, epochs, answer):
    hot, cold = answer(7, "because")
    send(session, consultation, new_id(), hot, cold, epochs)
    stored = session.scalars(select(SealedResponse)).one()
    assert b"because" not in stored.cold
    assert hot not in stored.hot


def test_pressing_send_twice_counts_once(session, consultation, epochs, answer):
    page = new_id()
    for _ in range(3):
        send(session, consultation, page, *answer(7), epochs)
    assert answer_count(session, consultation) == 1


def test_the_page_s_id_is_not_stored(session, consultation, epochs, answer):
    page = new_id()
    send(session, consultation, page, *answer(7), epochs)
    assert page not in session.scalars(select(SentHash.hash)).one()


def test_a_second_send_after_the_stir_still_counts_once(session, consultation, epochs, answer):
    page = new_id()
    send(session, consultation, page, *answer(7), epochs)
    epochs.stir(consultation.id)
    send(session, consultation, page, *answer(7), epochs)
    assert answer_count(session, consultation) == 1


def test_a_closed_consultation_takes_no_answer(session, consultation, close, epochs, answer):
    close()
    with pytest.raises(ConsultationClosed):
        send(session, consultation, new_id(), *answer(7), epochs)


def test_hashes_can_be_dropped_at_closing(session, consultation, epochs, answer):
    send(session, consultation, new_id(), *answer(7), epochs)
    drop_sent_hashes(session, consultation)
    session.commit()
    assert count(session, SentHash) == 0


def test_an_epoch_that_was_deleted_under_us_is_replaced(session, consultation, epochs, answer):
    send(session, consultation, new_id(), *answer(7), epochs)
    session.execute(delete(SealedResponse))
    session.execute(delete(Epoch))
    session.commit()

    send(session, consultation, new_id(), *answer(8), epochs)

    assert answer_count(session, consultation) == 1


def test_what_could_not_be_stored_is_not_acknowledged(session, consultation, epochs, answer, monkeypatch):
    monkeypatch.setattr("consultations.responses.answering._stored", lambda *_: False)
    with pytest.raises(NotStored):
        send(session, consultation, new_id(), *answer(7), epochs)


def test_a_session_with_changes_of_its_own_is_refused(session, consultation, epochs, answer):
    """They would hold the database's lock while an epoch is waited for: two threads could then wait for each other."""
    consultation.retention_months += 1
    with pytest.raises(RuntimeError, match="changes of its own"):
        send(session, consultation, new_id(), *answer(1), epochs)


def test_eight_threads_lose_nothing_and_count_nothing_twice(engine, session, consultation, new_epochs, answer):
    epochs = new_epochs(most_answers=7)
    pages = [new_id() for _ in range(40)]

    def press(start):
        with Session(engine, expire_on_commit=False) as mine:
            for page in pages[start:] + pages[:start]:
                send(mine, mine.get_one(Consultation, consultation.id), page, *answer(1), epochs)

    threads = [threading.Thread(target=press, args=(5 * number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    epochs.stir()

    assert answer_count(session, consultation) == 40
    assert count(session, SentHash) == 40
