"""Answers that come from a file are stored as members' own are, all or none, and only once nobody can answer."""

from __future__ import annotations

import datetime

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import func, select

from consultations.responses import importing, sealing
from consultations.responses.models import Epoch, SealedResponse
from consultations.responses.sealing import Place, open_answer, open_epoch_key
from consultations.responses.unsealing import open_snapshot, unlock
from consultations.staff.models import KeyGrant, User
from forms.packing import unpack

DAY = datetime.date(2026, 12, 20)


_UNUSED = dict.fromkeys(("salt", "auth_hash", "public_key", "wrapped_private_key", "recovery_wrapped_private_key"), b"")


@pytest.fixture
def held(session, consultation):
    """Somebody holds the key: what is sealed now can be opened one day."""
    user = User(name="ana", role="policy_staff", language="en", **_UNUSED)
    session.add(user)
    session.flush()
    session.add(KeyGrant(keyring_id=consultation.keyring_id, user_id=user.id, sealed_private_key=b"sealed"))
    session.commit()


@pytest.fixture
def take_in(session, consultation, held, close, answer):
    close()

    def taken(count, digest=b"d" * 32):
        records = [answer(number, "because" if number % 10 == 0 else "") for number in range(count)]
        done = importing.take_in(session, consultation, records, digest, who="ana", today=DAY)
        session.commit()
        return done

    return taken


def stored(session, consultation, pair, layout):
    """Every answer by epoch, in the order that the database gives them back in."""
    found = {}
    for epoch in session.scalars(select(Epoch)):
        cipher = AESGCM(open_epoch_key(pair.private, epoch.sealed_key, consultation.id, epoch.id))
        place = Place(consultation.id, consultation.questionnaire.version, epoch.id)
        rows = session.scalars(select(SealedResponse).where(SealedResponse.epoch_id == epoch.id)).all()
        found[epoch.id] = [unpack(layout, *open_answer(cipher, place, row.id, row.hot, row.cold)) for row in rows]
    return found


def test_they_lie_in_epochs_of_two_hundred_in_a_drawn_order(session, consultation, pair, layout, take_in):
    assert take_in(450) == 450
    epochs = stored(session, consultation, pair, layout)
    assert sorted(map(len, epochs.values())) == [50, 200, 200]
    numbers = [[int(each.answers["number"]) for each in answers] for answers in epochs.values()]
    assert sorted(number for each in numbers for number in each) == list(range(450))
    assert all(max(each) - min(each) > 200 for each in numbers), "an epoch is a stretch of the file"


def test_they_open_with_the_others_after_the_next_unlock(session, consultation, pair, layout, take_in):
    take_in(30)
    assert unlock(session, consultation, pair.private, layout).size == 30
    assert take_in(5, b"e" * 32) == 5
    assert unlock(session, consultation, pair.private, layout).size == 35
    texts = open_snapshot(session, consultation, pair.private).cold
    assert sum(bool(text) for text in texts) == 4


def test_how_many_were_imported_is_kept_with_the_consultation(session, consultation, take_in):
    take_in(3)
    take_in(2, b"e" * 32)
    assert consultation.imported_answers == 5


@pytest.mark.parametrize("status", ["draft", "open"])
def test_while_members_can_answer_or_nothing_is_promised_nothing_is_taken_in(
    session, consultation, held, answer, status
):
    consultation.status = status
    session.commit()
    with pytest.raises(importing.NotYetClosed):
        importing.take_in(session, consultation, [answer(1)], b"d" * 32, who="ana", today=DAY)


def test_answers_are_not_added_to_those_that_were_destroyed(session, consultation, close, answer):
    close()
    with pytest.raises(importing.AnswersDestroyed):
        importing.take_in(session, consultation, [answer(1)], b"d" * 32, who="ana", today=DAY)


def test_a_file_is_taken_in_once(session, take_in):
    take_in(3)
    with pytest.raises(importing.ImportedBefore):
        take_in(3)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(SealedResponse)) == 3


def test_a_file_without_answers_leaves_no_trace(session, take_in):
    with pytest.raises(importing.NothingToImport):
        take_in(0)
    assert session.scalar(select(func.count()).select_from(importing.ImportedFile)) == 0


def test_a_failure_in_the_middle_leaves_nothing_behind(session, consultation, take_in, monkeypatch):
    sealed = sealing.seal_answer
    left = list(range(250))

    def fails_late(*what):
        left.pop()
        return sealed(*what)

    monkeypatch.setattr(importing, "seal_answer", fails_late)
    with pytest.raises(IndexError):
        take_in(300)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(SealedResponse)) == 0
    assert session.scalar(select(func.count()).select_from(Epoch)) == 0
    assert consultation.imported_answers == 0


def test_the_name_of_a_file_depends_on_the_server_s_secret():
    one, two = (importing.file_digest(secret * 32, b"a file") for secret in (b"\x01", b"\x02"))
    assert one != two
    assert importing.file_digest(b"\x01" * 32, b"a file") == one
