"""The commands of `flask --app app`: everything that staff do in the browser can be done here too."""

from __future__ import annotations

from flask import Flask

from consultations.cli import analysis, database, papers, questionnaires, responses, rounds, sample, staff, start

GROUPS = (start, sample, database, staff, questionnaires, rounds, responses, analysis, papers)


def join(app: Flask) -> None:
    """Give the application all commands."""
    for module in GROUPS:
        app.cli.add_command(module.commands)
