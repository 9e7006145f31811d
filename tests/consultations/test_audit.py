"""The audit log: each entry holds the one before it, so that nothing is changed unseen."""

from __future__ import annotations

import ast
import datetime
import hashlib
import re
import threading
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

import consultations
from consultations.audit import (
    KINDS,
    AuditEntry,
    AuditHead,
    checked,
    count_of,
    first_broken,
    kind_of,
    page_of,
    record,
    rows,
)

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


def test_words_cannot_be_moved_from_one_field_to_the_next(session, chain):
    entry = chain[2]
    entry.who, entry.what = "anaun", "locked"
    session.flush()
    assert first_broken(session) is entry


def test_entries_of_the_first_scheme_keep_their_hash_and_later_ones_follow(session):
    fields = (DAY.isoformat(), "ana", "opened", "spring")
    old = hashlib.sha256("\x1f".join(fields).encode()).digest()
    session.add(AuditEntry(day=DAY, who="ana", what="opened", subject="spring", hash=old, scheme=1))
    session.execute(update(AuditHead).values(hash=old))
    session.flush()
    record(session, who="ana", what="closed", subject="spring", day=DAY)
    assert checked(session).holds


def test_nobody_goes_back_to_the_first_scheme(session, chain):
    fields = (DAY.isoformat(), "ana", "closed", "spring")
    forged = hashlib.sha256(chain[2].hash + "\x1f".join(fields).encode()).digest()
    session.add(AuditEntry(day=DAY, who="ana", what="closed", subject="spring", hash=forged, scheme=1))
    session.flush()
    assert first_broken(session).hash == forged


def test_a_tail_that_was_cut_off_is_missed(session, chain):
    session.execute(delete(AuditEntry).where(AuditEntry.id == chain[2].id))
    assert checked(session).is_cut
    # Whoever also changes the head is found out by the hash that somebody wrote down.
    session.execute(update(AuditHead).values(hash=chain[1].hash))
    assert checked(session).holds
    assert checked(session, chain[2].hash).is_cut
    assert checked(session, chain[0].hash).holds


def test_two_who_write_at_once_make_one_chain(engine, session):
    session.commit()
    together = threading.Barrier(2)

    def write(who):
        together.wait()
        for _ in range(10):
            with Session(engine) as own, own.begin():
                own.scalars(select(AuditEntry)).all()  # a transaction that has read before it writes
                record(own, who=who, what="opened", subject="spring", day=DAY)

    threads = [threading.Thread(target=write, args=(who,)) for who in ("ana", "ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count_of(session, "") == 20
    assert checked(session).holds


def test_an_entry_waits_for_one_that_is_not_committed_yet(engine, session):
    session.commit()
    done = threading.Event()

    def write():
        with Session(engine) as own, own.begin():
            record(own, who="ben", what="closed", subject="spring", day=DAY)
        done.set()

    with Session(engine) as first, first.begin():
        record(first, who="ana", what="opened", subject="spring", day=DAY)
        thread = threading.Thread(target=write)
        thread.start()
        assert not done.wait(0.3)
    thread.join()
    assert [entry.who for entry in page_of(session, "", 1, 5)] == ["ben", "ana"]
    assert checked(session).holds


def test_pages_are_newest_first_and_keep_to_a_kind(session, chain):
    record(session, who="ana", what="made 20 codes for", subject="spring", day=DAY)
    assert [entry.what for entry in page_of(session, "", 2, 2)] == ["closed", "opened"]
    assert [entry.what for entry in page_of(session, "made %(number)s codes for", 1, 5)] == ["made 20 codes for"]
    assert count_of(session, "closed") == 1


def test_a_number_within_an_event_is_taken_out_of_its_kind():
    assert kind_of("made 20 codes for") == ("made %(number)s codes for", "20")
    assert kind_of("opened") == ("opened", "")


def test_the_rows_of_a_file_are_enough_to_check_the_chain(chain):
    head, *found = rows(chain)
    assert head[-1] == "hash"
    assert [row[-1] for row in found] == [entry.hash.hex() for entry in chain]


@cache
def calls():
    """(file, the function around it or None, a call) for every call in the product."""
    found = []
    for file in sorted(Path(consultations.__file__).parent.rglob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            function = node if isinstance(node, ast.FunctionDef) else None
            found += [(file, function, each) for each in ast.walk(node) if isinstance(each, ast.Call)]
    return found


@cache
def constants():
    """What stands under a name at the top of a module: texts only."""
    found = {}
    for file in sorted(Path(consultations.__file__).parent.rglob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found.setdefault(node.targets[0].id, []).extend(written(node.value, {}))
    return found


def called(node):
    if not isinstance(node, ast.Call) or getattr(getattr(node.func, "value", None), "id", "") in ("math", "np"):
        return ""  # a logarithm is no entry in a log
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def handed_on():
    """Functions that hand a `what` of theirs on to `record`, by name -> its place among their parameters."""
    found = {"record": None}
    for _ in range(3):  # one hands on to the next
        for _, function, call in calls():
            if function is None or called(call) not in found:
                continue
            names, node = [each.arg for each in function.args.args], what_of(call, found)
            if isinstance(node, ast.Name) and node.id in names:
                found[function.name] = names.index(node.id)
    return found


def what_of(call, known):
    """The node that stands for `what` in a call of `record`, or of a function that hands it on."""
    by_name = [key.value for key in call.keywords if key.arg == "what"]
    place = known[called(call)]
    by_place = call.args[place : place + 1] if place is not None else []
    return (by_name + by_place + [None])[0]


def written(node, named):
    """Every text that a node may stand for; a value within it is written `%(number)s`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.Name):
        return named.get(node.id, [])
    if isinstance(node, ast.IfExp):
        return written(node.body, named) + written(node.orelse, named)
    if isinstance(node, ast.JoinedStr):
        parts = ["%(number)s" if isinstance(part, ast.FormattedValue) else part.value for part in node.values]
        return ["".join(parts)]
    return []


def test_every_event_that_is_recorded_has_words_in_the_table():
    known = handed_on()
    found = {
        (file.name, what)
        for file, _, call in calls()
        if called(call) in known
        for what in written(what_of(call, known), constants())
    }
    assert {what for _, what in found} >= {"opened", "made %(number)s codes for", "added a passkey to"}
    assert sorted(each for each in found if each[1] not in KINDS) == []


def test_no_event_is_of_members():
    of_members = re.compile(r"\b(answered|sent|saved|member|respondent)\b")
    assert [kind for kind in KINDS if of_members.search(kind)] == []
