"""`python -m forms check FILE`: every problem of a form at once, by sheet and row."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from forms.checking.problems import Problem
from forms.commands.opening import UNREADABLE, opened, printable, status
from forms.xlsform.importing import Imported


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Teaches the command line this command."""
    parser = commands.add_parser("check", help="print every problem of a form")
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="as one JSON list of objects")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the problems; returns the exit status."""
    imported = opened(given.file)
    if imported is None:
        return UNREADABLE
    print(_as_json(imported) if given.json else as_text(imported))
    return status(imported)


def as_text(imported: Imported) -> str:
    """The problems below headings for their sheets and rows, and in the last line how many they are."""
    parts = ["\n".join(_of_sheet(sheet, list(found))) for sheet, found in groupby(imported.problems, _sheet)]
    return "\n\n".join((*parts, _verdict(imported)))


def _as_json(imported: Imported) -> str:
    return json.dumps([problem.as_json() for problem in imported.problems], ensure_ascii=False, indent=2)


def _sheet(problem: Problem) -> str:
    return problem.sheet


def _of_sheet(sheet: str, problems: list[Problem]) -> Iterator[str]:
    yield f"Sheet {printable(sheet)}" if sheet else "The whole file"
    for row, found in groupby(problems, lambda problem: problem.row):
        if row:
            yield f"  row {row}"
        for problem in found:
            column = f"column {printable(problem.column)}: " if problem.column else ""
            yield f"    {problem.level} [{problem.code}] {column}{printable(problem.text)}"
            yield f"      {printable(problem.remedy)}"


def _verdict(imported: Imported) -> str:
    counts = Counter(problem.level for problem in imported.problems)
    told = f"{_counted(counts['error'], 'error')}, {_counted(counts['notice'], 'notice')}."
    form = imported.questionnaire
    if form is None:
        return f"{told} Not usable: correct the errors above."
    questions, pages = _counted(len(form.questions()), "question"), _counted(len(form.pages()), "page")
    languages = ", ".join(form.languages)
    return f"{told} Usable: {questions}, {pages}, languages {languages}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
