"""`jobs`: the worker that does what takes long, and what is there to do."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from consultations.cli.common import database, now, settings
from consultations.cli.working import STOP_SECONDS, Bench, work
from consultations.hardening import forbid_core_dumps
from consultations.jobs.board import alive, new_id
from consultations.jobs.models import Job
from consultations.jobs.queue import queue_at


@click.group("jobs")
def commands() -> None:
    """Work that takes longer than a page may."""


@commands.command("work")
@click.option("--id", "own_id", default="", help="This worker's id; drawn where none is given.")
@click.option("--instead-of", default="", metavar="ID", help="A worker that is known to be dead.")
@click.option("--with-input", is_flag=True, help="End when standard input does: what `start` uses.")
@with_appcontext
def work_on(own_id: str, instead_of: str, with_input: bool) -> None:
    """Do jobs until told to stop. Its key pair is in memory only: what it was given is lost with it."""
    forbid_core_dumps()
    if with_input:
        threading.Thread(target=_end_with_input, daemon=True).start()
    where = settings()
    queue = queue_at(where.jobs_url, where.instance)
    work(Bench(current_app.extensions["sessions"], queue, own_id or new_id()), instead_of)


@commands.command("list")
@with_appcontext
def list_them() -> None:
    """How many jobs there are in which state, and how many workers are alive."""
    with database() as session:
        states = session.execute(select(Job.kind, Job.state, func.count()).group_by(Job.kind, Job.state)).all()
        for kind, state, count in sorted(map(tuple, states)):
            click.echo(f"{kind}: {count} {state}")
        click.echo(f"{len(alive(session, now()))} workers")


def _end_with_input() -> None:
    while os.read(sys.stdin.fileno(), 1):  # a buffered read would hold a lock that the interpreter's end needs
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS + 5)
    os._exit(1)
