"""What staff see of their own account, and change in it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from consultations.audit import record
from consultations.pages.web import database, needs, now, staff, today
from consultations.staff import kept_passkeys, one_time_codes, recovery_codes, second_factors, sessions
from consultations.staff.recovering import change_passphrase
from consultations.staff.roles import ROLE_NAMES, Role
from consultations.staff.sign_in import SignInRefused, prove_again
from translations.languages import INTERFACE_LANGUAGES, autonym

pages = Blueprint("account", __name__, url_prefix="/staff/account")


class LanguageForm(FlaskForm):
    language = SelectField(
        lazy_gettext("Language of these pages"),
        choices=[SelectChoice(code, autonym(code)) for code in INTERFACE_LANGUAGES],
    )


class PassphraseForm(FlaskForm):
    """Before a change to how somebody signs in: whoever finds an open screen shall not be able to make it."""

    passphrase = PasswordField(
        lazy_gettext("Your passphrase"),
        [InputRequired(lazy_gettext("Enter your passphrase.")), Length(max=200)],
        description=lazy_gettext("Once more, so that nobody else can change this at an open screen."),
        render_kw={"autocomplete": "current-password"},
    )

    def is_proven(self) -> bool:
        """Whether the page may go on. Raises TooManyTries, SignInBusy."""
        if not self.validate_on_submit():
            return False
        try:
            prove_again(database(), staff(), self.passphrase.data, now())
        except SignInRefused:
            self.passphrase.errors = [gettext("The passphrase is not right. Please check it and try again.")]
            return False
        return True


def confirm_page(form: PassphraseForm, *, title: str, sentence: str, button: str) -> tuple[str, int]:
    """A page that asks for the passphrase and nothing else."""
    page = render_template("account/confirm.html", form=form, title=title, sentence=sentence, button=button)
    return page, 422 if form.errors else 200


def log(what: str) -> None:
    """An entry about one's own account."""
    name = staff().user.name
    record(database(), who=name, what=what, subject=name, day=today())


def new_codes_page() -> str:
    """Ten new recovery codes, shown once."""
    codes = recovery_codes.new_codes(database(), staff().user)
    log("made recovery codes for")
    return render_template("account/recovery_codes.html", codes=codes)


@pages.route("/", methods=["GET", "POST"], strict_slashes=False)
@needs(None)
def overview() -> Response | str:
    me = staff()
    form = LanguageForm(language=me.user.language)
    if form.validate_on_submit():
        me.user.language = form.language.data
        flash(gettext("Saved."))
        return redirect(url_for("account.overview"), 303)
    this = sessions.token_hash(session["token"])
    return render_template(
        "account/overview.html",
        form=form,
        role_name=ROLE_NAMES[Role(me.user.role)],
        has_app=one_time_codes.has_app(database(), me.user),
        passkeys=kept_passkeys.of(database(), me),
        codes=recovery_codes.codes_of(database(), me.user),
        is_asked=second_factors.is_asked(me.user),
        sessions=[
            (stored.created_at.date(), stored.token_hash == this)
            for stored in sessions.sessions_of(database(), me.user, now())
        ],
    )


@pages.route("/recovery-codes", methods=["GET", "POST"])
@needs(None)
def new_recovery_codes() -> Response | str | tuple[str, int]:
    if not second_factors.has_one(database(), staff().user):
        return redirect(url_for("account.overview"), 303)
    form = PassphraseForm()
    if form.is_proven():
        return new_codes_page()
    return confirm_page(
        form,
        title=gettext("Make new recovery codes"),
        sentence=gettext("You get ten new codes. Those on the sheet that you have now stop working."),
        button=gettext("Make new codes"),
    )


@pages.route("/passphrase", methods=["GET", "POST"])
@needs(None)
def new_passphrase() -> str | tuple[str, int]:
    form = PassphraseForm()
    if form.is_proven():
        changed = change_passphrase(database(), staff(), now())
        session["token"] = changed.token
        log("changed the passphrase of")
        return render_template("account/new_passphrase.html", passphrase=changed.passphrase)
    return confirm_page(
        form,
        title=gettext("Change the passphrase"),
        sentence=gettext(
            "You get six new words, and the old ones stop working at once. All your other sessions end. Your recovery "
            "key and your second factors stay as they are."
        ),
        button=gettext("Give me a new passphrase"),
    )


@pages.route("/sessions/end", methods=["GET", "POST"])
@needs(None)
def end_other_sessions() -> Response | tuple[str, int]:
    form = PassphraseForm()
    if form.is_proven():
        sessions.end_others(database(), staff().user, session["token"])
        flash(gettext("All your other sessions have ended."))
        return redirect(url_for("account.overview"), 303)
    return confirm_page(
        form,
        title=gettext("End all other sessions"),
        sentence=gettext(
            "Whoever is signed in with your account elsewhere is out at once. This browser stays signed in."
        ),
        button=gettext("End all other sessions"),
    )
