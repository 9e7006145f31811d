"""What commands share: a session, who is working, and expected failures as plain words."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import click
from flask import current_app
from sqlalchemy.orm import Session

from consultations.errors import Problem
from consultations.settings import Settings
from consultations.staff.sign_in import SignedIn, sign_in, sign_out, signed_in

P = ParamSpec("P")
R = TypeVar("R")

as_user = click.option("--as", "user", required=True, metavar="NAME", help="Sign-in name of a key holder.")
passphrase = click.option(
    "--passphrase",
    envvar="CONSULTATIONS_PASSPHRASE",
    prompt=True,
    hide_input=True,
    help="Their six words; asked for when neither given nor in CONSULTATIONS_PASSPHRASE.",
)


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    return now().date()


@contextmanager
def database() -> Iterator[Session]:
    """A session whose work is committed when the command succeeds, and undone when it does not."""
    with current_app.extensions["sessions"]() as session:
        yield session
        session.commit()


@contextmanager
def working_as(session: Session, name: str, words: str) -> Iterator[SignedIn]:
    """Sign in for the length of a command."""
    token = sign_in(session, name, words, now())
    found = signed_in(session, token, now())
    if found is None:
        raise click.ClickException("This account was deactivated.")
    try:
        yield found
    finally:
        sign_out(session, token)


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Say an expected failure in one line and leave with status 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Problem as problem:
            raise click.ClickException(problem.message % problem.values) from problem

    return run
