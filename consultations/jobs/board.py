"""Where jobs stand: put up, taken on a lease, given back when whoever took one is gone.

A queue forgets what it handed out, and a worker can be killed at any moment; so the rows here are what counts, and the
queue only says that there is something to look at. Nothing here commits.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consultations.jobs.models import DONE, ENDED, FAILED, KEY_LOST, RUNNING, WAITING, DailyRun, Job, JobKey, Worker

#: Longer than SQLite can be kept by one unlock, in which nobody can renew anything.
LEASE = datetime.timedelta(minutes=2)
#: A worker that was not seen for so long is gone.
GONE_AFTER = datetime.timedelta(minutes=2)
#: A worker that gets work from the web was seen within this time.
ALIVE_WITHIN = datetime.timedelta(minutes=1)
MOST_TRIES = 5
KEPT = datetime.timedelta(days=7)
_COARSE_SECONDS = 10


def coarse(now: datetime.datetime) -> datetime.datetime:
    """The moment to ten seconds: nothing here needs to be lined up with anything finer."""
    return now.replace(second=now.second - now.second % _COARSE_SECONDS, microsecond=0)


def new_id() -> str:
    return secrets.token_hex(16)


def put_up(
    session: Session, kind: str, subject: int, *, day: datetime.date, asked_by: str = "", needs_key: bool = False
) -> Job:
    """A job that waits. One that needs a key is lost at the next `look_after` unless it has a `JobKey` by then."""
    job = Job(
        id=new_id(),
        kind=kind,
        subject=subject,
        asked_by=asked_by,
        state=WAITING,
        needs_key=needs_key,
        tries=0,
        problem="",
        day=day,
    )
    session.add(job)
    session.flush()
    return job


def unfinished(session: Session, kind: str, subject: int) -> Job | None:
    """The job of that kind that waits or runs for `subject`, if there is one."""
    mine = (Job.kind == kind, Job.subject == subject, Job.state.not_in(ENDED))
    return session.scalars(select(Job).where(*mine).limit(1)).first()


def alive(session: Session, now: datetime.datetime) -> Sequence[Worker]:
    """The workers that can be given a job."""
    return session.scalars(select(Worker).where(Worker.seen_at >= coarse(now) - ALIVE_WITHIN)).all()


def take(session: Session, job_id: str, worker_id: str, now: datetime.datetime) -> Job | None:
    """The job, on lease to this worker; None where it is not to be had, or needs a key that this worker has none of."""
    has_key = exists().where(JobKey.job_id == Job.id, JobKey.worker_id == worker_id)
    wanted = and_(Job.id == job_id, _is_free(now), Job.tries < MOST_TRIES, or_(Job.needs_key.is_(False), has_key))
    taken = {"state": RUNNING, "worker_id": worker_id, "leased_until": coarse(now) + LEASE, "tries": Job.tries + 1}
    session.execute(update(Job).where(wanted).values(taken).execution_options(synchronize_session=False))
    mine = (Job.id == job_id, Job.worker_id == worker_id, Job.state == RUNNING)
    return session.scalars(select(Job).where(*mine).execution_options(populate_existing=True)).first()


def renew(session: Session, worker_id: str, now: datetime.datetime) -> None:
    """Say that the worker is alive, and that it still works on what it took."""
    session.execute(update(Worker).where(Worker.id == worker_id).values(seen_at=coarse(now)))
    mine = (Job.worker_id == worker_id, Job.state == RUNNING)
    session.execute(update(Job).where(*mine).values(leased_until=coarse(now) + LEASE))


def end(session: Session, job_id: str, problem: str = "") -> None:
    """Done, or failed with that problem; its keys go. In one transaction with its work nothing is done twice."""
    session.execute(delete(JobKey).where(JobKey.job_id == job_id))
    ended = {"state": FAILED if problem else DONE, "problem": problem, "leased_until": None}
    session.execute(update(Job).where(Job.id == job_id).values(ended))


def give_back(session: Session, job_id: str) -> None:
    """Work that broke off for a reason that may pass: it waits again, with its keys."""
    mine = (Job.id == job_id, Job.state == RUNNING)
    session.execute(update(Job).where(*mine).values(state=WAITING, worker_id=None, leased_until=None))


def look_after(session: Session, now: datetime.datetime) -> list[str]:
    """Forget workers that are gone, give back what they had -> ids of all jobs that wait."""
    session.execute(delete(Worker).where(Worker.seen_at < coarse(now) - GONE_AFTER))  # with the keys that it had
    free = _is_free(now)
    no_key = ~exists().where(JobKey.job_id == Job.id)
    lost = {"state": KEY_LOST, "leased_until": None}
    _change(session, and_(free, Job.needs_key, no_key), lost)
    _change(session, and_(free, Job.tries >= MOST_TRIES), {"state": FAILED, "problem": "TooManyTries"})
    _change(session, and_(free, Job.state == RUNNING), {"state": WAITING, "worker_id": None, "leased_until": None})
    session.execute(delete(JobKey).where(JobKey.job_id.in_(select(Job.id).where(Job.state.in_(ENDED)))))
    session.execute(delete(Job).where(Job.state.in_(ENDED), Job.day < now.date() - KEPT))
    session.execute(delete(DailyRun).where(DailyRun.day < now.date() - KEPT))
    return list(session.scalars(select(Job.id).where(Job.state == WAITING)))


def put_up_daily(session: Session, day: datetime.date) -> Job | None:
    """The day's job, of kind `daily`; None where somebody has put it up. Commits, as another may do so just now."""
    if session.get(DailyRun, day) is not None:
        return None
    try:
        session.add(DailyRun(day=day))
        job = put_up(session, "daily", day.toordinal(), day=day)
        session.commit()
    except IntegrityError:
        session.rollback()
        return None
    return job


def _is_free(now: datetime.datetime) -> ColumnElement[bool]:
    """Nobody works on it: it waits, or its lease is over, or its worker is gone."""
    gone = ~exists().where(Worker.id == Job.worker_id)
    return or_(Job.state == WAITING, and_(Job.state == RUNNING, or_(Job.leased_until < coarse(now), gone)))


def _change(session: Session, which: ColumnElement[bool], values: Mapping[str, object]) -> None:
    session.execute(update(Job).where(which).values(dict(values)).execution_options(synchronize_session=False))
