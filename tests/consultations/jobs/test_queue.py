"""The queue carries ids of jobs and numbers, in words that run no code."""

from __future__ import annotations

import sqlite3

import pytest

from consultations.jobs.queue import forget_progress, progress_of, queue_at, ringing, say_progress, task_on

# Huey leaves the connection on which it listens to PostgreSQL to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
KINDS = ["sqlite", "postgresql"]


@pytest.fixture(params=KINDS)
def url(request, tmp_path):
    if request.param == "sqlite":
        return ""
    return request.getfixturevalue("postgres_cluster")


@pytest.fixture
def new_queue(url, tmp_path):
    made = []

    def new():
        made.append(queue_at(url, tmp_path))
        return made[-1]

    yield new
    for queue in made:
        queue.storage.close()


def test_an_id_that_was_put_in_is_worked_on(new_queue):
    ringing(new_queue())("ab12")
    heard, worker = [], new_queue()
    task_on(worker, heard.append)
    worker.execute(worker.dequeue())
    assert (heard, worker.dequeue()) == (["ab12"], None)


def test_progress_is_read_by_another_process(new_queue):
    worker, page = new_queue(), new_queue()
    assert progress_of(page, "ab12") == (0, 0)
    say_progress(worker, "ab12", 3, 10)
    assert progress_of(page, "ab12") == progress_of(page, "ab12") == (3, 10)
    forget_progress(worker, "ab12")
    assert progress_of(page, "ab12") == (0, 0)


def test_what_lies_in_the_queue_is_an_id_and_no_pickle(tmp_path):
    ringing(queue_at("", tmp_path))("ab12")
    (stored,) = sqlite3.connect(tmp_path / "jobs.sqlite").execute("SELECT data FROM task").fetchone()
    assert b'"args": ["ab12"]' in stored
    assert not stored.startswith(b"\x80")
    assert (tmp_path / "jobs.sqlite").stat().st_mode & 0o077 == 0


def test_another_kind_of_queue_is_refused(tmp_path):
    with pytest.raises(ValueError, match="JOBS_URL"):
        queue_at("amqp://localhost", tmp_path)
