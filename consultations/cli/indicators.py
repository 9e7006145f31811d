"""`indicators`: what every released consultation says of each indicator, as a file."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from consultations.analysis.figures.indicator_rows import rows
from consultations.analysis.figures.indicators import every, over_time
from consultations.analysis.releases.earlier import released
from consultations.cli.common import database
from consultations.registry.models import REGIONS
from consultations.rounds.consultations import newest_first
from exports.csv_file import csv_bytes
from translations.languages import INTERFACE_LANGUAGES


@click.group("indicators")
def commands() -> None:
    """Shares that are watched over the years."""


@commands.command()
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--language", type=click.Choice(INTERFACE_LANGUAGES), default="en", help="Of names and notes.")
@with_appcontext
def export(file: Path, language: str) -> None:
    """Write all values to FILE, as CSV; they are read from released tables, which are public."""
    with database() as session:
        found = every(session, REGIONS)
        points = over_time(session, found, released(session, newest_first(session)))
        lines = rows(found, points, language)
    file.write_bytes(csv_bytes(lines))
    click.echo(f"{len(lines) - 1} values of {len(found)} indicators: {file}")
