"""`responses import`: answers that were given elsewhere, from a file; joined to the group `responses`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from consultations.cli.common import database, plainly, settings, today
from consultations.responses import arriving, importing
from consultations.responses.arriving import Proposal
from consultations.responses.mappings import Digester, remember
from consultations.responses.stirring import wipe
from consultations.rounds import consultations
from consultations.rounds.questionnaires import questionnaire_of
from forms.incoming.converting import Converted
from forms.incoming.encodings import ENCODINGS
from forms.incoming.mapping import Meaning, Target, digest_of, meaning_of, parsed, targets_of
from forms.incoming.problems import KINDS, MESSAGES, grouped, ranges
from forms.incoming.tables import Table
from forms.questionnaire import Questionnaire

WHO = "command line"
#: Letters of a heading that a line has room for.
_ROOM = 70


@click.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="What --suggest printed.")
@click.option("--suggest", is_flag=True, help="Print what would be done with each column, as JSON to correct.")
@click.option("--check", is_flag=True, help="Say what would come of it, and import nothing.")
@click.option("--leave-out", is_flag=True, help="Leave out single answers that do not fit, and count them.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Where it is not found out rightly.")
@with_appcontext
@plainly
def import_answers(
    slug: str, file: Path, mapping: Path | None, suggest: bool, check: bool, leave_out: bool, encoding: str | None
) -> None:
    """Import the answers in FILE (.csv, .xlsx, .xls) into SLUG, which is closed: all of them or none.

    Columns are told by their headings, as they were the last time, or as --mapping says.
    """
    content = file.read_bytes()
    digester = Digester(settings().secret)
    with database() as session:
        consultation = consultations.by_slug(session, slug)
        if not (check or suggest):
            importing.check_importing(session, consultation)
        stored = consultation.questionnaire
        form, table = questionnaire_of(stored), arriving.read_file(content, encoding or "")
        proposal = arriving.proposed(session, stored, table)
        targets, words = proposal.targets, dict[str, dict[str, str]]()
        if mapping:
            targets, words = _read_mapping(mapping, table, form, proposal)
        meaning = _either(meaning_of(words), digester.meaning(proposal.words))
        made = arriving.converted(stored, table, targets, meaning, today(), leave_out=leave_out)
        if suggest:
            click.echo(json.dumps(_mapping(table, targets, made), ensure_ascii=False, indent=1))
            return
        _say(table, proposal, targets, made)
        if made.problems:
            raise click.ClickException(
                "Nothing was imported. Correct the file, say in --mapping what words mean, or use --leave-out."
            )
        if check:
            click.echo("Nothing was imported: this was to look.")
            return
        digest = importing.file_digest(settings().secret, content)
        count = importing.take_in(session, consultation, made.records, digest, who=WHO, today=today())
        kept = {name: {**proposal.words.get(name, {}), **more} for name, more in digester.digested(words).items()}
        remember(session, stored, digest_of(table), targets, {**proposal.words, **kept})
    wipe(current_app.extensions["engine"])
    click.echo(f"{count} answers imported. The next unlocking moves them in with the others.")


def _either(first: Meaning, second: Meaning) -> Meaning:
    def meaning(list_name: str, word: str) -> str | None:
        found = first(list_name, word)
        return second(list_name, word) if found is None else found

    return meaning


def _mapping(table: Table, targets: Sequence[Target], made: Converted) -> dict[str, Any]:
    """What is written into the file of a mapping: words that mean nothing yet stand there with null."""
    columns = [
        {"heading": _heading(parts), "to": target.written}
        for parts, target in zip(table.headings, targets, strict=True)
    ]
    words = {name: dict.fromkeys(sorted(counts)) for name, counts in sorted(made.unknown.items())}
    return {"columns": columns, "words": words}


def _read_mapping(
    path: Path, table: Table, form: Questionnaire, proposal: Proposal
) -> tuple[tuple[Target, ...], dict[str, dict[str, str]]]:
    """Raises ClickException for what is no mapping of this table and this questionnaire."""
    try:
        found = json.loads(path.read_text("utf-8"))
        targets = tuple(parsed(str(column["to"])) for column in found["columns"])
        headings = [str(column["heading"]) for column in found["columns"]]
        words = {
            str(name): {str(word): str(choice) for word, choice in mapped.items() if choice is not None}
            for name, mapped in found.get("words", {}).items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        raise click.ClickException("This is no mapping: print one with --suggest and correct it.") from failure
    if headings != [_heading(parts) for parts in table.headings]:
        raise click.ClickException("This mapping belongs to a file with other headings.")
    wrong = [target.written for target in targets if target not in targets_of(form)]
    wrong += list(_wrong_words(words, form))
    if wrong:
        raise click.ClickException(f"The questionnaire has nothing called {', '.join(sorted(set(wrong)))}.")
    return arriving.without(targets, proposal.identifying), words


def _wrong_words(words: Mapping[str, Mapping[str, str]], form: Questionnaire) -> Iterator[str]:
    for name, mapped in words.items():
        if name not in form.choices:
            yield name
            continue
        offered = {choice.name for choice in form.choices[name]} | {""}
        yield from (f"{name}/{choice}" for choice in mapped.values() if choice not in offered)


def _say(table: Table, proposal: Proposal, targets: Sequence[Target], made: Converted) -> None:
    """What becomes of each column, and of the rows; no cell is ever printed."""
    source = f"{table.encoding}, columns between {table.delimiter!r}" if table.delimiter else table.encoding
    click.echo(f"{len(table.rows)} rows, {len(table.headings)} columns ({source}).")
    if table.other_sheets:
        click.echo(f"Only the first sheet is read; {len(table.other_sheets)} others are not.")
    if proposal.is_remembered:
        click.echo("A file with these headings was imported before: its columns go where they went then.")
    for at, (parts, target) in enumerate(zip(table.headings, targets, strict=True)):
        click.echo(f"  {at + 1}: {_heading(parts)[:_ROOM]} -> {_where(at, target, proposal)}")
    click.echo(f"{len(made.records)} answers; {made.blank_rows} rows without any.")
    for name, number in made.required_missing.items():
        click.echo(f"  {name}: required, and left open in {number} rows. They are imported all the same.")
    for name, number in made.not_asked.items():
        click.echo(f"  {name}: answered in {number} rows whose other answers would have passed it by. Left out there.")
    if made.left_out:
        click.echo(f"  {made.left_out} single answers do not fit and are left out.")
    for (column, code, kind), rows in grouped(tuple(made.problems)).items():
        what, remedy = MESSAGES[code]
        place = f"column {column + 1} ({_heading(table.headings[column])[:_ROOM]})"
        click.echo(f"error: {place}, rows {ranges(rows)}: {KINDS[kind]}. {what} {remedy}")
    for name, counts in made.unknown.items():
        click.echo(f"  list {name}: {len(counts)} words to say the meaning of; --suggest prints them.")


def _where(at: int, target: Target, proposal: Proposal) -> str:
    if at in proposal.identifying:
        return "left out: it would identify people"
    return target.written or "left out: no question is called so"


def _heading(parts: tuple[str, ...]) -> str:
    return " – ".join(filter(None, parts))
