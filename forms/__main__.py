"""`python -m forms`: look at a form without a server."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from forms.checking.problems import Problem
from forms.commands import evaluating, playing
from forms.xlsform.importing import Imported, import_file
from forms.xlsform.writing import write_xlsx

USABLE, ERRORS, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0 for a usable form (notices allowed), 1 for errors in it, 2 for an unreadable file."""
    parser = argparse.ArgumentParser(prog="python -m forms", description="Look at an XLSForm without a server.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="print every problem of a form")
    check.add_argument("file", type=Path)
    check.add_argument("--json", action="store_true", help="as one JSON list")
    export = commands.add_parser("export", help="write the form as a fresh workbook")
    export.add_argument("file", type=Path)
    export.add_argument("out", type=Path)
    evaluating.add_to(commands)
    playing.add_to(commands)
    given = parser.parse_args(arguments)
    if given.command == "eval":
        return evaluating.run(given)
    try:
        file = Path(given.file)
        imported = import_file(file.name, file.read_bytes())
    except OSError as failure:
        print(f"{given.file}: {failure.strerror}", file=sys.stderr)
        return UNREADABLE
    if given.command == "play" and imported.questionnaire:
        playing.run(imported.questionnaire, given)
        return USABLE
    print(_as_json(imported) if given.command == "check" and given.json else _as_text(imported))
    if given.command == "export" and imported.questionnaire:
        given.out.write_bytes(write_xlsx(imported.questionnaire))
    return _status(imported)


def _status(imported: Imported) -> int:
    if imported.questionnaire:
        return USABLE
    is_unreadable = any(problem.code.startswith("workbook.") for problem in imported.problems)
    return UNREADABLE if is_unreadable else ERRORS


def _as_json(imported: Imported) -> str:
    return json.dumps([problem.as_json() for problem in imported.problems], ensure_ascii=False, indent=2)


def _as_text(imported: Imported) -> str:
    lines = [_line(problem) for problem in imported.problems]
    found = imported.questionnaire
    if found:
        names = ", ".join(found.languages)
        lines.append(f"Usable: {len(found.questions())} questions, {len(found.pages())} pages, languages {names}.")
    else:
        lines.append("Not usable: correct the errors above.")
    return "\n".join(lines)


def _line(problem: Problem) -> str:
    place = f"{problem.place}: " if problem.place else ""
    return f"{problem.level}: {place}{problem.text} {problem.remedy} [{problem.code}]"


if __name__ == "__main__":
    sys.exit(main())
