"""One account, for administrators: its role and limits, its end, and its way back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from consultations.pages.people import in_words, offer, pages
from consultations.pages.people_forms import RoleForm
from consultations.pages.web import database, needs, staff, today
from consultations.staff import people
from consultations.staff.given_limits import limits_of
from consultations.staff.models import User
from consultations.staff.roles import ROLE_NAMES, Limit, Permission, Role

__all__ = ["pages"]


@pages.route("/<int:user_id>", methods=["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def one(user_id: int) -> Response | str | tuple[str, int]:
    """Raises NotFound, OwnAccount, LastAdministrator."""
    user = people.with_id(database(), user_id)
    reach = limits_of(database(), user)
    form = RoleForm(role=user.role, **{str(kind): sorted(reach.given.get(kind, ())) for kind in Limit})
    offer(form)
    if form.validate_on_submit():
        people.change(
            database(),
            user,
            form.role.data,
            form.limits(),
            by=staff().user,
            who=staff().user.name,
            day=today(),
        )
        flash(gettext("Saved. Whoever was signed in with this account has to sign in again."))
        return redirect(url_for("people.one", user_id=user_id), 303)
    page = render_template(
        "people/one.html",
        user=user,
        form=form,
        reach=in_words(reach),
        role_name=ROLE_NAMES[Role(user.role)],
        is_own=user.id == staff().user.id,
    )
    return page, 422 if form.errors else 200


@pages.route("/<int:user_id>/deactivate", methods=["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def deactivate(user_id: int) -> Response | str:
    """Raises NotFound, LastAdministrator."""
    user, form = people.with_id(database(), user_id), FlaskForm()
    if not form.validate_on_submit():
        return render_template("people/deactivate.html", user=user, form=form)
    stuck = people.let_leave(database(), user, who=staff().user.name, day=today())
    flash(gettext("The account is deactivated. Whoever was signed in with it is out."))
    if stuck:
        flash(_stuck(stuck))
    return _back_to(user)


@pages.post("/<int:user_id>/reactivate")
@needs(Permission.MANAGE_STAFF)
def reactivate(user_id: int) -> Response:
    user = people.with_id(database(), user_id)
    people.let_back(database(), user, who=staff().user.name, day=today())
    flash(gettext("The account works again. Key holders have to give it their keys again."))
    return _back_to(user)


def _stuck(keys: int) -> str:
    sentence = ngettext(
        "%(num)s key has no other holder. It stays with this account, sealed, and opens only when the account works "
        "again.",
        "%(num)s keys have no other holder. They stay with this account, sealed, and open only when the account works "
        "again.",
        keys,
    )
    return str(sentence)


def _back_to(user: User) -> Response:
    return redirect(url_for("people.one", user_id=user.id), 303)
