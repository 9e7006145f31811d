"""One worker is kept running, and ends with the server whatever ends that."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

#: Says its process id and its arguments, and ends with its input.
WORKER = "import os, sys; print(os.getpid(), *sys.argv[1:], flush=True); sys.stdin.read()"
COMMAND = [sys.executable, "-m", "consultations.jobs.supervising", sys.executable, "-c", WORKER]


@contextmanager
def supervised():
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


def said(process):
    pid, _, own_id, *rest = process.stdout.readline().split()
    return int(pid), own_id, rest


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_worker_is_followed_by_one_that_knows_whom_it_follows():
    with supervised() as process:
        pid, first, _ = said(process)
        os.kill(pid, signal.SIGKILL)
        _, second, rest = said(process)
        assert rest == ["--instead-of", first]
        assert second != first


def test_the_worker_ends_with_the_server_s_pipe():
    with supervised() as process:
        pid, _, _ = said(process)
    assert not is_running(pid)


def test_the_worker_ends_when_the_supervisor_is_told_to():
    with supervised() as process:
        pid, _, _ = said(process)
        process.terminate()
        process.wait(timeout=30)
        assert not is_running(pid)
