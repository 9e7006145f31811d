"""The audit log: each entry holds the one before it, so that nothing is changed unseen."""

from __future__ import annotations

import datetime

import pytest

from consultations.audit import AuditEntry, first_broken, record

DAY = datetime.date(2026, 11, 2)


@pytest.fixture
def chain(session):
    return [
        record(session, who="ana", what=what, subject="spring", day=DAY) for what in ("opened", "closed", "unlocked")
    ]


def test_a_log_that_nobody_touched_holds(session, chain):
    assert first_broken(session) is None


def test_an_empty_log_holds(session):
    assert first_broken(session) is None


@pytest.mark.parametrize(
    ("name", "value"), [("who", "ben"), ("what", "deleted"), ("subject", "autumn"), ("day", datetime.date(2026, 1, 1))]
)
def test_a_changed_entry_is_found(session, chain, name, value):
    setattr(chain[1], name, value)
    session.flush()
    assert first_broken(session) is chain[1]


def test_an_entry_that_was_taken_out_is_missed_by_the_next(session, chain):
    session.delete(chain[0])
    session.flush()
    assert first_broken(session) is chain[1]


def test_entries_carry_days_and_no_times():
    kept = {column.name for column in AuditEntry.__table__.columns}
    assert kept == {"id", "day", "who", "what", "subject", "hash", "scheme"}


def test_the_same_words_at_another_place_hash_differently(chain):
    assert len({entry.hash for entry in chain}) == 3
