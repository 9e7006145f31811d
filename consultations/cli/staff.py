"""`staff`: accounts."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from consultations.audit import record
from consultations.cli.common import database, plainly, today
from consultations.staff.accounts import create_account
from consultations.staff.people import everyone
from consultations.staff.roles import Role
from translations.languages import INTERFACE_LANGUAGES


@click.group("staff")
def commands() -> None:
    """Accounts of staff and community consultants."""


@commands.command()
@click.argument("name")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--language", type=click.Choice(INTERFACE_LANGUAGES), default="en", show_default=True)
@with_appcontext
@plainly
def add(name: str, role: str, language: str) -> None:
    """Add an account and print its passphrase and recovery key, once."""
    with database() as session:
        account = create_account(session, name, role, language)
        record(session, who="command line", what="added", subject=account.user.name, day=today())
    click.echo(f"Sign-in name:  {account.user.name}")
    click.echo(f"Passphrase:    {account.passphrase}")
    click.echo(f"Recovery key:  {account.recovery_key}")
    click.echo("Nobody can show these again: hand them over in person, print the recovery key and lock it away.")


@commands.command("list")
@with_appcontext
def list_accounts() -> None:
    """All accounts."""
    with database() as session:
        for user in everyone(session):
            click.echo(f"{user.name}\t{user.role}\t{'active' if user.active else 'deactivated'}")
