"""`python -m forms export FILE OUT`: the form as a fresh workbook, complete in itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from forms.commands.checking import as_text
from forms.commands.opening import UNREADABLE, complain, opened, status
from forms.xlsform.writing import write_xlsx


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Teaches the command line this command."""
    parser = commands.add_parser("export", help="write the form as a fresh workbook")
    parser.add_argument("file", type=Path)
    parser.add_argument("out", type=Path)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the problems and writes the workbook where there is no error among them; returns the exit status."""
    imported = opened(given.file)
    if imported is None:
        return UNREADABLE
    print(as_text(imported))
    if imported.questionnaire:
        try:
            given.out.write_bytes(write_xlsx(imported.questionnaire))
        except OSError as failure:
            complain(given.out, failure)
            return UNREADABLE
    return status(imported)
