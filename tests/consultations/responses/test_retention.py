"""Answers end when respondents were told that they would."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultations.audit import AuditEntry
from consultations.responses.drafts import Draft
from consultations.responses.models import Snapshot
from consultations.responses.retention import destroy_expired, ends_on
from consultations.responses.withdrawals import Withdrawal
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff.models import KeyGrant, Keyring, User

CLOSED = datetime.date(2026, 1, 31)


@pytest.fixture
def consultation(session: Session) -> Consultation:
    user = User(
        name="holder",
        role="policy_staff",
        language="en",
        salt=b"",
        auth_hash=b"",
        public_key=b"",
        wrapped_private_key=b"",
        recovery_wrapped_private_key=b"",
    )
    keyring = Keyring(public_key=b"")
    session.add_all([user, keyring])
    session.flush()
    made = Consultation(
        slug="spring",
        status="unlocked",
        questionnaire=StoredQuestionnaire(version="1", name="form", content={}),
        keyring=keyring,
        title={},
        asked_by={},
        purpose={},
        languages=["en"],
        retention_months=1,
        opened_on=CLOSED,
        closed_on=CLOSED,
    )
    session.add(made)
    session.flush()
    session.add(KeyGrant(keyring_id=keyring.id, user_id=user.id, sealed_private_key=b"sealed"))
    session.add(Snapshot(consultation_id=made.id, size=1, sealed_key=b"key", blob=b"answers"))
    session.flush()
    return made


def rows(session: Session) -> tuple[int, int]:
    count = func.count()
    return (
        session.scalar(select(count).select_from(Snapshot)) or 0,
        session.scalar(select(count).select_from(KeyGrant)) or 0,
    )


def test_nothing_is_destroyed_a_day_too_early(session: Session, consultation: Consultation) -> None:
    last = ends_on(consultation)
    assert last == datetime.date(2026, 3, 3)
    assert destroy_expired(session, last - datetime.timedelta(days=1)) == []
    assert rows(session) == (1, 1)


def test_answers_and_keys_are_gone_on_the_day(session: Session, consultation: Consultation) -> None:
    assert destroy_expired(session, datetime.date(2026, 3, 3)) == ["spring"]
    assert rows(session) == (0, 0)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.who, entry.subject) == ("retention", "spring")


def test_it_is_destroyed_and_recorded_once(session: Session, consultation: Consultation) -> None:
    destroy_expired(session, datetime.date(2026, 3, 3))
    assert destroy_expired(session, datetime.date(2026, 3, 4)) == []


def test_an_open_consultation_has_no_end_yet(session: Session, consultation: Consultation) -> None:
    consultation.closed_on = None
    assert ends_on(consultation) is None


def test_what_was_saved_or_taken_back_goes_with_the_answers(session: Session, consultation: Consultation) -> None:
    far = CLOSED + datetime.timedelta(days=900)
    session.add(Draft(consultation_id=consultation.id, lookup=b"l" * 32, blob=b"sealed", expires_on=far))
    session.add(Withdrawal(consultation_id=consultation.id, tag=b"t" * 16))
    session.flush()
    destroy_expired(session, CLOSED)
    assert [len(session.scalars(select(model)).all()) for model in (Draft, Withdrawal)] == [1, 1]
    destroy_expired(session, CLOSED + datetime.timedelta(days=40))
    assert [session.scalars(select(model)).all() for model in (Draft, Withdrawal)] == [[], []]
