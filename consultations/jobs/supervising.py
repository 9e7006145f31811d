"""Keeps one worker running beside the server: `python -m consultations.jobs.supervising COMMAND...`.

Its standard input is a pipe that the server holds open. When the server ends, in whatever way, the pipe does, and so do
this and the worker. It knows nothing but the standard library, so that it takes little memory.
"""

from __future__ import annotations

import select
import signal
import subprocess
import sys
import time
import uuid
from types import FrameType

#: Between a worker's end and the next one's start; doubled while they end early.
LEAST_WAIT_SECONDS, MOST_WAIT_SECONDS = 1.0, 60.0
LONG_LIFE_SECONDS = 60.0
STOP_SECONDS = 40.0


def main(command: list[str]) -> None:
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    wait, before = LEAST_WAIT_SECONDS, ""
    while not stopping:
        began, own_id = time.monotonic(), uuid.uuid4().hex
        arguments = [*command, "--id", own_id, *(["--instead-of", before] if before else [])]
        with subprocess.Popen(arguments, stdin=subprocess.PIPE) as worker:  # noqa: S603 - what `start` says
            while worker.poll() is None and not stopping:
                if _server_has_ended(0.5):
                    stopping.append(0)
            if stopping:
                _end(worker)
                return
        wait = LEAST_WAIT_SECONDS if time.monotonic() - began > LONG_LIFE_SECONDS else min(wait * 2, MOST_WAIT_SECONDS)
        before = own_id
        if _server_has_ended(wait):
            return


def _server_has_ended(seconds: float) -> bool:
    """Waits that long to find out; nobody ever writes into the pipe, so there is something to read only at its end."""
    readable, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(readable)


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()


if __name__ == "__main__":
    main(sys.argv[1:])
