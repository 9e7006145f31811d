"""`responses`: made-up answers for a trial, answers from elsewhere, counts, unlocking."""

from __future__ import annotations

import time

import click
from flask.cli import with_appcontext

from consultations.analysis.unlocking import unlock_for
from consultations.cli.common import as_user, database, passphrase, plainly, today, working_as
from consultations.cli.importing import import_answers
from consultations.papers.withdrawing import key_for_work
from consultations.responses.counting import answer_count, unopened
from consultations.rounds import consultations
from consultations.sample.respondents import answer_all


@click.group("responses")
def commands() -> None:
    """Answers."""


commands.add_command(import_answers)


@commands.command()
@click.argument("slug")
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Where this application runs.")
@click.option("--count", type=click.IntRange(1, 10_000), default=20, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@with_appcontext
@plainly
def simulate(slug: str, url: str, count: int, seed: int) -> None:
    """Answer SLUG with made-up respondents, through its web pages, on this machine only."""
    with database() as session:
        languages = list(consultations.by_slug(session, slug).languages)
    began = time.monotonic()
    sent = list(answer_all(url, slug, languages, count, seed))
    pages, size = sum(each.pages for each in sent), sum(each.size_bytes for each in sent)
    click.echo(
        f"{len(sent)} made-up answers sent in {time.monotonic() - began:.1f} s: "
        f"{pages / len(sent):.1f} pages and {size / len(sent) / 1000:.1f} kB (uncompressed) each."
    )


@commands.command()
@click.argument("slug")
@with_appcontext
@plainly
def count(slug: str) -> None:
    """How many answers SLUG has."""
    with database() as session:
        click.echo(f"{answer_count(session, consultations.by_slug(session, slug))} answers")


@commands.command()
@click.argument("slug")
@as_user
@passphrase
@with_appcontext
@plainly
def unlock(slug: str, user: str, passphrase: str) -> None:
    """Unlock the answers of SLUG, which is closed, as one of its key holders."""
    with database() as session, working_as(session, user, passphrase) as me:
        consultation = consultations.by_slug(session, slug)
        key = key_for_work(session, consultation, me, today())
        snapshot = unlock_for(session, consultation, key, who=me.user.name, today=today())
        click.echo(f"{snapshot.size} answers unlocked, {unopened(session, consultation)} did not open.")
