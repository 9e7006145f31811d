"""What a worker does: each kind of job, its own key pair, and saying that it is alive."""

from __future__ import annotations

import datetime
import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from huey import Huey, crontab
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from consultations.analysis.releases.trying import TRY, try_for
from consultations.analysis.unlocking import UNLOCK, unlock_for
from consultations.errors import Problem
from consultations.jobs import board
from consultations.jobs.models import Job, Worker
from consultations.jobs.queue import forget_progress, say_progress, task_on
from consultations.papers.daily import daily
from consultations.rounds.models import Consultation
from consultations.staff.job_keys import key_for
from consultations.staff.keys import KeyPair, new_key_pair

_LOG = logging.getLogger(__name__)
BEAT_SECONDS = 10.0
#: How long the job at hand may take when the worker is told to stop.
STOP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Bench:
    """What one worker works with."""

    sessions: sessionmaker[Session]
    queue: Huey
    id: str
    pair: KeyPair = field(default_factory=new_key_pair, repr=False)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def work(bench: Bench, instead_of: str = "") -> None:
    """Do jobs until the process is told to stop; to be called in its main thread.

    `instead_of` is the id of a worker that is known to be dead.
    """
    ring = task_on(bench.queue, lambda job_id: do(bench, job_id))

    @bench.queue.periodic_task(crontab(minute="5"))  # type: ignore[untyped-decorator]  # Huey ships no types
    def once_a_day() -> None:
        put_up_daily(bench, ring)

    logging.getLogger("huey").setLevel(logging.WARNING)  # it would say when it did which job
    signal.signal(signal.SIGTERM, _stop)  # until Huey takes signals itself
    stopped = threading.Event()
    try:
        arrive(bench, instead_of)
        put_up_daily(bench, ring)
        threading.Thread(target=_beat_for_ever, args=(bench, ring, stopped), daemon=True).start()
        bench.queue.create_consumer(
            workers=1, initial_delay=0.1, max_delay=1.0, graceful_signal="TERM", shutdown_timeout=STOP_SECONDS
        ).run()
    finally:
        stopped.set()
        leave(bench)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def do(bench: Bench, job_id: str) -> None:
    """Do the job if it is to be had. What goes wrong is told by the name of the problem, never by its words."""
    with bench.sessions() as session:
        job = board.take(session, job_id, bench.id, now())
        session.commit()
        if job is None:
            return
        try:
            KINDS[job.kind](bench, session, job)
            session.commit()
        except Problem as problem:
            session.rollback()
            board.end(session, job_id, type(problem).__name__)
            session.commit()
        except Exception as failure:
            session.rollback()
            _LOG.error("A job of kind %s broke off: %s", job.kind, type(failure).__name__)
            board.give_back(session, job_id)
            session.commit()
    forget_progress(bench.queue, job_id)


def arrive(bench: Bench, instead_of: str = "") -> None:
    """Say who one is, and take away what a dead worker had."""
    with bench.sessions() as session:
        session.execute(delete(Worker).where(Worker.id == instead_of))
        session.add(Worker(id=bench.id, public_key=bench.pair.public, seen_at=board.coarse(now())))
        board.look_after(session, now())
        session.commit()


def leave(bench: Bench) -> None:
    """The keys that this worker was given open nothing from now on: they go."""
    with bench.sessions() as session:
        session.execute(delete(Worker).where(Worker.id == bench.id))
        board.look_after(session, now())
        session.commit()


def put_up_daily(bench: Bench, ring: Callable[[str], object]) -> None:
    with bench.sessions() as session:
        job = board.put_up_daily(session, now().date())
        if job is not None:
            ring(job.id)


def beat(bench: Bench, ring: Callable[[str], object]) -> None:
    """Renew what this worker holds, look after what others left, and ring for jobs that nobody heard of."""
    with bench.sessions() as session:
        board.renew(session, bench.id, now())
        waiting = board.look_after(session, now())
        session.commit()
    if not bench.queue.pending_count():
        for job_id in waiting:
            ring(job_id)


def _beat_for_ever(bench: Bench, ring: Callable[[str], object], stopped: threading.Event) -> None:
    while not stopped.wait(BEAT_SECONDS):
        try:
            beat(bench, ring)
        except SQLAlchemyError as failure:
            _LOG.warning("The database could not be asked (%s); it will be tried again.", type(failure).__name__)


def _with_key(work: Callable[..., object], bench: Bench, session: Session, job: Job) -> None:
    """A job that decrypts: `work` gets the consultation's key, and says how far it is."""
    work(
        session,
        session.get_one(Consultation, job.subject),
        key_for(session, job, bench.id, bench.pair.private),
        who=job.asked_by,
        today=now().date(),
        progress=lambda done, total: say_progress(bench.queue, job.id, done, total),
        at_last=lambda: board.end(session, job.id),
    )


def _daily(bench: Bench, session: Session, job: Job) -> None:
    daily(session, now().date())
    board.end(session, job.id)


#: Each must change nothing more when it is done twice: a job is done at least once.
KINDS: dict[str, Callable[[Bench, Session, Job], None]] = {
    UNLOCK: lambda *job: _with_key(unlock_for, *job),
    TRY: lambda *job: _with_key(try_for, *job),
    "daily": _daily,
}
