"""A backup has everything but what must not be kept twice, keys apart, and leads back to the same rows."""

from __future__ import annotations

import datetime
import re
import shutil

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

import app  # noqa: F401 - imports every model
from consultations.audit import AuditHead, first_broken, record
from consultations.cli.backup_files import DATA, Damaged, NotABackup, opened, read_manifest
from consultations.cli.backup_tables import NEVER_IN_BACKUPS, OPENED_BY, SPLIT, WITH_THE_DATA, WITH_THE_KEYS
from consultations.cli.backups import FileIsThere, keys_beside, write_backup
from consultations.cli.restoring import KeysAreOlder, NotEmpty, NotTogether, restore
from consultations.database import Base, engine_for
from consultations.fieldwork import interviews
from consultations.fieldwork.models import Interview
from consultations.migrations import new_tables
from consultations.papers.daily import daily
from consultations.papers.exporting import left_out
from consultations.responses.models import Epoch, SentHash
from consultations.rounds.consultations import by_slug
from consultations.rounds.models import Consultation, Invitation
from consultations.staff.keyrings import KeyDestroyed, private_key
from consultations.staff.models import KeyGrant, User
from consultations.staff.sign_in import SignedIn, create_account, sign_in, signed_in

from .conftest import CLOSED, made_consultation, someone, tables_of, unlocked

DAY = datetime.date(2026, 12, 21)
CODES = [bytes([number]) * 32 for number in range(1, 40)]


@pytest.fixture
def filled(engine, session, network):
    """The network with codes and a sent page."""
    number = network.consultation.id
    session.execute(
        insert(Invitation), [{"consultation_id": number, "hash": code, "region": "africa"} for code in CODES]
    )
    session.add(SentHash(consultation_id=number, hash=b"s" * 32))
    session.commit()
    return engine


@pytest.fixture
def empty(tmp_path):
    """A fresh machine: another folder, another database."""
    engine = engine_for(f"sqlite:///{tmp_path / 'new.sqlite'}")
    new_tables(engine)
    yield engine
    engine.dispose()


def table(name):
    return Base.metadata.tables[name]


def counted(engine):
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


def test_every_table_is_named_as_data_as_keys_as_both_or_as_never_kept():
    """A new table makes this fail until somebody has decided, in `cli/backup_tables.py`."""
    named = [*WITH_THE_DATA, *WITH_THE_KEYS, *SPLIT, *NEVER_IN_BACKUPS]
    assert sorted(named) == sorted(Base.metadata.tables)
    assert {
        column for table, columns in SPLIT.items() for column in columns if column not in Base.metadata.tables[table].c
    } == set()
    assert set(OPENED_BY) < set(SPLIT)


def test_a_column_that_sounds_like_a_key_is_in_the_keys_file():
    """What is called a sealed key, a secret or a hash of one, and where it is kept."""
    sounds = re.compile(r"key$|secret|auth_hash|salt|^public_key$")
    kept = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name in WITH_THE_DATA
        for column in table.columns
        if sounds.search(column.name)
    ]
    assert kept == []


def test_no_code_is_in_the_bytes_of_a_backup(filled, tmp_path):
    file = tmp_path / "backup.sqlite"
    write_backup(filled, file)
    content = file.read_bytes() + keys_beside(file).read_bytes()
    assert [code for code in CODES if code in content] == []
    assert b"s" * 32 not in content
    assert sorted(path.name for path in tmp_path.glob("backup*")) == ["backup.sqlite", "backup.sqlite.keys"]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("backup*")} == {0o600}


def test_no_sealed_key_and_no_account_is_in_the_data_file(filled, session, tmp_path):
    file = tmp_path / "backup.sqlite"
    write_backup(filled, file)
    content, keys = file.read_bytes(), keys_beside(file).read_bytes()
    secret = [*session.scalars(select(KeyGrant.sealed_private_key)), *session.scalars(select(Epoch.sealed_key))]
    secret += [each.encode() for each in session.scalars(select(User.name))]
    secret += [
        row.sealed_key
        for name in ("snapshot_keys", "interview_keys")
        for row in session.execute(select(Base.metadata.tables[name]))
    ]
    assert len(secret) >= 7
    assert [each for each in secret if each in content] == []
    assert [each for each in secret if each not in keys] == []


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("quotes", "sealed_body"),
        ("passages", "sealed_body"),
        ("interviews", "sealed_body"),
        ("case_studies", "sealed_summary"),
        ("papers", "sealed_draft"),
    ],
)
def test_one_damaged_piece_is_brought_back_from_the_data_file(filled, session, network, tmp_path, name, column):
    """As docs/backups.md says: the bytes of one row, and nothing else."""
    file, rows = tmp_path / "backup.sqlite", table(name)
    write_backup(filled, file)
    session.execute(update(rows).values({column: b"damaged"}))
    session.commit()
    session.expire_all()
    assert left_out(session, network.consultation, network.holder) > 0
    with opened(file) as data, data.connect() as kept:
        for row in kept.execute(select(rows.c.id, rows.c[column])):
            session.execute(update(rows).where(rows.c.id == row.id).values({column: row[1]}))
    session.commit()
    session.expire_all()
    assert left_out(session, network.consultation, network.holder) == 0


def test_a_backup_leads_back_to_the_same_rows(filled, tmp_path, session):
    file = tmp_path / "backup.sqlite"
    before = counted(filled)
    assert write_backup(filled, file) == sum(before.values()) - len(CODES) - 1
    for table in reversed(Base.metadata.sorted_tables):
        session.execute(table.delete())
    session.commit()
    assert restore(file, filled).missing == []
    assert counted(filled) == before | dict.fromkeys(NEVER_IN_BACKUPS, 0)
    assert record(session, who="ben", what="opened", subject="test", day=DAY).id == 3
    assert first_broken(session) is None


def test_what_is_restored_opens_on_the_other_kind_of_database(filled, network, tmp_path, empty):
    """From SQLite to SQLite and from PostgreSQL to SQLite here; the other way in the rehearsal below."""
    file = tmp_path / "backup.sqlite"
    write_backup(filled, file)
    restore(file, empty)
    with Session(empty) as session:
        holder = SignedIn(session.scalars(select(User)).one(), network.holder.private_key)
        assert tables_of(session, by_slug(session, "spring"), holder) == network.tables


def test_a_machine_that_is_lost_comes_back_on_the_other_kind_of_database(tmp_path, engine, empty):
    """A fresh database; the holder signs in with the six words, unlocks, and has the same tables."""
    now = datetime.datetime(2026, 12, 21, 12, tzinfo=datetime.UTC)
    lost = empty if engine.dialect.name == "postgresql" else engine
    fresh = engine if engine.dialect.name == "postgresql" else empty
    with Session(lost) as session:
        account = create_account(session, "ben", "policy_staff", "en")
        words = account.passphrase
        session.commit()
        holder = signed_in(session, sign_in(session, "ben", words, now), now)
        made_consultation(session, holder, "spring")
        session.commit()
        write_backup(lost, tmp_path / "b", tmp_path / "elsewhere")
        before = unlocked(session, by_slug(session, "spring"), holder)
    assert restore(tmp_path / "b", fresh, tmp_path / "elsewhere").missing == []
    with Session(fresh) as session:
        holder = signed_in(session, sign_in(session, "ben", words, now), now)
        assert unlocked(session, by_slug(session, "spring"), holder) == before


def test_what_was_withdrawn_or_destroyed_since_stays_so_with_newer_keys(filled, network, session, tmp_path, empty):
    """Old data and the newest keys: the interview and the expired consultation do not open; the others do."""
    other = made_consultation(session, network.holder, "autumn")
    other.retention_months = 1
    session.commit()
    write_backup(filled, tmp_path / "old", tmp_path / "old.keys")
    gone, kept = network.interviews
    gone_id, kept_id = gone.id, kept.id
    interviews.withdraw(session, gone, network.holder)
    session.commit()
    daily(session, CLOSED + datetime.timedelta(days=40))
    write_backup(filled, tmp_path / "new")
    restored = restore(tmp_path / "old", empty, keys_beside(tmp_path / "new"))
    assert restored.missing == [
        "1 batches of answers have no key any more: they were unlocked or destroyed after this data file.",
        "1 interviews have no key any more: they were withdrawn or destroyed after this data file.",
        "The answers of autumn were destroyed after this data file, with their key.",
    ]
    with Session(empty) as fresh:
        holder = SignedIn(fresh.scalars(select(User)).one(), network.holder.private_key)
        assert fresh.get(Interview, gone_id) is None
        assert interviews.opened(fresh, fresh.get_one(Interview, kept_id), holder).transcript.startswith("CANARY")
        with pytest.raises(KeyDestroyed):
            private_key(fresh, by_slug(fresh, "autumn").keyring_id, holder)
        assert tables_of(fresh, by_slug(fresh, "spring"), holder) == network.tables
        assert first_broken(fresh) is None


def test_keys_that_are_older_than_the_data_are_refused_and_said_to_be(filled, session, tmp_path, empty):
    write_backup(filled, tmp_path / "old")
    record(session, who="ana", what="opened", subject="more", day=DAY)
    made_consultation(session, someone(session, "ben"), "later")
    session.commit()
    write_backup(filled, tmp_path / "new")
    with pytest.raises(KeysAreOlder):
        restore(tmp_path / "new", empty, keys_beside(tmp_path / "old"))
    restored = restore(tmp_path / "new", empty, keys_beside(tmp_path / "old"), older_keys=True)
    assert restored.missing[0] == "1 keys are later than this keys file: what they open is not back."


def test_files_of_two_installations_do_not_go_together(filled, tmp_path, empty):
    write_backup(filled, tmp_path / "one")
    with Session(empty) as session:
        session.add(AuditHead(id=1, hash=b""))
        record(session, who="zoe", what="opened", subject="other", day=DAY)
        session.commit()
    write_backup(empty, tmp_path / "two")
    with pytest.raises(NotTogether):
        restore(tmp_path / "one", empty, keys_beside(tmp_path / "two"))


def test_a_changed_row_is_noticed(filled, tmp_path):
    file = tmp_path / "backup"
    write_backup(filled, file)
    with opened(file) as engine, engine.begin() as connection:
        connection.execute(update(Consultation).values(slug="other"))
    with pytest.raises(Damaged):
        read_manifest(file, DATA)


def test_something_else_is_not_taken_for_a_backup(filled, tmp_path, empty):
    write_backup(filled, tmp_path / "b")
    with pytest.raises(NotABackup):
        restore(keys_beside(tmp_path / "b"), empty, tmp_path / "b")
    (tmp_path / "noise").write_bytes(b"no database" * 1000)
    with pytest.raises((NotABackup, Damaged)):
        restore(tmp_path / "noise", empty, keys_beside(tmp_path / "b"))


def test_a_backup_overwrites_nothing(filled, tmp_path):
    file = tmp_path / "backup.sqlite"
    write_backup(filled, file)
    with pytest.raises(FileIsThere):
        write_backup(filled, file)
    with pytest.raises(NotEmpty):
        restore(file, filled)


def test_a_copy_of_the_database_itself_would_have_them(filled, tmp_path):
    if filled.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files are copied by pg_basebackup, which docs/backups.md warns of")
    with filled.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "copy.sqlite"
    shutil.copyfile(filled.url.database, copy)
    assert [code for code in CODES if code in copy.read_bytes()] == CODES
