"""`database`: bring the tables up to date, back them up, put a backup back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext

from consultations import hardening, migrations
from consultations.cli.backups import NEVER_IN_BACKUPS, keys_beside, write_backup
from consultations.cli.common import plainly, settings
from consultations.cli.restoring import restore

F = TypeVar("F", bound=Callable[..., object])


@click.group("database")
def commands() -> None:
    """Tables of the database."""


@commands.command()
@with_appcontext
def upgrade() -> None:
    """Bring all tables up to date; changes nothing when they are."""
    migrations.upgrade(current_app.extensions["engine"])
    click.echo("The database is up to date.")


def _keys_option(exists: bool) -> Callable[[F], F]:
    kind = click.Path(exists=exists, dir_okay=False, path_type=Path)
    return click.option("--keys", type=kind, help="The file with the keys; FILE.keys when not given.")


@commands.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_keys_option(exists=False)
@with_appcontext
@plainly
def backup(file: Path, keys: Path | None) -> None:
    """Write everything that may be kept twice into a new FILE, and the keys to it into another.

    Use this and never copy the database itself. Keep the two apart, and of the keys only the newest file: then nothing
    comes back that was destroyed.
    """
    rows = write_backup(current_app.extensions["engine"], file, keys)
    click.echo(f"{rows} rows, written and read back: data in {file}, keys in {keys or keys_beside(file)}.")
    click.echo("Move the keys to another place now, and destroy the keys file before this one.")
    click.echo(f"Never in a backup: {', '.join(NEVER_IN_BACKUPS)}.")


@commands.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_keys_option(exists=True)
@click.option("--older-keys", is_flag=True, help="Put back what opens, though the keys are older than the data.")
@with_appcontext
@plainly
def restore_it(file: Path, keys: Path | None, older_keys: bool) -> None:
    """Put the data in FILE, and the keys to them, into this installation's database, which must be empty."""
    restored = restore(file, current_app.extensions["engine"], keys, older_keys=older_keys)
    click.echo(f"{restored.rows} rows are back.")
    for line in restored.missing:
        click.echo(line)


@commands.command("check")
@with_appcontext
def check() -> None:
    """Say what this machine and the database server let out more than they must; docs/postgresql.md says why."""
    found = hardening.warnings(current_app.extensions["engine"], settings().instance)
    for line in found or ["Nothing to warn of."]:
        click.echo(line)
