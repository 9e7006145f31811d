"""Saved answers open with their code alone, until they are sent, their days are over, or the consultation closes."""

import datetime
import json
import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import event, inspect, select, text

from consultations.responses import drafts
from consultations.responses.answering import is_sent, send
from consultations.responses.codes import draft_code
from consultations.responses.drafts import Draft, NoSuchDraft, drop_drafts, lookup_of, open_draft, save_draft
from consultations.responses.page_state import PageState, Place
from consultations.responses.retention import destroy_expired
from consultations.staff.keys import DoesNotOpen, open_with
from forms.running.spots import Spot

SECRET = b"\x07" * 32
TODAY = datetime.date(2026, 12, 18)
STATE = PageState(bytes(range(16)), 1_790_000_000, {"why": "they took my phone", "age[2]": "31"}, Spot(2, (1,)), True)
CODE = draft_code(STATE.id, SECRET)


@pytest.fixture
def place(consultation):
    return Place(consultation.id, "f" * 64)


@pytest.fixture
def saved(session, place):
    save_draft(session, place, CODE, SECRET, STATE, TODAY)
    session.commit()


def test_what_was_saved_comes_back(session, place, saved):
    session.expunge_all()
    assert open_draft(session, place, CODE, SECRET, TODAY) == STATE


def test_saving_again_takes_the_place_of_what_was_saved(session, place, saved):
    later = PageState(STATE.id, STATE.began, {"why": "and my money"}, None)
    save_draft(session, place, CODE, SECRET, later, TODAY + datetime.timedelta(days=9))
    session.commit()
    assert open_draft(session, place, CODE, SECRET, TODAY) == later
    assert session.scalars(select(Draft.expires_on)).all() == [TODAY + datetime.timedelta(days=39)]


def test_a_draft_opens_for_thirty_days_and_is_then_deleted(session, place, saved):
    last = TODAY + datetime.timedelta(days=29)
    assert open_draft(session, place, CODE, SECRET, last) == STATE
    with pytest.raises(NoSuchDraft):
        open_draft(session, place, CODE, SECRET, last + datetime.timedelta(days=1))
    destroy_expired(session, last)
    assert session.scalars(select(Draft)).all()
    destroy_expired(session, last + datetime.timedelta(days=1))
    assert session.scalars(select(Draft)).all() == []


def test_another_code_another_server_and_another_consultation_find_nothing(session, place, saved):
    tries = [
        (place, draft_code(bytes(16), SECRET), SECRET),
        (place, CODE, b"\x08" * 32),
        (Place(9, "f" * 64), CODE, SECRET),
    ]
    for where, code, secret in tries:
        with pytest.raises(NoSuchDraft):
            open_draft(session, where, code, secret, TODAY)


def test_a_draft_that_was_moved_to_another_row_does_not_open(session, place, saved):
    other = draft_code(bytes(16), SECRET)
    session.execute(text("UPDATE drafts SET lookup = :there"), {"there": lookup_of(other, SECRET)})
    with pytest.raises(DoesNotOpen):
        open_draft(session, place, other, SECRET, TODAY)


def test_a_draft_does_not_open_with_the_key_of_all_key_holders(session, consultation, pair, saved):
    blob = session.scalars(select(Draft.blob)).one()
    for info in ("epoch key", "snapshot key", "quote", "paper draft"):
        with pytest.raises(DoesNotOpen):
            open_with(pair.private, blob, info)
    for key in (pair.private, SECRET):
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the cipher says
            AESGCM(key).decrypt(blob[:12], blob[12:], b"")


def test_a_row_has_no_column_for_anything_else(engine):
    columns = {column["name"] for column in inspect(engine).get_columns("drafts")}
    assert columns == {"consultation_id", "lookup", "blob", "expires_on"}


def test_no_file_of_the_database_has_the_code_or_the_answers(engine, session, saved):
    if engine.dialect.name == "sqlite":
        main = Path(engine.url.database)
        files = sorted(main.parent.glob(main.name + "*"))
    else:
        with engine.connect() as connection:
            folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        files = [path for part in ("base", "pg_wal") for path in (folder / part).rglob("*") if path.is_file()]
    contents = [path.read_bytes() for path in files if path.exists()]
    lookup = lookup_of(CODE, SECRET)
    assert any(lookup in content for content in contents)
    packed = zlib.compress(json.dumps(dict(STATE.answers)).encode())[2:20]
    for trace in (CODE.encode(), b"they took my phone", STATE.id, STATE.id.hex().encode(), packed):
        assert not any(trace in content for content in contents)


def test_lengths_of_drafts_are_few(session, place):
    for number in range(40):
        state = PageState(
            number.to_bytes(16, "big"), 1, {"why": "".join(chr(97 + at * at % 26) for at in range(number))}
        )
        save_draft(session, place, draft_code(state.id, SECRET), SECRET, state, TODAY)
    assert {len(blob) for blob in session.scalars(select(Draft.blob))} == {256 + 28}


def test_sending_leaves_the_draft_to_the_stir(session, engine, consultation, place, epochs, answer, saved):
    statements = []
    event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    send(session, consultation, STATE.id, *answer(1), epochs, draft=lookup_of(CODE, SECRET))
    assert [said for said in statements if "drafts" in said] == []
    assert session.scalars(select(Draft)).all()
    assert is_sent(session, consultation.id, STATE.id)

    statements.clear()
    session.commit()
    epochs.stir()
    assert [said.split(" WHERE")[0] for said in statements if "drafts" in said and "VACUUM" not in said] == [
        "DELETE FROM drafts"
    ]
    assert session.scalars(select(Draft)).all() == []


def test_an_answer_that_was_not_stored_keeps_its_draft(session, consultation, epochs, answer, saved, monkeypatch):
    monkeypatch.setattr("consultations.responses.answering._stored", lambda *_: False)
    with pytest.raises(Exception, match="could not be saved"):
        send(session, consultation, STATE.id, *answer(1), epochs, draft=lookup_of(CODE, SECRET))
    session.commit()
    epochs.stir()
    assert session.scalars(select(Draft)).all()


def test_closing_deletes_all_drafts_of_the_consultation(session, consultation, saved):
    drop_drafts(session, consultation.id)
    assert session.scalars(select(Draft)).all() == []


def test_the_days_are_those_that_respondents_are_told():
    assert drafts.LIFETIME_DAYS == 30
    assert "30 days" in NoSuchDraft.message
