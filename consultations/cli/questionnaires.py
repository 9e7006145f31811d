"""`questionnaires`: import workbooks."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from consultations.cli.common import database, plainly
from consultations.rounds.questionnaires import newest_first, store
from forms.incoming.drafting import Note, drafted
from forms.incoming.encodings import ENCODINGS
from forms.incoming.tables import MESSAGES, TableUnreadable, read_table
from forms.xlsform.beside import FilesBeside
from forms.xlsform.importing import import_file
from forms.xlsform.writing import write_markdown, write_xlsx

_NOTES = {
    "identifies": "left out: it would identify people.",
    "empty": "left out: nothing stands in it.",
    "same": "left out: all cells say the same.",
    "rare_words": "{count} of its options were written by fewer than five people: keep only what was offered.",
}


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


@commands.command("from-table")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--region", default="", metavar="COLUMN", help="The heading of the column that tables are broken down by."
)
@click.option("--title", default="", help="What it is called; the file's name when none is given.")
@click.option("--language", default="en", show_default=True, help="The language of the headings (BCP 47).")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Where it is not found out rightly.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="An .xlsx or .md file; printed otherwise.")
def from_table(file: Path, region: str, title: str, language: str, encoding: str | None, out: Path | None) -> None:
    """Draft a questionnaire from FILE, a table of answers (.csv, .xlsx, .xls), for its author to correct.

    Its options are words of the file: look through them before you import the questionnaire.
    """
    try:
        table = read_table(file.read_bytes(), encoding or "")
        form, notes = drafted(table, title or file.stem, language, region)
    except TableUnreadable as unreadable:
        raise click.ClickException(MESSAGES[unreadable.code]) from unreadable
    except KeyError as missing:
        raise click.ClickException(f"No column is called “{region}”.") from missing
    if out is None:
        click.echo(write_markdown(form))
    elif out.suffix == ".xlsx":
        out.write_bytes(write_xlsx(form))
    else:
        out.write_text(write_markdown(form), "utf-8")
    for note in notes:
        click.echo(_line(note), err=True)
    click.echo(f"{len(form.questions())} questions from {len(table.headings)} columns.", err=True)


def _line(note: Note) -> str:
    return f"{note.heading}: {_NOTES[note.code].format(count=note.count)}"


@commands.command("list")
@with_appcontext
def list_questionnaires() -> None:
    """All questionnaires with their numbers."""
    with database() as session:
        for stored in newest_first(session):
            click.echo(f"{stored.id}\t{stored.version[:8]}\t{stored.name}")
