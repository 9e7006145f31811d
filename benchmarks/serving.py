"""The product's own server, started for a measurement and ended after it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from consultations.settings import PROJECT

#: Per process, as `flask --app app start` has it.
THREADS = 4
#: A benchmark is what flood control is there to slow down.
UNCONTROLLED = {"SECONDS_A_PAGE": "0", "CALM_SENDS_A_MINUTE": "0"}


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and its processes."""

    port: int
    pids: tuple[int, ...]


@contextmanager
def served(
    instance: Path, database_url: str, workers: int, application: str = "app:app", controlled: bool = False
) -> Iterator[Server]:
    """The product's server; with flood control where it is `controlled`."""
    port = free_port()
    process = started(instance, database_url, workers, port, application, controlled)
    try:
        wait_for(port, process)
        yield Server(port, tuple(family(process.pid)))
    finally:
        process.terminate()
        process.wait(30)


def started(
    instance: Path, database_url: str, workers: int, port: int, application: str = "app:app", controlled: bool = False
) -> subprocess.Popen[bytes]:
    """Granian with the arguments of `flask --app app start`."""
    environment = {**os.environ, "INSTANCE_DIR": str(instance), "DATABASE_URL": database_url}
    environment |= {} if controlled else UNCONTROLLED
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(workers), "--blocking-threads", str(THREADS), "--no-ws"]
    command += ["--no-access-log", "--log-level", "warning", application]
    with (instance / "server.log").open("ab") as log:
        return subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Until `/` is answered over HTTP; raises RuntimeError when the process ends or the time is up."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as probe:
                probe.sendall(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                if probe.recv(12).startswith(b"HTTP/1."):
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise RuntimeError("The server did not start.")


def family(pid: int) -> Iterator[int]:
    """A process and all that it started, itself first."""
    yield pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for child in children.read_text().split():
        yield from family(int(child))
