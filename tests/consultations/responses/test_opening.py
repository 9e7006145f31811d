"""What opens rows by the hundred thousand opens what `open_answer` opens, in this process and in others."""

import io
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import func, inspect, select

from consultations.responses import dropping, opening_processes
from consultations.responses.answering import send
from consultations.responses.counting import unopened
from consultations.responses.models import Epoch, SealedResponse
from consultations.responses.opening import ciphers_of, open_rows
from consultations.responses.opening_child import lots
from consultations.responses.sealing import Place, new_id, seal_answer
from consultations.responses.unsealing import open_snapshot, unlock
from consultations.staff.keys import new_key
from forms import packing

EPOCH, KEY = new_id(), new_key()
CIPHERS = ciphers_of({EPOCH: KEY, b"no key": None}, 1, "form")


def row(hot=b"hot", cold=b'{"why":"x"}', epoch=EPOCH, row_id=None):
    row_id = row_id or new_id()
    return (row_id, epoch, *seal_answer(AESGCM(KEY), Place(1, "form", epoch), row_id, hot, cold))


def test_rows_are_opened_in_their_order_and_those_without_text_have_none():
    opened = open_rows([row(b"one", b"{}"), row(b"two"), row(b"six", b"{}")], CIPHERS, 3)
    assert (bytes(opened.hot), opened.places, opened.texts) == (b"onetwosix", [1], [b'{"why":"x"}'])
    assert (opened.read, opened.damaged) == (3, {})


@pytest.mark.parametrize(
    "bad",
    [
        row(b"long"),
        row(cold=b"[]"),
        row(cold=b'{"a":\n1}'),
        row(cold=b""),
        row(row_id=b"short"),
        (new_id(), *row()[1:]),
        (*row()[:3], b""),
        row(epoch=b"no key"),
    ],
)
def test_a_row_that_does_not_open_is_named_and_moves_no_other(bad):
    opened = open_rows([row(b"one"), bad, row(b"two")], CIPHERS, 3)
    assert bytes(opened.hot) == b"onetwo"
    assert opened.damaged == {bad[1]: [bad[0]]}


def test_rows_of_an_unknown_epoch_are_passed_over():
    opened = open_rows([row(epoch=new_id())], CIPHERS, 3)
    assert (opened.read, opened.hot, opened.damaged) == (1, b"", {})


@pytest.fixture
def in_processes(monkeypatch):
    monkeypatch.setattr(opening_processes, "MANY", 1)
    monkeypatch.setattr(dropping, "MANY", 1)


def test_other_processes_find_every_answer_once(
    session, consultation, new_epochs, pair, layout, close, answer, in_processes
):
    epochs = new_epochs(most_answers=7)
    for number in range(40):
        send(session, consultation, new_id(), *answer(number, f"because {number}"), epochs)
    epochs.stir()
    damaged = session.scalars(select(SealedResponse)).first()
    damaged.hot = damaged.hot[:-1] + bytes([damaged.hot[-1] ^ 1])
    lost = session.scalars(select(Epoch).where(Epoch.id != damaged.epoch_id)).first()
    lost.sealed_key = b"damaged"
    of_lost = session.scalar(select(func.count()).where(SealedResponse.epoch_id == lost.id))
    close()

    assert unlock(session, consultation, pair.private, layout).size == 39 - of_lost

    unsealed = open_snapshot(session, consultation, pair.private)
    numbers = packing.columns(layout, unsealed.hot)["number"].tolist()
    assert len(set(numbers)) == 39 - of_lost
    assert unsealed.cold == [{"why": f"because {number}"} for number in numbers]
    assert unopened(session, consultation) == 1 + of_lost
    assert set(session.scalars(select(Epoch.id))) == {damaged.epoch_id, lost.id}


def test_long_answers_among_short_ones_are_opened_too(
    session, consultation, epochs, pair, layout, close, answer, in_processes
):
    texts = {number: "y" * 40_000 if number % 3 == 0 else f"because {number}" for number in range(8)}
    for number, why in texts.items():
        send(session, consultation, new_id(), *answer(number, why), epochs)
    epochs.stir()
    close()
    unlock(session, consultation, pair.private, layout)
    unsealed = open_snapshot(session, consultation, pair.private)
    numbers = packing.columns(layout, unsealed.hot)["number"].tolist()
    assert sorted(numbers) == sorted(texts)
    assert [cold["why"] for cold in unsealed.cold] == [texts[number] for number in numbers]


def test_the_table_is_the_same_after_a_large_unlock(
    engine, session, consultation, epochs, pair, layout, close, answer, in_processes
):
    send(session, consultation, new_id(), *answer(1), epochs)
    epochs.stir()
    close()
    unlock(session, consultation, pair.private, layout)
    with engine.connect() as connection:
        assert "sealed_responses_rest" not in inspect(connection).get_table_names()
        indexes = inspect(connection).get_indexes("sealed_responses")
        assert [index["name"] for index in indexes] == ["ix_sealed_responses_epoch"]
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
            sql = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'sealed_responses'").scalar()
            assert "WITHOUT ROWID" in sql
            assert "FOREIGN KEY" in sql


def test_a_process_that_ended_too_early_is_noticed():
    with pytest.raises(EOFError):
        list(lots(io.BytesIO(b'{"read": 1, "hot": 0, "places": [], "texts": [], "damaged": {}}\n')))


def test_a_process_ends_with_the_pipe_of_whoever_started_it():
    command = [sys.executable, "-m", "consultations.responses.opening_child"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        process.stdin.close()
        assert process.wait(timeout=20) != 0


def test_nothing_is_lost_when_a_process_ends_too_early(
    session, consultation, epochs, pair, layout, close, answer, in_processes, monkeypatch
):
    send(session, consultation, new_id(), *answer(1), epochs)
    epochs.stir()
    close()
    monkeypatch.setattr(opening_processes, "_ranges", lambda number: [("no", "range")])
    with pytest.raises(opening_processes.Interrupted):
        unlock(session, consultation, pair.private, layout)
    session.rollback()
    assert unopened(session, consultation) == 1
