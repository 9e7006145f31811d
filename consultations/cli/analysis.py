"""`analysis`: the plan of tables, try the gate, release tables, write the files of a release."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from consultations.analysis.attack import from_json
from consultations.analysis.models import GateRun
from consultations.analysis.releases import gate, releasing
from consultations.analysis.releases.downloads import downloads, write_all
from consultations.audit import record
from consultations.cli.common import as_user, database, passphrase, plainly, today, working_as
from consultations.cli.plan import plan
from consultations.errors import NotFound
from consultations.papers.withdrawing import key_for_work
from consultations.rounds import consultations
from consultations.rounds.models import Consultation


@click.group("analysis")
def commands() -> None:
    """Tables that protect the people in them."""


@commands.command("try")
@click.argument("slug")
@as_user
@passphrase
@with_appcontext
@plainly
def try_gate(slug: str, user: str, passphrase: str) -> None:
    """Attack what a release of SLUG would publish, and say what was tried; publishes nothing."""
    with database() as session, working_as(session, user, passphrase) as me:
        consultation = consultations.by_slug(session, slug)
        run = gate.try_release(session, consultation, key_for_work(session, consultation, me, today()), today())
        _tell(run)


@commands.command()
@click.argument("slug")
@as_user
@passphrase
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the files of the release.")
@with_appcontext
@plainly
def release(slug: str, user: str, passphrase: str, out: Path | None) -> None:
    """Release the tables of SLUG by the breakdowns that were fixed when it opened; at most three times."""
    with database() as session, working_as(session, user, passphrase) as me:
        consultation = consultations.by_slug(session, slug)
        key = key_for_work(session, consultation, me, today())
        # Kept whatever comes after it: a release that is refused is explained by what was found.
        _tell(gate.try_release(session, consultation, key, today()))
        session.commit()
        made = releasing.release(session, consultation, key, today())
        record(session, who=me.user.name, what="released tables", subject=slug, day=today())
        session.commit()
        tables = releasing.latest(session, consultation)
        shown = sum(not table.is_hidden for table in tables)
        merged = sum(len(table.merged) for table in tables)
        click.echo(
            f"Release {made.number}: {len(tables)} tables, {shown} shown, {len(tables) - shown} hidden for having too"
            f" few answers; {merged} rows of merged categories."
        )
        if out:
            _write(session, consultation, out)


@commands.command()
@click.argument("slug")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the files.")
@with_appcontext
@plainly
def files(slug: str, out: Path) -> None:
    """Write the files of the newest release of SLUG again."""
    with database() as session:
        _write(session, consultations.by_slug(session, slug), out)


def _write(session: Session, consultation: Consultation, folder: Path) -> None:
    newest = releasing.newest(session, consultation)
    if newest is None:
        raise NotFound
    made = downloads(consultation, newest)
    write_all(made, folder)
    for name, content in made.items():
        click.echo(f"Written: {folder / name} ({len(content) / 1000:.0f} kB)")


def _tell(run: GateRun) -> None:
    report = from_json(run.report)
    for tried in report.tried:
        click.echo(f"Tried: {tried.what}, {tried.times} times")
    for finding in report.findings:
        click.echo(f"Found: {finding.sentence % finding.values}")
    click.echo("The gate is passed." if run.passed else "The gate is not passed.")


commands.add_command(plan)
