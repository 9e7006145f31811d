"""The product's own server, started for a measurement and ended after it."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from consultations.cli.server import command
from consultations.settings import PROJECT

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
    """As `flask --app app start` starts it."""
    environment = {**os.environ, "INSTANCE_DIR": str(instance), "DATABASE_URL": database_url}
    environment |= {} if controlled else UNCONTROLLED
    with (instance / "server.log").open("ab") as log:
        return subprocess.Popen(
            command("127.0.0.1", port, workers, application), cwd=PROJECT, env=environment, stdout=log, stderr=log
        )


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
