"""`start`: everything that a first start needs, then the server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from consultations import hardening, migrations
from consultations.cli.common import database, plainly, settings, today
from consultations.cli.sample import note_sign_in
from consultations.cli.server import GRANIAN
from consultations.cli.server import command as server_command
from consultations.database import engine_for, session_maker
from consultations.papers.daily import daily
from consultations.sample.network import OPEN, load, write_pdfs
from consultations.settings import PROJECT, Settings


@click.command("start")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Web processes.")
@with_appcontext
@plainly
def commands(host: str, port: int, workers: int) -> None:
    """Serve the application; a first start on the embedded database loads the sample network."""
    where = settings()
    file = _embedded_file(where)
    if file is not None and not file.exists():
        _load_sample(where, file)
    migrations.upgrade(current_app.extensions["engine"])
    with database() as session:
        daily(session, today())
    hardening.forbid_core_dumps()
    for line in hardening.warnings(current_app.extensions["engine"], where.instance):
        click.echo(f"Warning: {line}", err=True)
    current_app.extensions["engine"].dispose()
    click.echo(_welcome(where, f"http://{host}:{port}"))
    sys.stdout.flush()
    _start_worker()
    os.execv(GRANIAN, server_command(host, port, workers))  # noqa: S606 - our own server, checked arguments


def _start_worker() -> None:
    """A process beside the server that keeps a worker running, and ends when the server does, whatever ends it.

    The server takes this process's place and holds the pipe open; nothing else does.
    """
    ends_with_us, held = os.pipe()
    os.set_inheritable(held, True)
    work = [sys.executable, "-m", "flask", "--app", "app", "jobs", "work", "--with-input"]
    supervise = [sys.executable, "-m", "consultations.jobs.supervising", *work]
    subprocess.Popen(supervise, stdin=ends_with_us, cwd=PROJECT)  # noqa: S603 - our own modules
    os.close(ends_with_us)


def _embedded_file(where: Settings) -> Path | None:
    prefix = "sqlite:///"
    return Path(where.database_url.removeprefix(prefix)) if where.database_url.startswith(prefix) else None


def _load_sample(where: Settings, file: Path) -> None:
    """Build the sample in a file beside the real one, put there when it is whole: a first start may be broken off."""
    click.echo("First start: loading a synthetic sample network. This takes about half a minute.")
    began = time.monotonic()
    unfinished = file.with_name(f"{file.name}.new")
    for leftover in file.parent.glob(f"{unfinished.name}*"):
        leftover.unlink()
    engine = engine_for(f"sqlite:///{unfinished}")
    migrations.upgrade(engine)
    with session_maker(engine)() as session:
        sample = load(session)
        note_sign_in(where.instance, sample)
        click.echo(f"  sample loaded after {time.monotonic() - began:.1f} s; writing its paper in five languages")
        write_pdfs(session, sample, where.instance / "papers")
    engine.dispose()
    unfinished.rename(file)
    click.echo(f"  done after {time.monotonic() - began:.1f} s")


def _welcome(where: Settings, address: str) -> str:
    sign_in = where.instance / "sample-sign-in.txt"
    members = f"{address}/c/{OPEN}/" if sign_in.exists() else f"{address}/"
    lines = ["", f"For members:   {members}", f"For staff:     {address}/staff/", ""]
    if sign_in.exists():
        lines += ["Sign-in of the sample's staff (name, role, passphrase):", sign_in.read_text("utf-8")]
    papers = sorted((where.instance / "papers").glob("*.pdf"))
    if papers:
        lines += ["The sample's briefing paper:", *(f"  {paper}" for paper in papers), ""]
    return "\n".join([*lines, "Stop with Ctrl+C."])
