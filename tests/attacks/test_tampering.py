"""Whoever can write to the database changes and moves what is sealed there: all of it is refused, and nothing is told.

The attacker knows the product and its tables, holds no key, and puts each blob that there is into the place of each
other. What is not sealed is listed with what it is: a new column of bytes fails the first test until somebody says so.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import LargeBinary, select, update

import app  # noqa: F401 - every table is imported with it
from consultations.database import Base
from consultations.errors import Problem
from consultations.responses.answering import send
from consultations.responses.counting import unopened
from consultations.responses.epochs import EpochKeys
from consultations.responses.sealing import new_id
from consultations.responses.unsealing import unlock
from consultations.rounds.questionnaires import layout_of
from consultations.staff import stretching
from consultations.staff.keys import DoesNotOpen, new_key_pair
from consultations.staff.models import Keyring
from forms import packing
from tests.attacks.sealed_opened import COUNTED, ONE_BY_ONE, SEALED, Refused, unlocked_of_first
from tests.attacks.sealed_world import ANSWERS, TODAY, made

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

#: Columns of bytes that are no seals.
OTHERWISE = {
    "users.salt": "random: Argon2's salt; changed, nobody signs in",
    "users.auth_hash": "a hash: proves the passphrase; changed, nobody signs in",
    "users.public_key": "public: bound into both wrapped copies of the private half",
    "staff_sessions.token_hash": "a hash: a session is found by it",
    "pending_sign_ins.token_hash": "a hash: a sign-in that waits for its second factor is found by it",
    "passkey_challenges.token_hash": "a hash: a challenge is found by it",
    "passkey_challenges.challenge": "random: what a passkey signs next",
    "recovery_codes.hash": "a hash: proves one code of a printed sheet",
    "staff_links.token_hash": "a hash: a one-time link is found by it",
    "keyrings.public_key": "public: compared with the private half at every use",
    "recovery_keys.public_key": "public: found by the private half on the trustees' cards",
    "workers.public_key": "public: of a process that does jobs",
    "epochs.id": "random",
    "sealed_responses.id": "random: bound into the seals",
    "sealed_responses.epoch_id": "random: bound into the seals",
    "sealed_counts.id": "random: bound into the seal",
    "interviews.id": "random: bound into the seal",
    "passages.id": "random: bound into the seal",
    "passages.interview_id": "random: bound into the seal",
    "interview_keys.interview_id": "random: bound into the seal",
    "quotes.id": "random: bound into the seal",
    "sent_hashes.hash": "a hash: that a page was sent",
    "drafts.lookup": "a hash: a draft is found by it; bound into the seal",
    "withdrawals.tag": "a hash: an answer that was taken back",
    "invitations.hash": "a hash: a code",
    "invitations.spent_by": "a hash until the stir, then zeros",
    "remembered_mappings.headings": "a hash: the headings of a file that was imported",
    "imported_files.digest": "a hash under the server's secret: that a file was imported",
    "audit_entries.hash": "a hash: the chain",
    "audit_heads.hash": "a hash: where the chain ends",
}


def columns():
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }


def test_every_column_of_bytes_is_known_to_be_sealed_or_not():
    assert columns() == set(SEALED) | set(ONE_BY_ONE) | set(COUNTED) | set(OTHERWISE)


@pytest.fixture
def world(session, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    return made(session)


def blobs(world, name):
    """(how to find the row, what it holds) of a column, in the order in which the rows were made or refer to things."""
    table_name, _, column = name.partition(".")
    table = Base.metadata.tables[table_name]
    found = world.session.execute(select(table)).mappings().all()
    keys = list(table.primary_key.columns)
    return [({key.name: row[key.name] for key in keys}, bytes(row[column])) for row in found if row[column]]


def write(world, name, row, blob):
    table_name, _, column = name.partition(".")
    table = Base.metadata.tables[table_name]
    here = [table.c[key] == value for key, value in row.items()]
    world.session.execute(update(table).where(*here).values({column: blob}))
    world.session.commit()
    world.session.expire_all()


def changed(blob) -> Iterator[bytes]:
    """A bit of the first, a middle and the last byte, of nonce and tag and of each eighth; cut, lengthened, emptied."""
    places = {0, 11, 12, len(blob) // 2, len(blob) - 16, len(blob) - 1, *range(0, len(blob), max(1, len(blob) // 8))}
    for place in sorted(place for place in places if 0 <= place < len(blob)):
        for bit in (1, 128):
            yield blob[:place] + bytes([blob[place] ^ bit]) + blob[place + 1 :]
    yield from (
        blob[:-1],
        blob[1:],
        blob[: len(blob) // 2],
        blob[:28],
        blob + b"\0",
        b"\0" + blob,
        blob * 2,
        b"\0" * len(blob),
    )


def elsewhere(world, blob):
    """Every other blob that there is: of another row, part, epoch, consultation, person, kind."""
    return {other for each in (*SEALED, *ONE_BY_ONE, *COUNTED) for _, other in blobs(world, each)} - {blob}


def opens(world, name):
    """Whether the product opens the blob; a refusal is a Problem in kind words, and nothing else."""
    try:
        SEALED[name](world)
    except Problem:
        return False
    except Refused:
        return False
    finally:
        world.session.rollback()
    return True


def the_first(world, name):
    """The row that `SEALED` opens, by trying: with zeros in it the product refuses."""
    for row, blob in blobs(world, name):
        write(world, name, row, b"\0" * len(blob))
        refused = not opens(world, name)
        write(world, name, row, blob)
        if refused:
            return row, blob
    raise AssertionError(f"nothing in {name} is ever opened")


@pytest.mark.attack
@on_sqlite
@pytest.mark.parametrize("name", SEALED)
def test_what_is_changed_or_moved_is_refused(world, name, caplog):
    row, blob = the_first(world, name)
    false = [*changed(blob), *elsewhere(world, blob)]
    assert opens(world, name)
    with caplog.at_level(logging.DEBUG):
        for each in false:
            write(world, name, row, each)
            assert not opens(world, name), f"{each[:40].hex()} of {len(each)} bytes for {len(blob)}"
    write(world, name, row, blob)
    assert opens(world, name)
    print(f"\nTampering: {name}: {len(false)} of {len(false)} refused")
    assert not [line for line in caplog.messages if blob[:8].hex() in line or repr(blob[:8])[2:-1] in line]


def the_first_of_two(world, name):
    """The row that makes one of two fail to open, by trying."""
    assert ONE_BY_ONE[name](world) == (2, 0)
    for row, blob in blobs(world, name):
        write(world, name, row, b"\0" * len(blob))
        found = ONE_BY_ONE[name](world)
        write(world, name, row, blob)
        if found == (1, 1):
            return row, blob
    raise AssertionError(f"nothing in {name} is ever counted")


@pytest.mark.attack
@on_sqlite
@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_of_what_is_listed_the_others_are_opened_and_what_was_changed_is_counted(world, name, caplog):
    row, blob = the_first_of_two(world, name)
    false = [*changed(blob), *elsewhere(world, blob)]
    with caplog.at_level(logging.DEBUG):
        for each in false:
            if each == b"" and name == "case_studies.sealed_summary":
                continue  # a box that was never written
            write(world, name, row, each)
            assert ONE_BY_ONE[name](world) == (1, 1), f"{each[:40].hex()} of {len(each)} bytes for {len(blob)}"
            ((_, kept),) = [pair for pair in blobs(world, name) if pair[0] == row] or [(row, b"")]
            assert kept == each, "what does not open is left as it is"
    write(world, name, row, blob)
    assert ONE_BY_ONE[name](world) == (2, 0)
    print(f"\nTampering: {name}: {len(false)} of {len(false)} refused, the others opened each time")
    assert {line for line in caplog.messages if "do not open; they stay where they are and are counted" in line}
    assert not [line for line in caplog.messages if blob[:8].hex() in line or repr(blob[:8])[2:-1] in line]


@pytest.mark.attack
@on_sqlite
@pytest.mark.parametrize("name", COUNTED)
def test_an_answer_that_was_changed_is_counted_and_the_others_are_opened(world, name, caplog):
    consultation = world.consultations[0]
    mine = [pair for pair in blobs(world, name) if pair[0]["consultation_id"] == consultation.id]
    row, blob = mine[0]
    lost = ANSWERS if name == "epochs.sealed_key" else 1
    consultation.status, consultation.closed_on = "closed", TODAY
    world.session.commit()
    false = [*changed(blob), *elsewhere(world, blob)]
    with caplog.at_level(logging.DEBUG):
        for each in false:
            write(world, name, row, each)
            assert unlocked_of_first(world) == (ANSWERS - lost, lost), f"{len(each)} bytes for {len(blob)}"
    print(f"\nTampering: {name}: {len(false)} of {len(false)} refused, the others opened each time")
    assert {line for line in caplog.messages if "Some stored answers do not open" in line}
    assert not [line for line in caplog.messages if blob[:8].hex() in line or row.get("id", b"?").hex() in line]


@on_sqlite
def test_a_public_key_that_was_swapped_is_noticed_by_whoever_works_with_the_key(world):
    keyring = world.session.get_one(Keyring, world.consultations[0].keyring_id)
    keyring.public_key = new_key_pair().public
    world.session.commit()
    with pytest.raises(DoesNotOpen):
        world.key(0)


@on_sqlite
def test_answers_after_a_swap_go_to_the_stranger_and_those_before_are_not_lost(world):
    """What is not noticed before a key holder looks: docs/attacks.md says so, and how to look."""
    consultation = world.consultations[0]
    private = world.key(0)
    keyring = world.session.get_one(Keyring, consultation.keyring_id)
    ours, stranger = keyring.public_key, new_key_pair()
    keyring.public_key = stranger.public
    world.session.commit()
    epochs = EpochKeys()
    answer = packing.pack(layout_of(consultation.questionnaire), {"age": "7", "why": "why"}, "en", 7)
    send(world.session, consultation, new_id(), *answer, epochs)
    world.session.commit()
    epochs.stir()
    keyring.public_key, consultation.status, consultation.closed_on = ours, "closed", TODAY
    world.session.commit()
    snapshot = unlock(world.session, consultation, private, layout_of(consultation.questionnaire), TODAY)
    assert (snapshot.size, unopened(world.session, consultation)) == (ANSWERS, 1)
