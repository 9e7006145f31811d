"""A server of its own for an attack: a fresh folder, started as operators start it, and killed."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from consultations.settings import PROJECT

_START_SECONDS = 90


@dataclass(slots=True)
class Server:
    """An installation in a folder: data, temporary files, caches and logs each have a place that is searched."""

    folder: Path
    database_url: str
    more: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def instance(self) -> Path:
        return self.folder / "instance"

    def environment(self) -> dict[str, str]:
        places = {name: self.folder / name.lower() for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME")}
        for place in (*places.values(), self.instance):
            place.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL")}
        ours = {"INSTANCE_DIR": self.instance, "DATABASE_URL": self.database_url, "PYTHONPATH": PROJECT, **places}
        quick = {"SECONDS_A_PAGE": "0", "CALM_SENDS_A_MINUTE": "0", "TRUSTED_PROXIES": "1"}
        return kept | {name: str(value) for name, value in ours.items()} | quick | dict(self.more)

    def command(self, *words: str) -> str:
        """Run `flask --app app` with words -> what it printed."""
        flask = [str(Path(sys.executable).with_name("flask")), "--app", "app", *words]
        done = subprocess.run(flask, env=self.environment(), cwd=self._home(), capture_output=True, text=True)
        assert done.returncode == 0, f"{words}: {done.stdout[-500:]}{done.stderr[-2000:]}"
        return done.stdout

    def start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        flask = [str(Path(sys.executable).with_name("flask")), "--app", "app", "start", "--port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                flask, env=self.environment(), cwd=self._home(), stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self._process.poll() is None, (self.folder / "server.log").read_text()[-2000:]
            time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """As the plug pulled out: no process of it gets to do anything."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(30)
            self._process = None

    def _home(self) -> Path:
        """Where it runs: where a core dump would be written."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        return home


@contextmanager
def postgresql() -> Iterator[tuple[str, Path]]:
    """A cluster of its own as Debian installs it, with its log -> (its URL, its folder, which stays for a search).

    Not below pytest's folder: each pytest that begins closes that to all but its user, and PostgreSQL has its own.
    """
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="pg-raid-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    user = "postgres" if as_user else pwd.getpwuid(os.getuid()).pw_name
    if as_user:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    data = folder / "data"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    subprocess.run([*as_user, programs / "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-sync"], **quiet)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    log = data / "server.log"
    control = [*as_user, programs / "pg_ctl", "-D", data]
    subprocess.run([*control, "-o", options, "-l", log, "-w", "start"], **quiet)
    try:
        yield f"postgresql+psycopg://{user}@/postgres?host={folder}", folder
    finally:
        subprocess.run([*control, "-m", "immediate", "-w", "stop"], **quiet)
