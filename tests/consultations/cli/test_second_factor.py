"""A command that works as somebody asks for their second factor too, and leaves no session behind."""

from __future__ import annotations

import datetime
from dataclasses import replace

import click
import pyotp
import pytest
from flask.cli import with_appcontext
from sqlalchemy import select

from app import create_app
from consultations.cli.common import as_user, database, now, passphrase, plainly, working_as
from consultations.staff import one_time_codes, recovery_codes, second_factors, stretching
from consultations.staff.accounts import create_account, user_named
from consultations.staff.factors_models import PendingSignIn
from consultations.staff.models import StaffSession
from consultations.staff.sessions import SignedIn
from consultations.staff.throttle import Throttle

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@click.command("who")
@as_user
@passphrase
@click.option("--fail", is_flag=True)
@with_appcontext
@plainly
def who(user: str, passphrase: str, fail: bool) -> None:
    with database() as session, working_as(session, user, passphrase) as me:
        if fail:
            raise ValueError("the work went wrong")
        click.echo(f"working as {me.user.name}")


@pytest.fixture
def made(settings, monkeypatch):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)
    monkeypatch.setattr(second_factors, "_THROTTLE", Throttle(3600, second_factors.TooManyCodes))
    apps = []

    def make(**changed):
        app = create_app(replace(settings, **changed))
        apps.append(app)
        return app

    yield make
    for app in apps:
        app.extensions["engine"].dispose()


@pytest.fixture
def app(made):
    app = made()
    with app.extensions["sessions"].begin() as session:
        account = create_account(session, "ana", "policy_staff", "en")
        app.words = account.passphrase
        me = SignedIn(account.user, stretching.unwrap(*opened(account)))
        earlier = now() - datetime.timedelta(minutes=5)
        offered = one_time_codes.offer(me, earlier)
        app.phone = pyotp.TOTP(offered.secret)
        one_time_codes.confirm(session, me, offered, app.phone.at(earlier), earlier)
        app.codes = recovery_codes.new_codes(session, account.user)
    return app


def opened(account):
    secret = stretching.stretched(account.passphrase, account.user.salt)
    return account.user.wrapped_private_key, secret.wrapping_key, account.user.public_key


def run(app, *more, **options):
    words = ["--as", "ana", "--passphrase", getattr(app, "words", "")]
    return app.test_cli_runner().invoke(who, [*words, *more], **options)


def rows(app, model):
    with app.extensions["sessions"]() as session:
        return session.scalars(select(model)).all()


def test_the_code_is_asked_for(app):
    result = run(app, input=f"{app.phone.now()}\n")
    assert "Code from the app, or a recovery code" in result.output
    assert "working as ana" in result.output
    assert rows(app, StaffSession) == rows(app, PendingSignIn) == []


def test_the_code_can_be_an_option_or_a_variable(app):
    assert run(app, "--second-factor", app.phone.now()).output == "working as ana\n"
    assert run(app, env={"CONSULTATIONS_SECOND_FACTOR": app.codes[0]}).output == "working as ana\n"


def test_a_code_is_used_up_also_by_a_command_that_fails(app):
    code = app.phone.now()
    assert isinstance(run(app, "--fail", "--second-factor", code).exception, ValueError)
    assert rows(app, StaffSession) == []
    again = run(app, "--second-factor", code)
    assert again.exit_code == 1
    assert "This code is not right, or it was used before." in again.output


def test_a_wrong_code_is_refused_in_one_line(app):
    result = run(app, "--second-factor", "000000x")
    assert result.exit_code == 1
    assert result.output.startswith("Error: This code is not right")


def test_where_it_is_required_nobody_works_without(made):
    app = made(second_factor="required")
    with app.extensions["sessions"].begin() as session:
        app.words = create_account(session, "ana", "policy_staff", "en").passphrase
    result = run(app)
    assert result.output == "Error: This account needs a second factor: sign in with a browser and add one.\n"
    assert rows(app, StaffSession) == []


def test_the_operator_can_remove_them_for_somebody(app):
    result = app.test_cli_runner().invoke(args=["staff", "remove-second-factors", "ana"])
    assert result.exit_code == 0, result.output
    assert run(app).output == "working as ana\n"
    with app.extensions["sessions"]() as session:
        assert not second_factors.has_one(session, user_named(session, "ana"))
