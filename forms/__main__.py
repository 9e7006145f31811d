"""`python -m forms`: look at a form without a server."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from typing import cast

from forms.commands import checking, evaluating, exporting, playing


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0 for a usable form (notices allowed), 1 for errors in it, 2 for an unreadable file."""
    parser = argparse.ArgumentParser(prog="python -m forms", description="Look at an XLSForm without a server.")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in (checking, exporting, evaluating, playing):
        command.add_to(commands)
    for stream in (sys.stdout, sys.stderr):
        # Forms are written in every script, and a file's name may be no text at all.
        cast(io.TextIOWrapper, stream).reconfigure(encoding="utf-8", errors="backslashreplace")
    given = parser.parse_args(arguments)
    status: int = given.run(given)
    return status


if __name__ == "__main__":
    sys.exit(main())
