"""`python -m forms`: look at a form without a server."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from typing import cast

from forms.commands import checking, evaluating, exporting, playing

#: As a shell has it for a program that a closed pipe ends.
STOPPED = 141


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
    try:
        status: int = given.run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough (`| head`); nothing may be written any more, not even at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
    return status


if __name__ == "__main__":
    sys.exit(main())
