"""Adding and removing second factors: one's own, and for somebody who lost theirs."""

from __future__ import annotations

import base64

import segno
from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from consultations.audit import record
from consultations.errors import NotFound
from consultations.pages.account import PassphraseForm, confirm_page, log, new_codes_page
from consultations.pages.passkey_site import passkey_site
from consultations.pages.web import database, needs, now, settings, staff, today
from consultations.staff import kept_passkeys, one_time_codes, passkeys, recovery_codes, second_factors
from consultations.staff.models import User
from consultations.staff.one_time_codes import CodeRefused, Offer, OfferOver
from consultations.staff.passkeys import PasskeyRefused, Site, TooManyPasskeys
from consultations.staff.roles import Permission

pages = Blueprint("second_factors", __name__, url_prefix="/staff")

#: What is open to who must have a second factor and has none.
_WAY_TO_ONE = frozenset(
    {
        "account.overview",
        "account.new_passphrase",
        "account.end_other_sessions",
        "second_factors.add_app",
        "second_factors.add_passkey",
        "sign_in.sign_in_page",
        "sign_in.second_factor",
        "sign_in.recover_access",
        "sign_in.sign_out_now",
    }
)


class AppForm(PassphraseForm):
    #: The secret that the page shows, sealed under the person's own key.
    offered = HiddenField(validators=[Length(max=400)])
    code = StringField(
        lazy_gettext("Code from your app"),
        [InputRequired(lazy_gettext("Enter the six digits that the app shows.")), Length(max=40)],
        description=lazy_gettext("Six digits. A new code comes every half minute."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class PasskeyForm(PassphraseForm):
    name = StringField(
        lazy_gettext("Name of the passkey"),
        [InputRequired(lazy_gettext("Give it a name, so that you know it again.")), Length(max=40)],
        description=lazy_gettext("For you alone, for instance “blue key” or “office laptop”."),
        render_kw={"maxlength": "40", "autocomplete": "off"},
    )
    #: What the browser made, as JSON; a script fills it in.
    answer = HiddenField(validators=[Length(max=16384)])


@pages.before_app_request
def _first_a_second_factor() -> Response | None:
    """Where the installation requires it, whoever should have a second factor gets no further without."""
    me = g.get("staff")
    if me is None or settings().second_factor != "required" or request.endpoint in _WAY_TO_ONE:
        return None
    if not second_factors.is_asked(me.user) or second_factors.has_one(database(), me.user):
        return None
    return redirect(url_for("account.overview"), 303)


@pages.route("/account/app", methods=["GET", "POST"])
@needs(None)
def add_app() -> Response | str | tuple[str, int]:
    if one_time_codes.has_app(database(), staff().user):
        return redirect(url_for("account.overview"), 303)
    form = AppForm()
    offered = _offered(form)
    if offered is not None and form.is_proven():
        try:
            one_time_codes.confirm(database(), staff(), offered, form.code.data, now())
            return _added("added a code app to", gettext("The code app was added."))
        except CodeRefused as refused:
            form.code.errors = [gettext(refused.message)]
    if offered is None:
        form.code.errors = [gettext(OfferOver.message)]
    offered = offered or one_time_codes.offer(staff(), now())
    form.offered.data = base64.urlsafe_b64encode(offered.sealed).decode()
    form.code.data = ""
    picture = segno.make_qr(offered.uri, error="m").svg_data_uri(border=4, light="#fff")
    page = render_template("account/add_app.html", form=form, secret=offered.secret, picture=picture)
    return page, 422 if form.errors else 200


@pages.route("/account/passkey", methods=["GET", "POST"])
@needs(None)
def add_passkey() -> Response | str | tuple[str, int]:
    form, site = PasskeyForm(), passkey_site()
    if site is None:
        return render_template("account/no_passkeys_here.html")
    if form.is_proven():
        refusal = _refusal(form, site)
        if refusal is None:
            return _added("added a passkey to", gettext("The passkey was added."))
        form.name.errors = [refusal]
    options = passkeys.creation_options(database(), staff(), session["token"], site, now())
    return render_template("account/add_passkey.html", form=form, options=options), 422 if form.errors else 200


@pages.route("/account/app/remove", methods=["GET", "POST"])
@needs(None)
def remove_app() -> Response | tuple[str, int]:
    if not one_time_codes.has_app(database(), staff().user):
        raise NotFound
    form = PassphraseForm()
    if form.is_proven():
        second_factors.remove_app(database(), staff().user)
        return _removed("removed the code app of", gettext("The code app was removed."))
    return confirm_page(
        form,
        title=gettext("Remove the code app"),
        sentence=gettext("Codes of this app are not taken any more. You can delete its entry on your phone."),
        button=gettext("Remove"),
    )


@pages.route("/account/passkeys/<int:passkey_id>/remove", methods=["GET", "POST"])
@needs(None)
def remove_passkey(passkey_id: int) -> Response | tuple[str, int]:
    held = next((one for one in kept_passkeys.of(database(), staff()) if one.id == passkey_id), None)
    if held is None:
        raise NotFound
    form = PassphraseForm()
    if form.is_proven():
        second_factors.remove_passkey(database(), staff().user, passkey_id)
        return _removed("removed a passkey of", gettext("The passkey was removed."))
    return confirm_page(
        form,
        title=gettext("Remove the passkey “%(name)s”", name=held.name),
        sentence=gettext("It is not taken any more at a sign-in. You can delete it on the device as well."),
        button=gettext("Remove"),
    )


@pages.route("/people/<int:user_id>/second-factors", methods=["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def remove_for_somebody(user_id: int) -> Response | tuple[str, int]:
    """For who lost phone and recovery codes. It opens nothing: the passphrase must still be right."""
    user = database().get(User, user_id)
    if user is None:
        raise NotFound
    if not second_factors.has_one(database(), user):
        flash(gettext("The account “%(name)s” has no second factor.", name=user.name))
        return redirect(url_for("people.everyone"), 303)
    form = PassphraseForm()
    if form.is_proven():
        second_factors.remove_all(database(), user)
        record(database(), who=staff().user.name, what="removed the second factors of", subject=user.name, day=today())
        flash(
            gettext(
                "The second factors of “%(name)s” were removed. They are told at their next sign-in.", name=user.name
            )
        )
        return redirect(url_for("people.everyone"), 303)
    return confirm_page(
        form,
        title=gettext("Remove the second factors of “%(name)s”", name=user.name),
        sentence=gettext(
            "Do this only when you have spoken with them, and know that it was them. Their passphrase alone then "
            "signs them in, until they add a new second factor."
        ),
        button=gettext("Remove all their second factors"),
    )


def _offered(form: AppForm) -> Offer | None:
    """The offer that came back with the page, or a new one for a new page; None when it lay about for too long."""
    if not form.is_submitted():
        return one_time_codes.offer(staff(), now())
    try:
        return one_time_codes.opened_offer(staff(), base64.urlsafe_b64decode(form.offered.data or ""), now())
    except (OfferOver, ValueError):  # what is not base 64, or not even ASCII, is no offer of ours
        return None


def _refusal(form: PasskeyForm, site: Site) -> str | None:
    """Keep the passkey that the browser made; what to say when it cannot be kept."""
    if not form.answer.data:
        return str(gettext("Your browser did not make a passkey. It needs script for that; a code app works without."))
    try:
        passkeys.add(database(), staff(), session["token"], site, form.answer.data, form.name.data, now())
    except (PasskeyRefused, TooManyPasskeys) as refused:
        return str(gettext(refused.message))
    return None


def _added(what: str, sentence: str) -> Response | str:
    """With the first factor come recovery codes: without them a lost phone would need an administrator."""
    log(what)
    flash(sentence)
    if not recovery_codes.codes_of(database(), staff().user):
        return new_codes_page()
    return redirect(url_for("account.overview"), 303)


def _removed(what: str, sentence: str) -> Response:
    log(what)
    flash(sentence)
    return redirect(url_for("account.overview"), 303)
