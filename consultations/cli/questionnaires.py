"""`questionnaires`: import workbooks."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from consultations.cli.common import database, plainly
from consultations.rounds.questionnaires import newest_first, store
from forms.xlsform.beside import FilesBeside
from forms.xlsform.importing import import_file


@click.group("questionnaires")
def commands() -> None:
    """Questionnaires as XLSForm workbooks."""


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
@plainly
def import_workbook(file: Path) -> None:
    """Import FILE (.xlsx, .xls or .md), print every problem, and print the number that it is stored under.

    Choices are taken from files beside FILE, in its folder or in NAME-media for NAME.xlsx.
    """
    imported = import_file(file.name, file.read_bytes(), FilesBeside(file))
    for problem in imported.problems:
        click.echo(f"{problem.level}: {problem.place}: {problem.text} {problem.remedy}")
    if imported.questionnaire is None:
        raise click.ClickException("This workbook cannot be used yet. Nothing was saved.")
    form = imported.questionnaire
    with database() as session:
        stored = store(session, form)
    click.echo(f"Questionnaire {stored.id}: {stored.name}")
    click.echo(f"  {len(form.questions())} questions on {len(form.pages())} pages in {', '.join(form.languages)}")


@commands.command("list")
@with_appcontext
def list_questionnaires() -> None:
    """All questionnaires with their numbers."""
    with database() as session:
        for stored in newest_first(session):
            click.echo(f"{stored.id}\t{stored.version[:8]}\t{stored.name}")
