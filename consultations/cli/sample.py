"""`sample`: the sample network."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from consultations.cli.common import plainly, settings
from consultations.rounds.consultations import newest_first
from consultations.sample.network import Sample, load, write_pdfs


@click.group("sample")
def commands() -> None:
    """A synthetic network that shows the whole way."""


@commands.command("load")
@with_appcontext
@plainly
def load_sample() -> None:
    """Load the sample network into a database that has no consultation yet, and write its paper as PDF."""
    with current_app.extensions["sessions"]() as session:
        if newest_first(session):
            raise click.ClickException("There are consultations in this database already. The sample was not loaded.")
        sample = load(session)
        note_sign_in(settings().instance, sample)
        write_pdfs(session, sample, settings().instance / "papers")
    click.echo((settings().instance / "sample-sign-in.txt").read_text("utf-8"))


def note_sign_in(instance: Path, sample: Sample) -> None:
    """Keep the sample's passphrases beside its data: they protect nothing but synthetic answers."""
    lines = [f"  {account.user.name:14} {account.user.role:22} {account.passphrase}" for account in sample.accounts]
    file = instance / "sample-sign-in.txt"
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n", "utf-8")
