"""What was moved goes, in one piece where it is much; what others have stays, and nobody waits for it."""

import datetime

import pytest
from sqlalchemy import func, insert, select, text

from consultations.audit import AuditEntry
from consultations.cli.backups import _at_one_moment
from consultations.responses import dropping
from consultations.responses.dropping import drop_moved
from consultations.responses.models import Epoch, SealedResponse
from consultations.rounds.models import Consultation

MINE, OTHER, DAMAGED = b"a" * 16, b"b" * 16, b"c" * 16


@pytest.fixture
def other(session, consultation):
    """Another consultation, with the same questionnaire."""
    texts = {"title": {"en": "Other"}, "asked_by": {"en": "Other"}, "purpose": {"en": "Other"}, "languages": ["en"]}
    same = {"questionnaire_id": consultation.questionnaire_id, "keyring_id": consultation.keyring_id}
    made = Consultation(slug="other", status="open", opened_on=datetime.date(2026, 12, 17), **same, **texts)
    session.add(made)
    session.commit()
    return made


@pytest.fixture
def rows(session, monkeypatch):
    """Makes so many answers of an epoch -> their ids; a table with as few as these counts as large."""
    monkeypatch.setattr(dropping, "MANY", 1)

    def made(consultation, epoch, number):
        mine = {"consultation_id": consultation.id}
        session.execute(insert(Epoch), {**mine, "id": epoch, "sealed_key": b"key"})
        ids = [epoch[:15] + bytes([n]) for n in range(number)]
        blobs = {"hot": b"hot", "cold": b"cold"}
        session.execute(insert(SealedResponse), [{**mine, **blobs, "id": one, "epoch_id": epoch} for one in ids])
        session.commit()
        return ids

    return made


def left(session):
    return set(session.scalars(select(SealedResponse.id)))


def file_of(session):
    """Where PostgreSQL keeps the table; None for SQLite, which has one file for all."""
    if session.get_bind().dialect.name == "sqlite":
        return None
    return session.scalar(text("SELECT pg_relation_filenode('sealed_responses')"))


def test_answers_of_others_and_damaged_ones_stay_in_a_table_without_the_moved(session, consultation, other, rows):
    rows(consultation, MINE, 5)
    damaged, theirs = rows(consultation, DAMAGED, 3)[:1], rows(other, OTHER, 4)
    before = file_of(session)

    drop_moved(session, consultation.id, [MINE, DAMAGED], {DAMAGED: damaged}, 7)
    session.commit()

    assert left(session) == {*damaged, *theirs}
    assert set(session.scalars(select(Epoch.id))) == {DAMAGED, OTHER}
    assert before is None or file_of(session) != before


def test_answers_of_an_epoch_that_nobody_looked_at_stay(session, consultation, rows):
    rows(consultation, MINE, 5)
    late = rows(consultation, OTHER, 2)
    drop_moved(session, consultation.id, [MINE], {}, 5)
    session.commit()
    assert left(session) == set(late)


def test_what_was_not_committed_is_as_if_it_had_not_been(session, consultation, rows):
    ids = rows(consultation, MINE, 5)
    drop_moved(session, consultation.id, [MINE], {}, 5)
    session.rollback()
    assert left(session) == set(ids)


def test_where_others_have_much_answers_are_deleted_one_by_one(session, consultation, other, rows, monkeypatch):
    monkeypatch.setattr(dropping, "MOST_COPIED", 3)
    rows(consultation, MINE, 5)
    theirs, before = rows(other, OTHER, 4), file_of(session)
    drop_moved(session, consultation.id, [MINE], {}, 5)
    session.commit()
    assert left(session) == set(theirs)
    assert file_of(session) == before


def test_where_somebody_uses_the_table_nobody_waits(engine, session, consultation, rows, monkeypatch):
    monkeypatch.setattr(dropping, "LOCK_TRIES", 1)
    rows(consultation, MINE, 5)
    before = file_of(session)
    with engine.connect() as reader:
        assert reader.scalar(select(func.count()).select_from(SealedResponse)) == 5
        drop_moved(session, consultation.id, [MINE], {}, 5)
        if engine.dialect.name == "postgresql":  # who comes now is not behind somebody who holds the table
            reader.exec_driver_sql("SET LOCAL lock_timeout = 1000")
            assert reader.scalar(select(func.count()).select_from(SealedResponse)) == 5
    session.commit()
    assert left(session) == set()
    assert file_of(session) == before


def test_a_role_that_does_not_own_the_tables_deletes_one_by_one(session, consultation, rows):
    rows(consultation, MINE, 5)
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("CREATE ROLE writer"))  # gone with this transaction
        session.execute(text("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO writer"))
        session.execute(text("SET LOCAL ROLE writer"))
    drop_moved(session, consultation.id, [MINE], {}, 5)
    assert left(session) == set()
    session.rollback()


def test_a_backup_that_began_before_still_finds_every_answer(engine, session, consultation, rows, monkeypatch):
    monkeypatch.setattr(dropping, "LOCK_TRIES", 1)
    ids = rows(consultation, MINE, 5)
    with engine.connect() as source:
        _at_one_moment(source)
        source.scalars(select(AuditEntry.hash)).all()
        drop_moved(session, consultation.id, [MINE], {}, 5)
        session.commit()
        assert set(source.scalars(select(SealedResponse.id))) == set(ids)
