"""What was deleted is in no file of the embedded database any more, and nothing lies beside it when it is not used."""

from __future__ import annotations

import datetime
from pathlib import Path

from sqlalchemy import delete, insert

from consultations.database import engine_for
from consultations.migrations import new_tables
from consultations.responses.drafts import Draft
from consultations.responses.models import SentHash
from consultations.responses.stirring import wipe
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff.models import Keyring

CANARIES = [bytes([number]) * 32 for number in range(1, 200)]


def filled(tmp_path: Path):
    """A database in which many small rows and some large ones were written and deleted."""
    engine = engine_for(f"sqlite:///{tmp_path / 'a.sqlite'}")
    new_tables(engine)
    empty = {"title": {}, "asked_by": {}, "purpose": {}, "languages": [], "statement": {}, "table_plan": []}
    with engine.begin() as connection:
        connection.execute(insert(Keyring).values(id=1, public_key=b"", to_turn=False))
        connection.execute(insert(StoredQuestionnaire).values(id=1, version="1", name="", content={}))
        connection.execute(insert(Consultation).values(id=1, slug="a", questionnaire_id=1, keyring_id=1, **empty))
    with engine.begin() as connection:
        connection.execute(insert(SentHash), [{"consultation_id": 1, "hash": each} for each in CANARIES])
        day = datetime.date(2026, 1, 1)
        large = {"consultation_id": 1, "lookup": b"l" * 32, "blob": b"LARGE CANARY" * 2000, "expires_on": day}
        connection.execute(insert(Draft), [large])
    with engine.begin() as connection:
        connection.execute(delete(SentHash))
        connection.execute(delete(Draft))
    return engine


def found(tmp_path: Path) -> list[str]:
    """Which files hold something of what was deleted."""
    return [
        file.name
        for file in sorted(tmp_path.iterdir())
        if any(each in file.read_bytes() for each in (*CANARIES, b"LARGE CANARY"))
    ]


def test_before_the_log_is_cut_it_holds_what_was_deleted(tmp_path: Path) -> None:
    """That the next test can fail."""
    engine = filled(tmp_path)
    held = engine.connect()  # or the last connection would tidy up
    assert found(tmp_path) == ["a.sqlite-wal"]
    held.close()
    engine.dispose()


def test_after_a_wipe_no_file_holds_it(tmp_path: Path) -> None:
    engine = filled(tmp_path)
    with engine.connect():
        assert wipe(engine)
        assert found(tmp_path) == []
        assert (tmp_path / "a.sqlite-wal").stat().st_size == 0
    engine.dispose()


def test_after_the_last_connection_there_is_one_file(tmp_path: Path) -> None:
    filled(tmp_path).dispose()
    assert [file.name for file in tmp_path.iterdir()] == ["a.sqlite"]
    assert found(tmp_path) == []


def test_nothing_spills_into_a_temporary_file(tmp_path: Path) -> None:
    engine = filled(tmp_path)
    with engine.connect() as connection:
        kept = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("temp_store", "secure_delete")]
    assert kept == [2, 1]
    engine.dispose()
