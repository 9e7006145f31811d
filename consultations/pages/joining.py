"""The page behind a one-time link: whoever was invited makes their own account."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask_babel import gettext
from flask_wtf import FlaskForm

from consultations.audit import record
from consultations.pages.people_forms import JoinForm
from consultations.pages.web import database, public, today
from consultations.staff import links
from consultations.staff.accounts import NameNotUsable, NameTaken
from consultations.staff.roles import ROLE_NAMES, Role

pages = Blueprint("joining", __name__, url_prefix="/staff/join")


@pages.route("/<token>", methods=["GET", "POST"])
@public
def join(token: str) -> str | tuple[str, int]:
    """Opening it changes nothing: programs that look at links in mails do not spend it. Raises LinkGone."""
    link = links.link_with(database(), token, today())
    form, g.staff = JoinForm(), None  # an administrator who tries the link sees what the invited person sees
    if not form.validate_on_submit():
        return _asked(form, link.role), 422 if form.errors else 200
    role = link.role
    try:
        account = links.take_up(database(), token, form.name.data, today())
    except (NameTaken, NameNotUsable) as problem:
        database().rollback()
        form.name.errors = [gettext(problem.message)]
        return _asked(form, role), 422
    record(database(), who=account.user.name, what="joined", subject=account.user.name, day=today())
    return render_template("people/joined.html", account=account, form=FlaskForm())


def _asked(form: JoinForm, role: str) -> str:
    return render_template("people/join.html", form=form, role_name=ROLE_NAMES[Role(role)])
