"""Accounts of staff and community consultants, for administrators."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from consultations.audit import record
from consultations.pages.web import database, needs, staff, today
from consultations.staff.accounts import NameNotUsable, NameTaken, create_account
from consultations.staff.people import everyone as all_users
from consultations.staff.roles import ROLE_NAMES, Permission
from translations.languages import INTERFACE_LANGUAGES, autonym

pages = Blueprint("people", __name__, url_prefix="/staff/people")


class NewAccountForm(FlaskForm):
    name = StringField(
        lazy_gettext("Sign-in name"),
        [InputRequired(lazy_gettext("Choose a sign-in name.")), Length(max=80)],
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    role = SelectField(lazy_gettext("Role"))
    language = SelectField(
        lazy_gettext("Language of these pages"),
        choices=[SelectChoice(code, autonym(code)) for code in INTERFACE_LANGUAGES],
    )


@pages.route("/", methods=["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def everyone() -> str | tuple[str, int]:
    form = NewAccountForm()
    form.role.choices = [SelectChoice(str(role), gettext(name)) for role, name in ROLE_NAMES.items()]
    if form.validate_on_submit():
        try:
            account = create_account(database(), form.name.data, form.role.data, form.language.data)
        except (NameTaken, NameNotUsable) as problem:
            form.name.errors = [gettext(problem.message)]
        else:
            record(database(), who=staff().user.name, what="added", subject=account.user.name, day=today())
            return render_template("people/added.html", account=account)
    users = all_users(database())
    return render_template("people/everyone.html", form=form, users=users, role_names=ROLE_NAMES), (
        422 if form.errors else 200
    )
