"""`daily`: destroy what has reached its end; whoever runs no worker runs this every day."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from consultations.cli.common import database, plainly, today
from consultations.papers.daily import daily


@click.command("daily")
@with_appcontext
@plainly
def commands() -> None:
    """Destroy what has reached its end: answers and interviews with their keys, drafts, sign-ins, links."""
    with database() as session:
        for line in daily(session, today()) or ["Nothing was due."]:
            click.echo(line)
