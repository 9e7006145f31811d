"""Who holds the key of a consultation or of a case study: given, taken away, handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from consultations.errors import NotFound
from consultations.pages.keys import title_of
from consultations.pages.reached import case_study_for, consultation_for
from consultations.pages.web import database, needs, staff, today
from consultations.papers import holding
from consultations.papers.holding import Held
from consultations.responses.epochs import EPOCHS
from consultations.staff import covering, keyrings, trustees
from consultations.staff.fingerprints import fingerprint
from consultations.staff.keyrings import NotAKeyHolder
from consultations.staff.models import User
from consultations.staff.people import with_id
from consultations.staff.roles import Permission

pages = Blueprint("key_holders", __name__, url_prefix="/staff/key")


class PersonForm(FlaskForm):
    person = SelectField(lazy_gettext("To whom"), coerce=int)


@dataclass(frozen=True, slots=True)
class _Page:
    """One keyring with the addresses of its pages."""

    what: Held
    back: str

    def address(self, endpoint: str, **more: Any) -> str:
        return url_for(f"key_holders.{endpoint}", name=self.what.name, **more)


@pages.get("/<name>")
@needs(Permission.DO_FIELDWORK)
def holders(name: str) -> str:
    """For whoever works with it; who holds the key finds the ways to give it."""
    page = _page(name)
    holds = keyrings.holds(database(), page.what.keyring_id, staff().user)
    if holds:
        holding.make_ready(database(), page.what, staff(), today())
    return render_template(
        "keys/holders.html",
        page=page,
        title=title_of(page.what),
        holds=holds,
        holders=keyrings.holders(database(), page.what.keyring_id),
        fingerprint=fingerprint(keyrings.public_key(database(), page.what.keyring_id)),
        is_covered=covering.covering_key(database(), page.what.keyring_id) is not None,
        new_key=_new_recovery_key(page.what) if holds else None,
        form=_person_form(page.what),
    )


@pages.post("/<name>/agree")
@needs(Permission.DO_FIELDWORK)
def agree(name: str) -> Response:
    """To the trustees' new recovery key, for everything that the holder holds."""
    page = _page(name)
    holding.agree(database(), staff(), today())
    flash(gettext("The trustees' new cards open it now, and the old ones no more."))
    return redirect(page.address("holders"), 303)


@pages.post("/<name>/give")
@needs(Permission.DO_FIELDWORK)
def give(name: str) -> Response:
    page, person = _page_and_person(name)
    holding.give(database(), page.what, person, staff(), today())
    flash(gettext("%(person)s holds the key now.", person=person.name))
    return redirect(page.address("holders"), 303)


@pages.route("/<name>/hand-over", methods=["POST"])
@needs(Permission.DO_FIELDWORK)
def hand_over(name: str) -> Response:
    page, person = _page_and_person(name)
    holding.hand_over(database(), page.what, person, staff(), today())
    _turn_over(page.what)
    flash(gettext("%(person)s holds the key now, and you hold it no more.", person=person.name))
    return redirect(page.back, 303)


@pages.route("/<name>/take/<int:user_id>", methods=["GET", "POST"])
@needs(Permission.DO_FIELDWORK)
def take(name: str, user_id: int) -> Response | str:
    """Asks first, and says what taking a key away cannot do."""
    page, form = _page(name), FlaskForm()
    person = with_id(database(), user_id)
    if not keyrings.holds(database(), page.what.keyring_id, staff().user):
        raise NotAKeyHolder
    if not keyrings.holds(database(), page.what.keyring_id, person):
        raise NotFound
    if not form.validate_on_submit():
        mine = person.id == staff().user.id
        return render_template(
            "keys/take.html", page=page, title=title_of(page.what), person=person, mine=mine, form=form
        )
    broken = holding.take(database(), page.what, person, staff(), today())
    _turn_over(page.what)
    flash(gettext("%(person)s holds the key no more. A new key is in its place.", person=person.name))
    if broken:
        flash(gettext("Sealed pieces that did not open, and stay as they were: %(number)s.", number=broken))
    return redirect(page.back if person.id == staff().user.id else page.address("holders"), 303)


def _page(name: str) -> _Page:
    """Raises NotFound, also where the account does not reach it."""
    what = holding.held(database(), name)
    if what.case_study is None:
        consultation_for(what.consultation.slug)
        return _Page(what, url_for("rounds.one", slug=what.consultation.slug))
    case_study_for(what.case_study.id)
    return _Page(what, url_for("fieldwork.case_study", case_study_id=what.case_study.id))


def _page_and_person(name: str) -> tuple[_Page, User]:
    page = _page(name)
    form = _person_form(page.what)
    if not form.validate_on_submit():
        raise NotFound
    return page, with_id(database(), form.person.data)


def _person_form(what: Held) -> PersonForm:
    form = PersonForm()
    holding_it = {user.id for user in keyrings.holders(database(), what.keyring_id)}
    able = [user for user in holding.may_hold(database(), what) if user.id not in holding_it]
    form.person.choices = [SelectChoice(user.id, user.name) for user in able]
    return form


def _new_recovery_key(what: Held) -> str | None:
    """The fingerprint of the trustees' new key, where a holder has to agree to it."""
    key = trustees.current(database())
    return fingerprint(key.public_key) if key and covering.is_behind(database(), what.keyring_id) else None


def _turn_over(what: Held) -> None:
    """End the epoch that this process has in use since before the turn; others end theirs in a quarter of an hour."""
    if what.case_study is None:
        EPOCHS.stir(what.consultation.id)
