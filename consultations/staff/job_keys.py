"""One-job keys: a private key sealed to the workers that are alive, for one job and no other."""

from __future__ import annotations

import datetime

from sqlalchemy.orm import Session

from consultations.jobs.board import alive
from consultations.jobs.models import Job, JobKey
from consultations.staff.keys import DoesNotOpen, canonical, open_with, seal_to

_INFO = "one-job key"


def give_key(session: Session, job: Job, private_key: bytes, now: datetime.datetime) -> int:
    """Seal the key to each live worker -> how many. Each can go on where another was killed; none after them can."""
    workers = alive(session, now)
    for worker in workers:
        sealed = seal_to(worker.public_key, private_key, _INFO, _place(job.id, worker.id))
        session.add(JobKey(job_id=job.id, worker_id=worker.id, sealed_key=sealed))
    session.flush()
    return len(workers)


def key_for(session: Session, job: Job, worker_id: str, worker_key: bytes) -> bytes:
    """The key that a holder gave this worker for the job. Raises DoesNotOpen."""
    given = session.get(JobKey, (job.id, worker_id))
    if given is None:
        raise DoesNotOpen
    return open_with(worker_key, given.sealed_key, _INFO, _place(job.id, worker_id))


def _place(job_id: str, worker_id: str) -> bytes:
    return canonical(job_id, worker_id)
