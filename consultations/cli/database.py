"""`database`: bring the tables up to date, back them up, put a backup back."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from consultations import migrations
from consultations.cli.backups import NEVER_IN_BACKUPS, restore, write_backup
from consultations.cli.common import plainly


@click.group("database")
def commands() -> None:
    """Tables of the database."""


@commands.command()
@with_appcontext
def upgrade() -> None:
    """Bring all tables up to date; changes nothing when they are."""
    migrations.upgrade(current_app.extensions["engine"])
    click.echo("The database is up to date.")


@commands.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
@plainly
def backup(file: Path) -> None:
    """Write everything that may be kept twice into a new FILE; use this and never copy the database itself."""
    rows = write_backup(current_app.extensions["engine"], file)
    click.echo(f"{rows} rows in {file}; never in it: {', '.join(NEVER_IN_BACKUPS)}.")


@commands.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
@plainly
def restore_it(file: Path) -> None:
    """Put the backup in FILE into this installation's database, which must be empty."""
    click.echo(f"{restore(file, current_app.extensions['engine'])} rows are back.")
