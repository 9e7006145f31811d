"""`staff`: accounts, invitations, what accounts are limited to."""

from __future__ import annotations

from collections.abc import Iterable

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.cli.common import database, plainly, settings, today
from consultations.settings import public_address
from consultations.staff import links, people, second_factors
from consultations.staff.accounts import create_account, user_named
from consultations.staff.limits import ALL
from consultations.staff.models import User
from consultations.staff.roles import LIMITED_BY, Limit, Role
from translations.languages import INTERFACE_LANGUAGES

WHO = "command line"

role_option = click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
language_option = click.option("--language", type=click.Choice(INTERFACE_LANGUAGES), default="en", show_default=True)
limit_option = click.option(
    "--limit",
    "limited",
    multiple=True,
    metavar="KIND=VALUE",
    help="What the account reaches: consultation=spring, country=KE, region=africa, language=fr, or =all. Repeatable.",
)


@click.group("staff")
def commands() -> None:
    """Accounts of staff and community consultants."""


@commands.command()
@role_option
@language_option
@limit_option
@click.option("--days", type=click.IntRange(1, links.LONGEST_DAYS), default=7, show_default=True)
@click.option("--url", default="", help="Where the application is found, when TRUSTED_HOSTS does not say it.")
@with_appcontext
@plainly
def invite(role: str, language: str, limited: tuple[str, ...], days: int, url: str) -> None:
    """Print a link that works once: whoever opens it makes their own account, the first administrator too."""
    address = url.rstrip("/") or public_address(settings()) or "http://127.0.0.1:8000"
    with database() as session:
        links.forget_old(session, today())
        token = links.invite(
            session,
            role=role,
            limits=_limits(role, limited),
            language=language,
            days=days,
            invited_by=WHO,
            today=today(),
        )
        record(session, who=WHO, what="invited", subject=role, day=today())
    click.echo(f"{address}/staff/join/{token}?language={language}")
    click.echo(f"It works once, for {days} days. Hand it over by a safe way.", err=True)


@commands.command()
@click.argument("name")
@role_option
@language_option
@limit_option
@with_appcontext
@plainly
def add(name: str, role: str, language: str, limited: tuple[str, ...]) -> None:
    """Add an account and print its passphrase and recovery key, once. Without --limit it reaches everything."""
    with database() as session:
        account = create_account(session, name, role, language, _limits(role, limited) if limited else None)
        record(session, who=WHO, what="added", subject=account.user.name, day=today())
    click.echo(f"Sign-in name:  {account.user.name}")
    click.echo(f"Passphrase:    {account.passphrase}")
    click.echo(f"Recovery key:  {account.recovery_key}")
    click.echo("Nobody can show these again: hand them over in person, print the recovery key and lock it away.")


@commands.command()
@click.argument("name")
@role_option
@limit_option
@with_appcontext
@plainly
def change(name: str, role: str, limited: tuple[str, ...]) -> None:
    """Give the account NAME a role with its limits; both replace what was there."""
    with database() as session:
        people.change(session, _named(session, name), role, _limits(role, limited), by=None, who=WHO, day=today())


@commands.command()
@click.argument("name")
@with_appcontext
@plainly
def deactivate(name: str) -> None:
    """End the account NAME: its sessions at once, its keys too."""
    with database() as session:
        stuck = people.let_leave(session, _named(session, name), who=WHO, day=today())
    if stuck:
        click.echo(f"{stuck} keys have no other holder and stay, sealed, with this account.")


@commands.command()
@click.argument("name")
@with_appcontext
@plainly
def reactivate(name: str) -> None:
    """Let the account NAME sign in again. Its keys have to be given to it again."""
    with database() as session:
        people.let_back(session, _named(session, name), who=WHO, day=today())


@commands.command("remove-second-factors")
@click.argument("name")
@with_appcontext
@plainly
def remove_second_factors(name: str) -> None:
    """For NAME who lost phone, keys and recovery codes: from now on their passphrase alone signs them in.

    It opens nothing. Do it when you have spoken with them and know that it was them; the next sign-in says it.
    """
    with database() as session:
        user = _named(session, name)
        second_factors.remove_all(session, user)
        record(session, who=WHO, what="removed the second factors of", subject=user.name, day=today())


@commands.command("list")
@with_appcontext
def list_accounts() -> None:
    """All accounts."""
    with database() as session:
        limits = people.all_limits(session)
        for user in people.everyone(session):
            kinds = [kind for kind in Limit if kind in LIMITED_BY[Role(user.role)]]
            reach = " ".join(f"{kind}={','.join(sorted(limits[user.id].of(kind)))}" for kind in kinds)
            click.echo(f"{user.name}\t{user.role}\t{'active' if user.active else 'deactivated'}\t{reach}")


def _limits(role: str, limited: Iterable[str]) -> dict[Limit, set[str]]:
    """`region=africa` -> what is reached by kind. Raises ClickException where a role would reach nothing."""
    found: dict[Limit, set[str]] = {}
    for each in limited:
        kind, _, value = each.partition("=")
        if kind not in Limit.__members__.values() or not value:
            raise click.ClickException(f"{each} is not KIND=VALUE, with one of {', '.join(Limit)}.")
        found.setdefault(Limit(kind), set()).add(ALL if value == "all" else value)
    for kind in LIMITED_BY[Role(role)]:
        if kind not in found:
            raise click.ClickException(f"Say what this account reaches: --limit {kind}=…, or --limit {kind}=all.")
    return found


def _named(session: Session, name: str) -> User:
    user = user_named(session, name)
    if user is None:
        raise click.ClickException(f"There is no account named {name}.")
    return user
