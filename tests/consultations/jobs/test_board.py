"""A job is done at least once, whoever is killed; a key is for one job and the workers that were alive."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.jobs import board
from consultations.jobs.models import Job, JobKey, Worker
from consultations.staff.job_keys import give_key, key_for
from consultations.staff.keys import DoesNotOpen, new_key, new_key_pair

NOW = datetime.datetime(2026, 11, 23, 9, 30, 17, 250_000, datetime.UTC)
DAY = NOW.date()
LATER = NOW + board.LEASE + datetime.timedelta(seconds=20)
PAIR = new_key_pair()


@pytest.fixture
def worker(session):
    """Puts a worker on the board, seen just now or at another time."""

    def arrives(name, seen_at=NOW, public=PAIR.public):
        session.add(Worker(id=name, public_key=public, seen_at=board.coarse(seen_at)))
        session.flush()
        return name

    return arrives


def state(session, job):
    session.expire_all()
    return session.get(Job, job.id).state


def test_a_waiting_job_is_taken_by_one_worker_only(session, worker):
    worker("one"), worker("two")
    job = board.put_up(session, "daily", 1, day=DAY)
    assert board.take(session, job.id, "one", NOW).state == "running"
    assert board.take(session, job.id, "two", NOW) is None


def test_a_job_whose_lease_ran_out_is_given_to_another(session, worker):
    worker("one"), worker("two", LATER)
    job = board.put_up(session, "daily", 1, day=DAY)
    board.take(session, job.id, "one", NOW)
    assert board.look_after(session, LATER) == [job.id]
    taken = board.take(session, job.id, "two", LATER)
    assert (taken.worker_id, taken.tries) == ("two", 2)


def test_a_renewed_lease_is_kept(session, worker):
    worker("one")
    job = board.put_up(session, "daily", 1, day=DAY)
    board.take(session, job.id, "one", NOW)
    board.renew(session, "one", LATER)
    assert board.look_after(session, LATER) == []
    assert state(session, job) == "running"


def test_a_job_that_kills_every_worker_fails_in_the_end(session, worker):
    job = board.put_up(session, "daily", 1, day=DAY)
    for number in range(board.MOST_TRIES):
        board.take(session, job.id, worker(f"{number}", NOW), NOW)
        board.look_after(session, LATER)
    assert (state(session, job), job.problem) == ("failed", "TooManyTries")


def test_a_key_opens_for_its_worker_and_its_job_alone(session, worker):
    key = new_key()
    worker("one")
    job, other = (board.put_up(session, "unlock", n, day=DAY, needs_key=True) for n in (1, 2))
    assert give_key(session, job, key, NOW) == 1
    assert key_for(session, job, "one", PAIR.private) == key
    session.get(JobKey, (job.id, "one")).job_id = other.id
    session.flush()
    with pytest.raises(DoesNotOpen):
        key_for(session, other, "one", PAIR.private)
    with pytest.raises(DoesNotOpen):
        key_for(session, job, "one", PAIR.private)


def test_a_job_is_not_taken_by_a_worker_without_its_key(session, worker):
    worker("one")
    job = board.put_up(session, "unlock", 1, day=DAY, needs_key=True)
    give_key(session, job, new_key(), NOW)
    assert board.take(session, job.id, worker("newcomer"), NOW) is None
    assert board.take(session, job.id, "one", NOW) is not None


def test_the_key_is_lost_with_its_last_worker(session, worker):
    worker("one")
    job = board.put_up(session, "unlock", 1, day=DAY, needs_key=True)
    give_key(session, job, new_key(), NOW)
    board.take(session, job.id, "one", NOW)
    worker("next", LATER)
    assert board.look_after(session, LATER) == []
    assert state(session, job) == "key lost"
    assert board.take(session, job.id, "next", LATER) is None


def test_another_worker_that_has_the_key_goes_on(session, worker):
    worker("one"), worker("two")
    job = board.put_up(session, "unlock", 1, day=DAY, needs_key=True)
    assert give_key(session, job, new_key(), NOW) == 2
    board.take(session, job.id, "one", NOW)
    board.renew(session, "two", LATER)
    assert board.look_after(session, LATER) == [job.id]
    assert board.take(session, job.id, "two", LATER) is not None


@pytest.mark.parametrize(("problem", "ended"), [("", "done"), ("WrongKey", "failed")])
def test_keys_go_when_the_job_ends(session, worker, problem, ended):
    worker("one")
    job = board.put_up(session, "unlock", 1, day=DAY, needs_key=True)
    give_key(session, job, new_key(), NOW)
    board.end(session, job.id, problem)
    assert state(session, job) == ended
    assert session.scalars(select(JobKey)).all() == []


def test_no_key_is_given_to_a_worker_that_was_not_seen_for_a_while(session, worker):
    worker("old", NOW - board.ALIVE_WITHIN - datetime.timedelta(seconds=20))
    job = board.put_up(session, "unlock", 1, day=DAY, needs_key=True)
    assert give_key(session, job, new_key(), NOW) == 0


def test_the_day_s_job_is_put_up_once(engine, session):
    with Session(engine) as other:
        assert board.put_up_daily(session, DAY).kind == "daily"
        assert board.put_up_daily(other, DAY) is None
        assert board.put_up_daily(other, DAY + datetime.timedelta(days=1)) is not None


def test_ended_jobs_are_forgotten_after_some_days(session):
    job = board.put_up(session, "daily", 1, day=DAY)
    board.end(session, job.id)
    board.look_after(session, NOW + board.KEPT)
    assert session.scalars(select(Job)).all() == [job]
    board.look_after(session, NOW + board.KEPT + datetime.timedelta(days=1))
    assert session.scalars(select(Job)).all() == []


def test_times_are_kept_to_ten_seconds(session, worker):
    worker("one")
    job = board.put_up(session, "daily", 1, day=DAY)
    board.take(session, job.id, "one", NOW)
    moments = (session.get(Worker, "one").seen_at, session.get(Job, job.id).leased_until)
    assert {(moment.second % 10, moment.microsecond) for moment in moments} == {(0, 0)}
