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
from consultations.staff import pending, second_factors
from consultations.staff.passphrases import recovery_letters
from consultations.staff.recovery_codes import CODE_LETTERS
from consultations.staff.sign_in import SignedIn, sign_in, sign_out, signed_in

P = ParamSpec("P")
R = TypeVar("R")

as_user = click.option("--as", "user", required=True, metavar="NAME", help="Sign-in name of a key holder.")
_passphrase = click.option(
    "--passphrase",
    envvar="CONSULTATIONS_PASSPHRASE",
    prompt=True,
    hide_input=True,
    help="Their six words; asked for when neither given nor in CONSULTATIONS_PASSPHRASE.",
)
_SECOND_FACTOR = "consultations.second_factor"
_second_factor = click.option(
    "--second-factor",
    envvar="CONSULTATIONS_SECOND_FACTOR",
    expose_value=False,
    callback=lambda context, option, typed: context.meta.update({_SECOND_FACTOR: typed}),
    help="A code from their app, or a recovery code, where the account has a second factor; asked for when neither "
    "given nor in CONSULTATIONS_SECOND_FACTOR. Passkeys need a browser.",
)


def passphrase(command: Callable[P, R]) -> Callable[P, R]:
    """Options for a command that works as a key holder; it is called with the passphrase alone."""
    return _passphrase(_second_factor(command))


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
    """Sign in for the length of a command, with the second factor where the account has one."""
    token = sign_in(session, name, words, now())
    if pending.found(session, token, now()) is not None:
        token = _finished(session, token)
    session.commit()  # a code that was used stays used, whatever becomes of the command
    found = signed_in(session, token, now())
    if found is None:
        raise click.ClickException("This account was deactivated.")
    try:
        _check_required(session, found)
        yield found
    except BaseException:
        session.rollback()
        sign_out(session, token)
        session.commit()
        raise
    sign_out(session, token)


def _finished(session: Session, token: bytes) -> bytes:
    """The token of a session for that of a sign-in which waits for its second factor."""
    typed = click.get_current_context().meta.get(_SECOND_FACTOR)
    typed = typed or click.prompt("Code from the app, or a recovery code", hide_input=True)
    is_recovery_code = len(recovery_letters(typed)) == CODE_LETTERS
    finish = second_factors.finish_with_recovery_code if is_recovery_code else second_factors.finish_with_code
    return finish(session, token, typed, now())


def _check_required(session: Session, me: SignedIn) -> None:
    if settings().second_factor != "required" or not second_factors.is_asked(me.user):
        return
    if not second_factors.has_one(session, me.user):
        raise click.ClickException("This account needs a second factor: sign in with a browser and add one.")


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Say an expected failure in one line and leave with status 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Problem as problem:
            raise click.ClickException(problem.message % problem.values) from problem

    return run
