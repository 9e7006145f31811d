"""The commands of `flask --app app`: everything that staff do in the browser can be done here too."""

from __future__ import annotations

from flask import Flask

from consultations.cli import (
    analysis,
    audit,
    daily,
    database,
    indicators,
    invitations,
    jobs,
    keys,
    papers,
    questionnaires,
    responses,
    sample,
    staff,
    start,
)

GROUPS = (
    start,
    sample,
    database,
    daily,
    staff,
    keys,
    audit,
    questionnaires,
    invitations,
    responses,
    analysis,
    indicators,
    papers,
    jobs,
)


def join(app: Flask) -> None:
    """Give the application all commands."""
    for module in GROUPS:
        app.cli.add_command(module.commands)
