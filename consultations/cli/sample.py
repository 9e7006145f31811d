"""`sample`: the sample network."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from consultations.cli.common import plainly, settings
from consultations.rounds.consultations import newest_first
from consultations.sample.network import Sample, load, write_pdfs

CARDS_HEAD = (
    "SYNTHETIC: the cards of three trustees who do not exist. Any two of them open the sample's keys.",
    "Real cards never lie in a file, and never together.",
    "",
)


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
    """Keep the sample's passphrases and cards beside its data: they protect nothing but synthetic answers."""
    lines = [f"  {account.user.name:14} {account.user.role:22} {account.passphrase}" for account in sample.accounts]
    _write(instance / "sample-sign-in.txt", lines)
    cards = [f"Card {number} of {len(sample.cards)}: {words}" for number, words in enumerate(sample.cards, 1)]
    _write(instance / "sample-trustees-cards.txt", [*CARDS_HEAD, *cards])


def _write(file: Path, lines: list[str]) -> None:
    """For the owner of the file alone."""
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n", "utf-8")
