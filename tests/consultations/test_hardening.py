"""What lets out more than it must is said in a plain line, and a web process writes no core."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from consultations import hardening
from consultations.database import engine_for

PROJECT = Path(__file__).parents[2]


def swaps(tmp_path, *names):
    lines = ["Filename Type Size Used Priority", *(f"{name} partition 1 0 -2" for name in names)]
    (tmp_path / "swaps").write_text("\n".join(lines))
    return list(hardening._of_swap(tmp_path))


def test_swap_on_a_disk_is_warned_of(tmp_path):
    (line,) = swaps(tmp_path, "/dev/sda2")
    assert "/dev/sda2" in line


def test_no_swap_and_compressed_memory_are_well(tmp_path):
    assert swaps(tmp_path) == []
    assert swaps(tmp_path, "/dev/zram0") == []


def test_a_folder_that_others_can_read_is_warned_of(tmp_path):
    tmp_path.chmod(0o755)
    assert [str(tmp_path) in line for line in hardening._of_folder(tmp_path)] == [True]
    tmp_path.chmod(0o700)
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "secret").chmod(0o600)
    assert list(hardening._of_folder(tmp_path)) == []


def test_a_server_as_it_comes_is_warned_of_setting_by_setting(engine, tmp_path):
    if engine.dialect.name != "postgresql":
        pytest.skip("these settings are PostgreSQL's")
    found = [line for line in hardening.warnings(engine, tmp_path) if line.startswith("PostgreSQL")]
    named = {line.split()[1] for line in found}
    assert named == {
        "fsync",  # off on the cluster of the tests, which nothing outlives
        "max_wal_size",
        "log_min_error_statement",
        "log_error_verbosity",
        "log_parameter_max_length",
    }


def test_a_server_that_is_set_as_documented_is_not_warned_of(postgres_cluster, tmp_path):
    wanted = {"log_min_error_statement": "panic", "log_error_verbosity": "terse", "log_parameter_max_length": "0"}
    # A superuser may set these for a connection of their own; an operator sets them in the server's file.
    options = "%20".join(f"-c%20{name}={value}" for name, value in wanted.items())
    engine = engine_for(f"{postgres_cluster}&options={options}")
    found = [line.split()[1] for line in hardening.warnings(engine, tmp_path) if line.startswith("PostgreSQL")]
    engine.dispose()
    assert found == ["max_wal_size", "fsync"]  # which a connection cannot set


def test_a_server_that_waits_for_the_disk_is_not_warned_of():
    """The tests' own cluster does not wait, so this setting is judged without it."""
    is_good = hardening.POSTGRESQL["fsync"].is_good
    assert (is_good("on"), is_good("off")) == (True, False)


def test_every_setting_that_is_checked_is_explained():
    text = (PROJECT / "docs" / "postgresql.md").read_text("utf-8")
    assert [name for name in hardening.POSTGRESQL if f"`{name}`" not in text] == []


def test_a_database_that_does_not_answer_is_said_and_stops_nothing(tmp_path):
    engine = engine_for("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    assert "The database could not be looked at." in hardening.warnings(engine, tmp_path)


def test_an_embedded_database_that_others_can_read_is_warned_of(tmp_path):
    engine = engine_for(f"sqlite:///{tmp_path / 'a.sqlite'}")
    engine.connect().close()
    (tmp_path / "a.sqlite").chmod(0o644)
    assert not any("a.sqlite" in line for line in hardening.warnings(engine, tmp_path))
    tmp_path.chmod(0o755)
    assert any("a.sqlite" in line for line in hardening.warnings(engine, tmp_path))
    engine.dispose()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_web_processes_write_no_core_and_nobody_looks_into_them(tmp_path):
    """The real server: the limit of core dumps is 0 in a process that has the application."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "INSTANCE_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'a.sqlite'}"}
    granian = str(Path(sys.executable).with_name("granian"))
    arguments = ["--interface", "wsgi", "--port", str(port), "--no-ws", "--log-level", "error", "app:app"]
    unlimited = ["sh", "-c", 'ulimit -c unlimited 2>/dev/null; exec "$@"', "sh"]
    server = subprocess.Popen([*unlimited, granian, *arguments], cwd=PROJECT, env=environment)
    try:
        _wait_for(port)
        assert _children(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _wait_for(port):
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the server did not come up")


def _children(pid):
    """Its processes that have the limit, once there are any: whichever only waits for the others has none."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        found = [each for each in _all_children(pid) if _has_no_cores(each)]
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError("no process of the server has the limit")


def _all_children(pid):
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            if int(stat.read_text("utf-8").rpartition(")")[2].split()[1]) == pid:
                yield int(stat.parent.name)


def _has_no_cores(pid):
    limits = Path(f"/proc/{pid}/limits").read_text("ascii").splitlines()
    (core,) = [line.split()[4:6] for line in limits if line.startswith("Max core file size")]
    return core == ["0", "0"]
