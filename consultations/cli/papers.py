"""`papers`: draft a paper and write it as PDF."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from consultations.cli.common import as_user, database, passphrase, plainly, today, working_as
from consultations.papers import drafting, publishing
from consultations.papers.sources import sources_of
from consultations.papers.starting import starting_draft
from consultations.rounds import consultations
from translations.languages import OFFICIAL_LANGUAGES


@click.group("papers")
def commands() -> None:
    """Briefing papers."""


@commands.command()
@click.argument("slug")
@as_user
@passphrase
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the files.")
@click.option(
    "--language", "languages", multiple=True, type=click.Choice(OFFICIAL_LANGUAGES), help="All when not given."
)
@with_appcontext
@plainly
def write(slug: str, user: str, passphrase: str, out: Path, languages: tuple[str, ...]) -> None:
    """Write the newest paper on SLUG as PDF; one that drafts itself from the release when there is none yet."""
    out.mkdir(parents=True, exist_ok=True)
    with database() as session, working_as(session, user, passphrase) as me:
        consultation = consultations.by_slug(session, slug)
        papers = drafting.of_consultation(session, consultation)
        if not papers:
            draft = starting_draft(consultation, sources_of(session, consultation, me))
            papers = [drafting.new_paper(session, consultation, draft)]
        made = publishing.made(session, papers[0], consultation, me, today())
        if made.missing:
            click.echo(f"{len(made.missing)} quotes or boxes could not be opened: the paper is made without them.")
        for code in languages or OFFICIAL_LANGUAGES:
            file = out / publishing.file_name(made.documents[code], consultation, "pdf")
            file.touch(mode=0o600)  # a draft has people's words in it
            file.write_bytes(publishing.pdf(made.documents[code], keep=False))
            click.echo(f"Written: {file} ({file.stat().st_size / 1000:.0f} kB)")
