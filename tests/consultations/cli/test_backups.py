"""A backup has everything but what must not be kept twice, and leads back to the same rows."""

from __future__ import annotations

import datetime
import shutil

import pytest
from sqlalchemy import func, insert, select

import app  # noqa: F401 - imports every model
from consultations.audit import first_broken, record
from consultations.cli.backups import NEVER_IN_BACKUPS, FileIsThere, NotEmpty, restore, write_backup
from consultations.database import Base, engine_for
from consultations.migrations import upgrade
from consultations.registry.models import Country
from consultations.responses.models import SealedCount, SentHash
from consultations.rounds.models import Consultation, Invitation, StoredQuestionnaire
from consultations.staff.models import Keyring

DAY = datetime.date(2026, 12, 1)
CODES = [bytes([number]) * 32 for number in range(1, 40)]


@pytest.fixture
def filled(engine, session):
    """A database with a consultation, codes, a sent page and an audit log."""
    session.add_all([Country(code="KE", region="africa"), Keyring(id=1, public_key=b"k" * 32)])
    session.add(StoredQuestionnaire(id=1, version="f" * 64, name="Test", content={"a": "é"}))
    session.flush()
    texts = {"title": {"en": "Test"}, "asked_by": {}, "purpose": {}, "languages": ["en"]}
    session.add(
        Consultation(id=7, slug="test", questionnaire_id=1, keyring_id=1, opened_on=DAY, status="open", **texts)
    )
    session.flush()
    session.execute(insert(Invitation), [{"consultation_id": 7, "hash": code, "region": "africa"} for code in CODES])
    session.add(SentHash(consultation_id=7, hash=b"s" * 32))
    session.add(SealedCount(consultation_id=7, id=b"i" * 16, sealed=b"sealed counts"))
    for what in ("opened", "closed"):
        record(session, who="ana", what=what, subject="test", day=DAY)
    session.commit()
    return engine


def counted(engine):
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


def test_every_table_that_is_left_out_exists():
    assert set(NEVER_IN_BACKUPS) <= set(Base.metadata.tables)


def test_no_code_is_in_the_bytes_of_a_backup(filled, tmp_path):
    file = tmp_path / "backup.sqlite"
    write_backup(filled, file)
    content = file.read_bytes()
    assert b"sealed counts" in content
    assert [code for code in CODES if code in content] == []
    assert b"s" * 32 not in content
    assert [path.name for path in tmp_path.glob("backup*")] == ["backup.sqlite"]


def test_a_copy_of_the_database_itself_would_have_them(filled, tmp_path):
    if filled.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files are copied by pg_basebackup, which docs/backups.md warns of")
    with filled.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "copy.sqlite"
    shutil.copyfile(filled.url.database, copy)
    assert [code for code in CODES if code in copy.read_bytes()] == CODES


def test_a_backup_leads_back_to_the_same_rows(filled, database_url, tmp_path, session):
    file = tmp_path / "backup.sqlite"
    before = counted(filled)
    assert write_backup(filled, file) == sum(before.values()) - len(CODES) - 1
    for table in reversed(Base.metadata.sorted_tables):
        session.execute(table.delete())
    session.commit()
    restore(file, filled)
    assert counted(filled) == before | dict.fromkeys(NEVER_IN_BACKUPS, 0)
    assert session.get_one(StoredQuestionnaire, 1).content == {"a": "é"}
    assert record(session, who="ben", what="opened", subject="test", day=DAY).id == 3
    assert first_broken(session) is None


def test_a_backup_comes_back_on_the_embedded_database(filled, tmp_path):
    write_backup(filled, tmp_path / "backup.sqlite")
    engine = engine_for(f"sqlite:///{tmp_path / 'new.sqlite'}")
    upgrade(engine)
    restore(tmp_path / "backup.sqlite", engine)
    assert counted(engine)["consultations"] == 1
    engine.dispose()


def test_a_backup_overwrites_nothing(filled, tmp_path):
    file = tmp_path / "backup.sqlite"
    write_backup(filled, file)
    with pytest.raises(FileIsThere):
        write_backup(filled, file)
    with pytest.raises(NotEmpty):
        restore(file, filled)
