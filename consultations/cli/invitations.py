"""`consultations invite`: codes for member organisations as files in a folder."""

from __future__ import annotations

import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from consultations.cli.common import database, plainly, settings, today
from consultations.cli.rounds import WHO, commands
from consultations.responses.stirring import wipe
from consultations.rounds import consultations
from consultations.rounds.cards import KINDS, Handout, file_name
from consultations.rounds.quotas import Share, draw_codes, keep_codes, shares

__all__ = ["commands"]


@commands.command()
@click.argument("slug")
@click.option("--organisation", "name", help="Name of one organisation; all when not given.")
@click.option("--count", type=click.IntRange(1), required=True, help="Codes for each, within what it may have.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the files.")
@click.option("--url", required=True, help="Where members find this application, such as https://example.org.")
@click.option("--as", "kind", type=click.Choice(list(KINDS)), default="pdf", show_default=True)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day to answer, printed on cards.")
@with_appcontext
@plainly
def invite(
    slug: str, name: str | None, count: int, out: Path, url: str, kind: str, until: datetime.datetime | None
) -> None:
    """Make codes for SLUG: a file for each organisation, readable by you alone. Nobody can see the codes again."""
    address, day = f"{url.rstrip('/')}/c/{slug}/", until.date() if until else None
    out.mkdir(parents=True, exist_ok=True, mode=0o700)  # before any code is made: that it can be written is certain
    with database() as session:
        consultation = consultations.by_slug(session, slug)
        chosen = _chosen(shares(session, consultation), name)
        # One named organisation gets as many as asked for, or an error; all of them as many as they may still have.
        wanted = {id: count if name else min(count, share.left) for id, share in chosen.items()}
        drawn = draw_codes(session, consultation, {id: number for id, number in wanted.items() if number})
        handouts = [Handout(chosen[id], codes, address, day) for id, codes in drawn.items()]
        files = [(file_name(handout, kind), KINDS[kind](handout, consultation)) for handout in handouts]
        keep_codes(session, consultation, drawn, secret=settings().secret, who=WHO, today=today())
    for file, content in files:
        _write(_free(out / file), content)
    wipe(current_app.extensions["engine"])
    click.echo(f"{sum(map(len, drawn.values()))} codes for {len(drawn)} organisations in {out}")


def _chosen(found: list[Share], name: str | None) -> dict[int, Share]:
    chosen = {share.organisation.id: share for share in found if name in (None, share.organisation.name)}
    if not chosen:
        raise click.ClickException(f"There is no organisation named {name}." if name else "There is no organisation.")
    return chosen


def _free(path: Path) -> Path:
    """The path with a number where there is such a file already: codes that were lost cannot be made again."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
