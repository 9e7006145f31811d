"""Key holders open everything that can be opened, and nothing else is lost."""

import pytest
from sqlalchemy import func, select

from consultations.responses.answering import send
from consultations.responses.counting import answer_count, unopened
from consultations.responses.models import Epoch, SealedResponse, SentHash, Snapshot
from consultations.responses.sealing import new_id
from consultations.responses.unsealing import NotUnlocked, WrongKey, open_snapshot, unlock
from consultations.rounds.lifecycle import StepOutOfOrder
from consultations.staff.keys import DoesNotOpen, new_key_pair
from forms import packing


@pytest.fixture
def fill(session, consultation, new_epochs, answer):
    def filled(numbers, epochs=None):
        epochs = epochs or new_epochs()
        for number in numbers:
            send(session, consultation, new_id(), *answer(number, f"because {number}"), epochs)
        epochs.stir()

    return filled


@pytest.fixture
def numbers(session, consultation, pair, layout):
    """The numbers in the snapshot, in its order; each answer's text must be its own."""

    def read():
        unsealed = open_snapshot(session, consultation, pair.private)
        found = packing.columns(layout, unsealed.hot)["number"].tolist()
        assert unsealed.cold == [{"why": f"because {number}"} for number in found]
        return found

    return read


def left(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_every_answer_is_in_the_snapshot_in_another_order(
    session, consultation, new_epochs, pair, layout, close, fill, numbers
):
    fill(range(50), new_epochs(most_answers=9))
    close()

    snapshot = unlock(session, consultation, pair.private, layout)

    assert snapshot.size == answer_count(session, consultation) == 50
    assert sorted(numbers()) == list(range(50))
    assert numbers() != list(range(50))
    assert consultation.status == "unlocked"


def test_nothing_else_is_left(session, consultation, pair, layout, close, fill):
    fill(range(5))
    close()
    unlock(session, consultation, pair.private, layout)
    assert [left(session, table) for table in (SealedResponse, Epoch, SentHash, Snapshot)] == [0, 0, 0, 1]


def test_answers_of_a_process_that_died_before_its_stir_are_opened(
    session, consultation, new_epochs, pair, layout, close, answer, numbers
):
    dead = new_epochs()
    for number in range(5):
        send(session, consultation, new_id(), *answer(number, f"because {number}"), dead)
    dead.forget()
    close()
    unlock(session, consultation, pair.private, layout)
    assert sorted(numbers()) == list(range(5))


def test_late_answers_are_mixed_among_the_others(session, consultation, pair, layout, close, fill, numbers):
    fill(range(40))
    close()
    unlock(session, consultation, pair.private, layout)
    consultation.status = "open"
    session.commit()
    fill(range(40, 60))
    consultation.status = "unlocked"
    session.commit()
    assert unopened(session, consultation) == 20

    unlock(session, consultation, pair.private, layout)

    assert sorted(numbers()) == list(range(60))
    assert set(numbers()[40:]) != set(range(40, 60))


def test_no_answers_make_an_empty_snapshot(session, consultation, pair, layout, close, numbers):
    close()
    assert unlock(session, consultation, pair.private, layout).size == 0
    assert numbers() == []


def test_a_damaged_answer_is_kept_counted_and_no_obstacle(
    session, consultation, new_epochs, pair, layout, close, fill, numbers
):
    fill(range(10), new_epochs(most_answers=5))
    damaged = session.scalars(select(SealedResponse)).first()
    damaged.cold = damaged.cold[:-1] + bytes([damaged.cold[-1] ^ 1])
    close()

    assert unlock(session, consultation, pair.private, layout).size == 9

    assert unopened(session, consultation) == 1
    assert [left(session, table) for table in (SealedResponse, Epoch)] == [1, 1]
    assert len(numbers()) == 9


def test_an_epoch_whose_key_was_damaged_is_kept_whole(
    session, consultation, new_epochs, pair, layout, close, fill, numbers
):
    fill(range(10), new_epochs(most_answers=5))
    session.scalars(select(Epoch)).first().sealed_key = b"damaged"
    close()
    assert unlock(session, consultation, pair.private, layout).size == 5
    assert unopened(session, consultation) == 5


@pytest.mark.parametrize(("hot", "cold"), [(b"short", b"{}"), (None, b"[1]"), (None, b'{"a":\n1}'), (None, b"")])
def test_an_answer_of_the_wrong_shape_does_not_shift_the_others(
    session, consultation, new_epochs, pair, layout, close, fill, answer, numbers, hot, cold
):
    odd = new_epochs()
    send(session, consultation, new_id(), answer(1)[0] if hot is None else hot, cold, odd)
    odd.stir()
    fill(range(3))
    close()
    unlock(session, consultation, pair.private, layout)
    assert sorted(numbers()) == [0, 1, 2]
    assert unopened(session, consultation) == 1


def test_another_key_opens_nothing_and_drops_nothing(session, consultation, layout, close, fill):
    fill(range(3))
    close()
    with pytest.raises(WrongKey):
        unlock(session, consultation, new_key_pair().private, layout)
    assert answer_count(session, consultation) == 3


def test_an_open_consultation_is_not_unlocked(session, consultation, pair, layout, fill):
    fill(range(3))
    with pytest.raises(StepOutOfOrder):
        unlock(session, consultation, pair.private, layout)


def test_there_is_nothing_to_read_before_unlocking(session, consultation, pair):
    with pytest.raises(NotUnlocked):
        open_snapshot(session, consultation, pair.private)


def test_a_snapshot_opens_for_key_holders_only(session, consultation, pair, layout, close, fill):
    fill(range(3))
    close()
    unlock(session, consultation, pair.private, layout)
    with pytest.raises(DoesNotOpen):
        open_snapshot(session, consultation, new_key_pair().private)
