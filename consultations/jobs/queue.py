"""The queue: ids of jobs and how far they are, never what is in them. Huey on SQLite, PostgreSQL, Redis or Valkey."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.registry import Message

NAME = "consultations"


class PlainMessages:
    """Messages as JSON. Huey's own are pickles: whoever could write to the queue could run code beside open keys."""

    def serialize(self, data: Any) -> bytes:
        if isinstance(data, Message):
            return json.dumps({"id": data.id, "name": data.name, "args": list(data.args or ())}).encode()
        return json.dumps(data).encode()

    def deserialize(self, data: bytes) -> Any:
        found = json.loads(bytes(data))
        if isinstance(found, dict):
            return Message(found["id"], found["name"], args=tuple(found["args"]), kwargs={})
        return found


def queue_at(url: str, instance: Path) -> Huey:
    """The queue that a URL names: `redis://`, `postgresql://`, or `sqlite:///`; '' is a file in the instance folder.

    Raises ValueError for another URL.
    """
    url = url or f"sqlite:///{instance / 'jobs.sqlite'}"
    scheme = url.partition(":")[0].partition("+")[0]
    if scheme not in _KINDS:
        raise ValueError("JOBS_URL begins with sqlite, postgresql, redis, rediss, valkey or nothing that is known.")
    return _KINDS[scheme](url)


def _sqlite(url: str) -> Huey:
    path = Path(url.removeprefix("sqlite:///"))
    path.touch(mode=0o600)
    return SqliteHuey(NAME, filename=str(path), fsync=False, timeout=30, results=False, serializer=PlainMessages())


def _postgresql(url: str) -> Huey:
    plain = "postgresql:" + url.partition(":")[2]
    return PostgresHuey(NAME, dsn=plain, table_prefix="job_queue", results=False, serializer=PlainMessages())


def _redis(url: str) -> Huey:
    as_redis = url.replace("valkey", "redis", 1)
    return RedisHuey(NAME, url=as_redis, results=False, serializer=PlainMessages())


_KINDS: dict[str, Callable[[str], Huey]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "redis": _redis,
    "rediss": _redis,
    "valkey": _redis,
    "valkeys": _redis,
}


def task_on(queue: Huey, work: Callable[[str], None]) -> Callable[[str], object]:
    """What puts a job's id into the queue; `work` is what a worker calls with it."""

    def do_job(job_id: str) -> None:
        work(job_id)

    return cast(Callable[[str], object], queue.task(name="do_job")(do_job))


def ringing(queue: Huey) -> Callable[[str], object]:
    """`task_on` for a process that only puts in."""
    return task_on(queue, lambda job_id: None)


def say_progress(queue: Huey, job_id: str, done: int, total: int) -> None:
    """How far a job is. Not in its row: SQLite lets one write at a time, and an unlock is one long write."""
    queue.put(f"progress-{job_id}", [done, total])


def progress_of(queue: Huey, job_id: str) -> tuple[int, int]:
    """(done, total); (0, 0) before anything is known."""
    found = queue.get(f"progress-{job_id}", peek=True) or [0, 0]
    return int(found[0]), int(found[1])


def forget_progress(queue: Huey, job_id: str) -> None:
    queue.delete(f"progress-{job_id}")
