"""Answers end when respondents were told that they would, and a certificate says so."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import ForeignKeyConstraint, func, select
from sqlalchemy.orm import Session

import app  # noqa: F401 - imports every model
from consultations.audit import AuditEntry, first_broken
from consultations.database import Base
from consultations.responses.drafts import Draft
from consultations.responses.models import Snapshot, SnapshotKey
from consultations.responses.retention import HOLDING_ANSWERS, STAYING, destroy_expired, ends_on
from consultations.responses.withdrawals import Withdrawal
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff.certificates import certificates
from consultations.staff.keyrings import KeyDestroyed, new_keyring, private_key
from consultations.staff.keys import new_key_pair
from consultations.staff.models import KeyGrant, User
from consultations.staff.sign_in import SignedIn

CLOSED = datetime.date(2026, 1, 31)
PAIR = new_key_pair()


@pytest.fixture
def holder(session: Session) -> SignedIn:
    user = User(
        name="holder",
        role="policy_staff",
        language="en",
        salt=b"",
        auth_hash=b"",
        public_key=PAIR.public,
        wrapped_private_key=b"",
        recovery_wrapped_private_key=b"",
    )
    session.add(user)
    session.flush()
    return SignedIn(user, PAIR.private)


@pytest.fixture
def consultation(session: Session, holder: SignedIn) -> Consultation:
    keyring = new_keyring(session, [holder.user])
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
    session.add(Snapshot(consultation_id=made.id, size=1, sealed_key=b"key", blob=b"answers"))
    session.flush()
    return made


def rows(session: Session) -> list[int]:
    return [session.scalar(select(func.count()).select_from(each)) or 0 for each in (Snapshot, SnapshotKey, KeyGrant)]


def test_nothing_is_destroyed_a_day_too_early(session: Session, consultation: Consultation) -> None:
    last = ends_on(consultation)
    assert last == datetime.date(2026, 3, 3)
    assert destroy_expired(session, last - datetime.timedelta(days=1)) == []
    assert rows(session) == [1, 1, 1]


def test_answers_and_keys_are_gone_on_the_day(session: Session, consultation: Consultation, holder: SignedIn) -> None:
    assert destroy_expired(session, datetime.date(2026, 3, 3)) == ["spring"]
    assert rows(session) == [0, 0, 0]
    with pytest.raises(KeyDestroyed):
        private_key(session, consultation.keyring_id, holder)


def test_a_certificate_in_the_audit_log_says_what_is_gone(session: Session, consultation: Consultation) -> None:
    destroy_expired(session, datetime.date(2026, 3, 3))
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.subject == "spring: 1 snapshot_keys, 1 snapshots, 1 key_grants; no copy of the key is left"
    (certificate,) = certificates(session)
    assert (certificate.subject, certificate.day) == ("spring", datetime.date(2026, 3, 3))
    assert certificate.rows == {"snapshot_keys": 1, "snapshots": 1, "key_grants": 1}
    assert first_broken(session) is None


def test_it_is_destroyed_and_recorded_once(session: Session, consultation: Consultation) -> None:
    destroy_expired(session, datetime.date(2026, 3, 3))
    assert destroy_expired(session, datetime.date(2026, 3, 4)) == []
    assert len(certificates(session)) == 1


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


def test_whatever_belongs_to_a_consultation_is_destroyed_or_stays_for_a_reason() -> None:
    """A new table with a consultation's number must be named in one of the two lists."""
    theirs = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.constraints
        if isinstance(key, ForeignKeyConstraint) and "consultation_id" in key.column_keys
    }
    assert theirs == {*HOLDING_ANSWERS, *STAYING}
