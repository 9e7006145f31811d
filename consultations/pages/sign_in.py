"""How staff sign in and out: passphrase, second factor, recovery key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from consultations.audit import record
from consultations.pages.leaving import CLEARED
from consultations.pages.passkey_site import passkey_site
from consultations.pages.reminding import say_what_happened
from consultations.pages.web import database, needs, now, page_language, public, today
from consultations.staff import kept_passkeys, one_time_codes, passkeys, pending, second_factors
from consultations.staff.passkeys import PasskeyRefused
from consultations.staff.pending import PendingSignInOver
from consultations.staff.recovering import RecoveryRefused, recover
from consultations.staff.sessions import SignedIn, sign_out, signed_in
from consultations.staff.sign_in import SignInRefused, sign_in

pages = Blueprint("sign_in", __name__, url_prefix="/staff")


class SignInForm(FlaskForm):
    name = StringField(
        lazy_gettext("Sign-in name"),
        [InputRequired(lazy_gettext("Enter your sign-in name.")), Length(max=80)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    passphrase = PasswordField(
        lazy_gettext("Passphrase"),
        [InputRequired(lazy_gettext("Enter your passphrase.")), Length(max=200)],
        description=lazy_gettext("Six words with spaces between them."),
        render_kw={"autocomplete": "current-password"},
    )


class RecoveryForm(FlaskForm):
    name = StringField(
        lazy_gettext("Sign-in name"),
        [InputRequired(lazy_gettext("Enter your sign-in name.")), Length(max=80)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    recovery_key = StringField(
        lazy_gettext("Recovery key"),
        [InputRequired(lazy_gettext("Enter your recovery key.")), Length(max=200)],
        description=lazy_gettext(
            "The letters and digits on the sheet that you printed. Capitals and hyphens make no difference."
        ),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class SecondFactorForm(FlaskForm):
    """One field is filled in: the form of each way has its own."""

    code = StringField(
        lazy_gettext("Code from your app"),
        [Length(max=40)],
        description=lazy_gettext("Six digits. A new code comes every half minute."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "40"},
    )
    recovery_code = StringField(
        lazy_gettext("Recovery code"),
        [Length(max=40)],
        description=lazy_gettext("One of the ten codes on your sheet that is not struck out."),
        render_kw={"autocomplete": "off", "spellcheck": "false", "maxlength": "40"},
    )
    passkey = StringField(lazy_gettext("Passkey"), [Length(max=8192)])


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in_page() -> Response | str | tuple[str, int]:
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("staff/sign_in.html", form=form), 422 if form.errors else 200
    try:
        token = sign_in(database(), form.name.data, form.passphrase.data, now())
    except SignInRefused as refused:
        form.passphrase.errors = [gettext(refused.message) % refused.values]
        return render_template("staff/sign_in.html", form=form), refused.status
    _leave_behind()
    waiting = pending.found(database(), token, now())
    if waiting is None:
        return _let_in(token)
    session["pending"] = token
    return redirect(url_for("sign_in.second_factor", language=waiting.user.language), 303)


@pages.route("/sign-in/second-factor", methods=["GET", "POST"])
@public
def second_factor() -> Response | str | tuple[str, int]:
    """Shown only to who proved a passphrase; to anybody else it is the sign-in page."""
    token = session.get("pending", b"")
    waiting = pending.found(database(), token, now())
    if waiting is None:
        return _begin_again()
    form = SecondFactorForm()
    way = next((field for field in form if field.name in _WAYS and field.data), None)
    if not form.validate_on_submit() or way is None:
        return _second_factor_page(form, waiting, token), 422 if request.method == "POST" else 200
    try:
        full = _WAYS[way.name](token, way.data)
    except PendingSignInOver:
        return _begin_again()
    except second_factors.REFUSED as refused:
        waiting = pending.found(database(), token, now())
        if waiting is None:
            return _begin_again()
        way.errors = [gettext(refused.message) % refused.values]
        return _second_factor_page(form, waiting, token), refused.status
    _leave_behind()
    return _let_in(full)


@pages.route("/recover", methods=["GET", "POST"])
@public
def recover_access() -> str | tuple[str, int]:
    """A new passphrase for whoever holds the printed recovery key; nobody else can help, and the page says so."""
    form = RecoveryForm()
    if not form.validate_on_submit():
        return render_template("staff/recover.html", form=form), 422 if form.errors else 200
    try:
        account = recover(database(), form.name.data, form.recovery_key.data, now())
    except RecoveryRefused as refused:
        form.recovery_key.errors = [gettext(refused.message) % refused.values]
        return render_template("staff/recover.html", form=form), refused.status
    record(database(), who=account.user.name, what="recovered", subject=account.user.name, day=today())
    return render_template("staff/recovered.html", account=account)


@pages.post("/sign-out")
@needs(None)
def sign_out_now() -> Response:
    _leave_behind()
    response = redirect(url_for("sign_in.sign_in_page", language=page_language()), 303)
    response.headers["Clear-Site-Data"] = CLEARED
    return response


def _leave_behind() -> None:
    """End whatever this browser's cookie opened, and empty it: what a token was known by before is never kept."""
    if "token" in session:
        sign_out(database(), session["token"])
    session.clear()


def _let_in(token: bytes) -> Response:
    session["token"] = token
    me = signed_in(database(), token, now())
    if me is not None:
        say_what_happened(me.user)
    return redirect(url_for("rounds.overview"), 303)


def _begin_again() -> Response:
    if session.pop("pending", None) is not None:
        flash(gettext(PendingSignInOver.message))
    return redirect(url_for("sign_in.sign_in_page", language=page_language()), 303)


def _second_factor_page(form: SecondFactorForm, waiting: SignedIn, token: bytes) -> str:
    site = passkey_site()
    has_passkey = site is not None and kept_passkeys.works_at(database(), waiting, site.host)
    return render_template(
        "staff/second_factor.html",
        form=form,
        has_app=one_time_codes.has_app(database(), waiting.user),
        options=passkeys.request_options(database(), waiting, token, site, now()) if has_passkey and site else None,
    )


def _by_passkey(token: bytes, answer: str) -> bytes:
    site = passkey_site()
    if site is None:
        raise PasskeyRefused
    return second_factors.finish_with_passkey(database(), token, site, answer, now())


_WAYS: Mapping[str, Callable[[bytes, str], bytes]] = MappingProxyType(
    {
        "code": lambda token, typed: second_factors.finish_with_code(database(), token, typed, now()),
        "recovery_code": lambda token, typed: second_factors.finish_with_recovery_code(database(), token, typed, now()),
        "passkey": _by_passkey,
    }
)
