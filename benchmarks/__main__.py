"""Runs every benchmark, one after another, and prints docs/performance.md: `python -m benchmarks [NAME ...]`."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.machine import machine
from consultations.settings import PROJECT

#: Name, heading, and what the figures answer.
ALL = {
    "page_bytes": ("Bytes for a member", "What a member's phone downloads and sends."),
    "answers": ("Complete answers a second", "From the welcome page to the thanks, every page on the way, over HTTP."),
    "arrivals": ("A thousand members in a minute", "Whether anybody is refused, and whether every answer is there."),
    "killed": ("Killed in the middle", "Whether an answer that was thanked for is lost, or is there twice."),
    "first_paint": (
        "The first page on a slow phone",
        "Chromium at 400 kbit/s and a quarter of its speed.",
    ),
    "posts": ("Where a member's page spends its time", "One process, no server: the most expensive functions."),
    "forms": ("Large forms", "Reading a form of 600 rows, and what follows from one answer to it."),
    "unlock": ("Unlocking", "From sealed answers to protected tables."),
    "tables": ("Tables", "Tabulating and protecting alone, for forms of twenty questions."),
    "paper": ("Briefing papers", "The sample's published paper as PDF."),
    "start": ("First start", "From a fresh clone to the first page."),
}

HEAD = """# Performance

Figures of the programs in `benchmarks/`. They are run by hand; `.venv/bin/python -m benchmarks > docs/performance.md`
runs them all and writes this page anew. They need PostgreSQL's programs, which `make test` installs.
Each table names the command that makes it alone; the machine's line says when, on what, and how busy it was before."""


def main(names: list[str]) -> None:
    print(HEAD, flush=True)
    print(f"\n{machine()}", flush=True)
    for name in names:
        heading, question = ALL[name]
        print(f"\n## {heading}\n\n{question} `.venv/bin/python -m benchmarks.{name}`\n", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        done = subprocess.run(command, cwd=PROJECT, check=False, capture_output=True, text=True)
        print(done.stdout.strip(), flush=True)
        if done.returncode:
            # A figure that is missing must not look like one that was never wanted.
            print(f"\n**This benchmark failed.**\n\n```\n{done.stderr.strip()[-2000:]}\n```", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or list(ALL))
