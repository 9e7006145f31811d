"""A path on the command line -> the form in it, with the files beside it; the status that a command ends with."""

from __future__ import annotations

import sys
from pathlib import Path

from forms.xlsform.beside import FilesBeside
from forms.xlsform.importing import Imported, import_file
from forms.xlsform.workbook import SIZE_BYTES

USABLE, ERRORS, UNREADABLE = 0, 1, 2


def opened(path: Path) -> Imported | None:
    """The form in the file; None where there is no such file, which is said on standard error."""
    try:
        with path.open("rb") as file:
            # One byte more than we take: a longer file is known by its length, and /dev/zero ends.
            content = file.read(SIZE_BYTES + 1)
        return import_file(path.name, content, FilesBeside(path))
    except OSError as failure:
        complain(path, failure)
        return None


def complain(path: Path, failure: OSError) -> None:
    """Says on standard error what is wrong with the file."""
    print(f"{printable(str(path))}: {failure.strerror or failure}", file=sys.stderr)


def printable(text: str) -> str:
    """The text without what could steer a terminal: a file may have any name."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def status(imported: Imported) -> int:
    """0 for a usable form (notices allowed), 1 for errors in it, 2 for a file that is no workbook that we can read."""
    if imported.questionnaire:
        return USABLE
    is_unreadable = any(problem.code.startswith("workbook.") for problem in imported.problems)
    return UNREADABLE if is_unreadable else ERRORS
