"""How staff sign in and out, and what they see of their own account."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from consultations.audit import record
from consultations.pages.web import database, needs, now, page_language, public, staff, today
from consultations.staff.recovering import RecoveryRefused, recover
from consultations.staff.roles import ROLE_NAMES, Role
from consultations.staff.sign_in import SignInRefused, sign_in, sign_out
from translations.languages import INTERFACE_LANGUAGES, autonym

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


class LanguageForm(FlaskForm):
    language = SelectField(
        lazy_gettext("Language of these pages"),
        choices=[SelectChoice(code, autonym(code)) for code in INTERFACE_LANGUAGES],
    )


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
    session.clear()
    session["token"] = token
    return redirect(url_for("rounds.overview"), 303)


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
    sign_out(database(), session["token"])
    session.clear()
    return redirect(url_for("sign_in.sign_in_page", language=page_language()), 303)


@pages.route("/account", methods=["GET", "POST"])
@needs(None)
def account() -> Response | str:
    user = staff().user
    form = LanguageForm(language=user.language)
    if form.validate_on_submit():
        user.language = form.language.data
        flash(gettext("Saved."))
        return redirect(url_for("sign_in.account"), 303)
    return render_template("staff/account.html", form=form, role_name=ROLE_NAMES[Role(user.role)])
