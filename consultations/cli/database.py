"""`database`: bring the tables up to date."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from consultations import migrations


@click.group("database")
def commands() -> None:
    """Tables of the database."""


@commands.command()
@with_appcontext
def upgrade() -> None:
    """Bring all tables up to date; changes nothing when they are."""
    migrations.upgrade(current_app.extensions["engine"])
    click.echo("The database is up to date.")
