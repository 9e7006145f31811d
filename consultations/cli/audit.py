"""`audit`: whether the log's chain holds, and the log as a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from consultations.audit import checked, oldest_first, rows
from consultations.cli.common import database
from exports.csv_file import csv_bytes


@click.group("audit")
def commands() -> None:
    """The log of what staff did."""


@commands.command()
@click.option("--head", default="", help="A hash that was written down before: it must still be in the chain.")
@with_appcontext
def verify(head: str) -> None:
    """Walk the chain; leaves with status 1 and the first broken entry when it does not hold."""
    try:
        known = bytes.fromhex(head)
    except ValueError:
        raise click.ClickException("The hash has 64 digits: 0 to 9 and a to f.") from None
    with database() as session:
        found = checked(session, known)
    if found.broken:
        click.echo(f"Broken at entry {found.broken.id} of {found.broken.day}.")
    elif found.is_cut:
        click.echo("Cut off: the newest entries, or the one that was written down, are missing.")
    else:
        click.echo(f"The chain holds. Newest hash: {found.head.hex() or 'none yet'}")
    sys.exit(0 if found.holds else 1)


@commands.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export(file: Path) -> None:
    """Write the whole log to FILE as CSV."""
    with database() as session:
        file.write_bytes(csv_bytes(rows(oldest_first(session))))
