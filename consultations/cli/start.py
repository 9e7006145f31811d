"""`start`: everything that a first start needs, then the server."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from consultations import migrations
from consultations.cli.common import database, plainly, settings, today
from consultations.cli.sample import note_sign_in
from consultations.database import engine_for, session_maker
from consultations.papers.daily import daily
from consultations.sample.network import OPEN, load, write_pdfs
from consultations.settings import Settings


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
    current_app.extensions["engine"].dispose()
    click.echo(_welcome(where, f"http://{host}:{port}"))
    sys.stdout.flush()
    arguments = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    arguments += ["--blocking-threads", "4", "--no-ws", "--no-access-log", "--log-level", "error", "app:app"]
    granian = str(Path(sys.executable).with_name("granian"))
    os.execv(granian, [granian, *arguments])  # noqa: S606 - our own server, with arguments that are checked above


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
    lines = ["", f"For members:   {address}/c/{OPEN}/", f"For staff:     {address}/staff/", ""]
    if sign_in.exists():
        lines += ["Sign-in of the sample's staff (name, role, passphrase):", sign_in.read_text("utf-8")]
    papers = sorted((where.instance / "papers").glob("*.pdf"))
    if papers:
        lines += ["The sample's briefing paper:", *(f"  {paper}" for paper in papers), ""]
    return "\n".join([*lines, "Stop with Ctrl+C."])
