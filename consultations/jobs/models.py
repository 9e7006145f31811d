"""Jobs, the workers that are alive, and keys that one worker may use for one job."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consultations.database import Base

WAITING, RUNNING, DONE, FAILED, KEY_LOST = "waiting", "running", "done", "failed", "key lost"
ENDED = (DONE, FAILED, KEY_LOST)


class Worker(Base):
    """A process that does jobs. Its private key is in its memory only."""

    __tablename__ = "workers"

    #: 32 hexadecimal digits, drawn.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: X25519, 32 bytes.
    public_key: Mapped[bytes]
    #: To ten seconds: `board.coarse`.
    seen_at: Mapped[datetime.datetime]


class Job(Base):
    """Something to be done at least once: doing it twice must change nothing more."""

    __tablename__ = "jobs"

    #: 32 hexadecimal digits, drawn.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    #: The id of what is worked on; the kind says what that is. Of a consultation, say.
    subject: Mapped[int]
    #: The sign-in name of who asked for it, for the audit log; '' where nobody did.
    asked_by: Mapped[str] = mapped_column(String(80))
    #: `waiting`, `running`, `done`, `failed`, `key lost`.
    state: Mapped[str] = mapped_column(String(20))
    #: It decrypts: without a key in `JobKey` it cannot be done.
    needs_key: Mapped[bool]
    worker_id: Mapped[str | None] = mapped_column(String(32))
    #: Who runs it has until then to say that it still does.
    leased_until: Mapped[datetime.datetime | None]
    tries: Mapped[int]
    #: The name of the problem that ended it.
    problem: Mapped[str] = mapped_column(String(80))
    #: When it was asked for; ended jobs are forgotten after some days.
    day: Mapped[datetime.date]


class JobKey(Base):
    """A private key sealed to one worker for one job; gone when either is."""

    __tablename__ = "job_keys"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    worker_id: Mapped[str] = mapped_column(ForeignKey("workers.id", ondelete="CASCADE"), primary_key=True)
    sealed_key: Mapped[bytes]


class DailyRun(Base):
    """A day for which somebody has put up the daily job."""

    __tablename__ = "daily_runs"

    day: Mapped[datetime.date] = mapped_column(primary_key=True)
