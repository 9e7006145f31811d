"""A worker is killed in the middle of an unlock: nothing is lost, nothing is there twice, and its key is gone."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from consultations.analysis.unlocking import UNLOCK
from consultations.audit import AuditEntry
from consultations.cli import working
from consultations.cli.working import Bench
from consultations.database import session_maker
from consultations.jobs import board
from consultations.jobs.models import Job, JobKey, Worker
from consultations.jobs.queue import queue_at, ringing
from consultations.responses.answering import send
from consultations.responses.epochs import EpochKeys
from consultations.responses.models import SealedResponse
from consultations.responses.sealing import new_id
from consultations.responses.unsealing import open_snapshot
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.staff.job_keys import give_key
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring
from forms.packing import columns, layout, pack
from forms.questionnaire import Question, Questionnaire, Source, Text

FORM = Questionnaire(
    Text({"en": "Test"}),
    "test",
    ("en",),
    "en",
    (Question("number", "integer", "/data/number", Source("survey", 2)),),
    {},
)
LAYOUT = layout(FORM)
ANSWERS = 30
PROJECT = Path(__file__).parents[3]
#: A worker that says when an unlock has written everything and committed nothing, and stays there.
STUCK = """
import time
from consultations.analysis import unlocking
from consultations.cli import working
move = unlocking.move
def moved(*arguments):
    move(*arguments)
    print("moved", flush=True)
    time.sleep(600)
unlocking.move = moved
working.BEAT_SECONDS = 600
from app import create_app
app = create_app()
with app.app_context():
    from consultations.jobs.queue import queue_at
    queue = queue_at("", app.extensions["settings"].instance)
    print("ready", flush=True)
    working.work(working.Bench(app.extensions["sessions"], queue, "%s"))
"""


def now():
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def pair():
    return new_key_pair()


@pytest.fixture
def consultation(session, pair):
    """Closed, with answers in two epochs."""
    keyring = Keyring(public_key=pair.public)
    session.add(keyring)
    session.flush()
    made = Consultation(
        slug="test",
        status="open",
        questionnaire=store(session, FORM),
        keyring_id=keyring.id,
        title={"en": "Test"},
        asked_by={"en": "Test"},
        purpose={"en": "Test"},
        languages=["en"],
        opened_on=datetime.date(2026, 12, 17),
    )
    session.add(made)
    session.commit()
    epochs = EpochKeys(most_answers=20)
    for number in range(ANSWERS):
        send(session, made, new_id(), *pack(LAYOUT, {"number": str(number)}, "en", number), epochs)
    epochs.stir()
    made.status, made.closed_on = "closed", datetime.date(2026, 12, 18)
    session.commit()
    return made


@pytest.fixture
def queue(tmp_path):
    made = queue_at("", tmp_path)
    yield made
    made.storage.close()


@pytest.fixture
def ring(queue):
    return ringing(queue)


@pytest.fixture
def started(database_url, tmp_path):
    """Starts workers as processes, and ends those that are left."""
    processes = []

    def start(*command):
        environment = {**os.environ, "DATABASE_URL": database_url, "INSTANCE_DIR": str(tmp_path)}
        process = subprocess.Popen(
            [sys.executable, *command],
            env=environment,
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def until(session, found, seconds=120):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        session.rollback()
        session.expire_all()
        if found():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen in time")


def ask(session, consultation, private_key):
    job = board.put_up(session, UNLOCK, consultation.id, day=now().date(), asked_by="ana", needs_key=True)
    assert give_key(session, job, private_key, now()) == 1
    session.commit()
    return job.id


def numbers(session, consultation, pair):
    return sorted(columns(LAYOUT, open_snapshot(session, consultation, pair.private).hot)["number"].tolist())


def test_killed_in_the_middle_of_an_unlock(session, consultation, pair, ring, started):
    first = board.new_id()
    killed = started("-c", STUCK % first)
    assert killed.stdout.readline() == "ready\n"
    until(session, lambda: session.get(Worker, first))
    job_id = ask(session, consultation, pair.private)
    ring(job_id)
    assert killed.stdout.readline() == "moved\n"
    killed.kill()
    killed.wait()

    started("-m", "flask", "--app", "app", "jobs", "work", "--instead-of", first)
    until(session, lambda: session.get(Job, job_id).state == "key lost")
    assert session.scalar(select(func.count()).select_from(SealedResponse)) == ANSWERS
    assert session.scalars(select(JobKey)).all() == []

    again = ask(session, consultation, pair.private)
    ring(again)
    until(session, lambda: session.get(Job, again).state == "done")
    assert numbers(session, consultation, pair) == list(range(ANSWERS))
    assert session.scalar(select(func.count()).select_from(SealedResponse)) == 0
    assert session.scalars(select(AuditEntry.who).where(AuditEntry.what == "unlocked")).all() == ["ana"]


@pytest.fixture
def bench(engine, queue):
    made = Bench(session_maker(engine), queue, board.new_id())
    working.arrive(made)
    return made


def test_an_unlock_is_done_once_however_often_it_is_rung_for(session, bench, consultation, pair):
    job_id = ask(session, consultation, pair.private)
    working.do(bench, job_id)
    working.do(bench, job_id)
    session.expire_all()
    assert (session.get(Job, job_id).state, session.get(Job, job_id).tries) == ("done", 1)
    assert numbers(session, consultation, pair) == list(range(ANSWERS))


def test_the_wrong_key_fails_by_name_and_loses_nothing(session, bench, consultation):
    job_id = ask(session, consultation, new_key_pair().private)
    working.do(bench, job_id)
    session.expire_all()
    assert (session.get(Job, job_id).state, session.get(Job, job_id).problem) == ("failed", "WrongKey")
    assert session.scalar(select(func.count()).select_from(SealedResponse)) == ANSWERS


def test_a_job_that_breaks_off_is_tried_again_and_its_words_are_not_logged(
    session, bench, consultation, pair, monkeypatch, caplog
):
    def broken(*arguments, **options):
        raise OSError("what somebody wrote")

    job_id = ask(session, consultation, pair.private)
    with monkeypatch.context() as patched:
        patched.setattr(working, "unlock_for", broken)
        working.do(bench, job_id)
    assert "OSError" in caplog.text
    assert "somebody" not in caplog.text

    rung = []
    working.beat(bench, rung.append)
    assert rung == [job_id]
    working.do(bench, job_id)
    session.expire_all()
    assert session.get(Job, job_id).state == "done"


def test_the_daily_job_is_done_without_a_key(session, bench, queue):
    rung = []
    working.put_up_daily(bench, rung.append)
    working.put_up_daily(bench, rung.append)
    working.do(bench, rung[0])
    assert len(rung) == 1
    assert session.get(Job, rung[0]).state == "done"


def test_a_worker_that_leaves_takes_its_keys_along(session, bench, consultation, pair):
    job_id = ask(session, consultation, pair.private)
    working.leave(bench)
    session.expire_all()
    assert session.get(Job, job_id).state == "key lost"
    assert session.scalars(select(JobKey)).all() == []


def test_no_private_key_is_on_the_disk(session, bench, ring, consultation, pair, tmp_path, database_url):
    """While the job waits. The public key is found, so the others would be."""
    ring(ask(session, consultation, pair.private))
    if database_url.startswith("sqlite"):
        stored = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    else:
        rows = [
            tuple(row) for table in (Worker, Job, JobKey) for row in session.execute(select(*table.__table__.columns))
        ]
        stored = b"".join(value for row in rows for value in row if isinstance(value, bytes))
        stored += (tmp_path / "jobs.sqlite").read_bytes()
    assert bench.pair.public in stored
    for secret in (pair.private, bench.pair.private):
        assert secret not in stored
        assert secret.hex().encode() not in stored
    assert "KeyPair" not in repr(bench)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # the database has no part in it
def test_a_worker_ends_with_the_pipe_that_it_was_given(session, started):
    process = started("-m", "flask", "--app", "app", "jobs", "work", "--with-input")
    until(session, lambda: session.scalars(select(Worker)).first())
    process.stdin.close()
    assert process.wait(timeout=60) == 0
    until(session, lambda: session.scalars(select(Worker)).first() is None)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # the database has no part in it
def test_a_worker_that_is_told_to_stop_ends_quietly(session, started):
    process = started("-m", "flask", "--app", "app", "jobs", "work", "--with-input")
    until(session, lambda: session.scalars(select(Worker)).first())
    process.terminate()
    assert process.wait(timeout=60) == 0
