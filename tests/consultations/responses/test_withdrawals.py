"""What was taken back is in nothing that a key holder opens, and no longer in the snapshot once that is rewritten."""

import datetime
import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from consultations.audit import AuditEntry
from consultations.responses.answering import send
from consultations.responses.leaving_out import are_in_snapshot, rewrite_snapshot
from consultations.responses.models import Snapshot
from consultations.responses.unsealing import open_snapshot, unlock
from consultations.responses.withdrawals import PublishedAlready, Withdrawal, waiting, withdraw
from consultations.staff.keys import DoesNotOpen, new_key_pair
from forms.packing import columns, pack

DAY = datetime.date(2026, 12, 19)
#: Tags that end in zeros are tags like others.
TAGS = [bytes([number]) * 14 + b"\0\0" for number in range(1, 7)]


@pytest.fixture
def sent(session, consultation, layout, epochs):
    """Six answers, each with a tag; and one of somebody whose page had no receipt yet."""

    def send_all(numbers=range(6)):
        for number in numbers:
            hot, cold = pack(layout, {"number": str(number), "why": f"because {number}"}, "en", number, TAGS[number])
            send(session, consultation, secrets.token_bytes(16), hot, cold, epochs)
        epochs.stir()

    send(session, consultation, secrets.token_bytes(16), *pack(layout, {"number": "99"}, "en", 99), epochs)
    return send_all


@pytest.fixture
def seen(session, consultation, pair, layout):
    """What a key holder sees: number -> text."""

    def read():
        unsealed = open_snapshot(session, consultation, pair.private)
        numbers = columns(layout, unsealed.hot)["number"].tolist()
        assert len(numbers) == len(unsealed.cold)
        return {number: text.get("why", "") for number, text in zip(numbers, unsealed.cold, strict=True)}

    return read


def all_but(*gone):
    return {99: "", **{number: f"because {number}" for number in range(6) if number not in gone}}


def test_an_answer_taken_back_before_the_unlock_never_enters_the_snapshot(
    session, consultation, pair, layout, sent, seen, close
):
    sent()
    withdraw(session, consultation.id, TAGS[2])
    close()
    assert unlock(session, consultation, pair.private, layout, DAY).size == 6
    assert seen() == all_but(2)
    assert waiting(session, consultation.id) == frozenset()
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.who, entry.what, entry.subject) == ("withdrawal", "took 1 out of the answers to", "test")


def test_one_taken_back_after_the_unlock_is_seen_by_nobody_from_that_moment(
    session, consultation, pair, layout, sent, seen, close
):
    sent()
    close()
    unlock(session, consultation, pair.private, layout)
    withdraw(session, consultation.id, TAGS[0])
    withdraw(session, consultation.id, TAGS[5])
    assert seen() == all_but(0, 5)
    assert session.get(Snapshot, consultation.id).size == 7


def test_the_rewritten_snapshot_has_it_no_longer(session, consultation, pair, layout, sent, seen, close):
    sent()
    close()
    unlock(session, consultation, pair.private, layout)
    before = session.get(Snapshot, consultation.id)
    sealed_key = before.sealed_key
    assert rewrite_snapshot(session, consultation, pair.private, frozenset({TAGS[1], b"n" * 16})) == {TAGS[1]}
    assert seen() == all_but(1)
    assert (before.size, before.sealed_key == sealed_key) == (6, False)
    assert not are_in_snapshot(session, consultation, pair.private, frozenset({TAGS[1]}))
    assert are_in_snapshot(session, consultation, pair.private, frozenset({TAGS[3]}))


def test_a_tag_that_meets_nothing_waits_for_an_answer_that_was_not_unlocked_yet(
    session, consultation, pair, layout, sent, seen, close
):
    sent(range(3))
    withdraw(session, consultation.id, TAGS[4])
    close()
    unlock(session, consultation, pair.private, layout)
    assert waiting(session, consultation.id) == {TAGS[4]}
    consultation.status = "open"
    session.commit()
    sent(range(3, 6))
    close()
    unlock(session, consultation, pair.private, layout)
    assert seen() == all_but(4)
    assert waiting(session, consultation.id) == frozenset()


def test_answers_without_a_receipt_match_no_tag(session, consultation, pair, layout, sent, seen, close):
    sent(range(0))
    withdraw(session, consultation.id, bytes(15) + b"\1")
    close()
    unlock(session, consultation, pair.private, layout)
    assert seen() == {99: ""}


def test_everybody_may_take_their_answer_back(session, consultation, pair, layout, epochs, close):
    hot, cold = pack(layout, {"number": "1"}, "en", 1, TAGS[0])
    send(session, consultation, secrets.token_bytes(16), hot, cold, epochs)
    close()
    unlock(session, consultation, pair.private, layout)
    withdraw(session, consultation.id, TAGS[0])
    rewrite_snapshot(session, consultation, pair.private, frozenset({TAGS[0]}))
    unsealed = open_snapshot(session, consultation, pair.private)
    assert (unsealed.hot, unsealed.cold) == (b"", [])


def test_taking_back_twice_is_the_same_as_once_and_keeps_no_time(session, engine, consultation):
    withdraw(session, consultation.id, TAGS[0])
    withdraw(session, consultation.id, TAGS[0])
    assert session.scalars(select(Withdrawal.tag)).all() == [TAGS[0]]
    assert {column["name"] for column in inspect(engine).get_columns("withdrawals")} == {"consultation_id", "tag"}


def test_once_results_are_published_nothing_is_taken_back(session, consultation):
    consultation.published_on = DAY
    session.commit()
    with pytest.raises(PublishedAlready):
        withdraw(session, consultation.id, TAGS[0])
    assert waiting(session, consultation.id) == frozenset()


def test_without_the_consultation_s_key_nothing_is_rewritten(session, consultation, pair, layout, sent, close):
    sent()
    close()
    unlock(session, consultation, pair.private, layout)
    with pytest.raises(DoesNotOpen):
        rewrite_snapshot(session, consultation, new_key_pair().private, frozenset({TAGS[1]}))


def test_a_publication_on_its_way_is_waited_for_and_wins(session, engine, consultation):
    consultation.published_on = DAY
    session.flush()

    def take_back():
        with Session(engine) as other:
            withdraw(other, consultation.id, TAGS[0])

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(take_back)
        with pytest.raises(TimeoutError):
            asked.result(timeout=0.5)
        assert waiting(session, consultation.id) == frozenset()
        session.commit()
        with pytest.raises(PublishedAlready):
            asked.result(timeout=30)
    assert waiting(session, consultation.id) == frozenset()
