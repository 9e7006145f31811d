"""`analysis`: release tables."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from consultations.analysis import releasing
from consultations.audit import record
from consultations.cli.common import as_user, database, passphrase, plainly, today, working_as
from consultations.papers.withdrawing import key_for_work
from consultations.rounds import consultations


@click.group("analysis")
def commands() -> None:
    """Tables that protect the people in them."""


@commands.command()
@click.argument("slug")
@as_user
@passphrase
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for release.json.")
@with_appcontext
@plainly
def release(slug: str, user: str, passphrase: str, out: Path | None) -> None:
    """Release the tables of SLUG by the breakdowns that were fixed when it opened; at most three times."""
    with database() as session, working_as(session, user, passphrase) as me:
        consultation = consultations.by_slug(session, slug)
        made = releasing.release(session, consultation, key_for_work(session, consultation, me, today()), today())
        record(session, who=me.user.name, what="released tables", subject=slug, day=today())
        tables = releasing.latest(session, consultation)
        content = made.tables
    shown = sum(not table.is_hidden for table in tables)
    merged = sum(len(table.merged) for table in tables)
    click.echo(
        f"Release {made.number}: {len(tables)} tables, {shown} shown, {len(tables) - shown} hidden for having too few"
        f" answers; {merged} rows of merged categories."
    )
    if out:
        out.mkdir(parents=True, exist_ok=True)
        file = out / "release.json"
        file.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
        click.echo(f"Written: {file}")
