"""Staff and community consultants, for administrators: who there is, invitations that wait, a new one."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from consultations.audit import record
from consultations.errors import N_
from consultations.mail import MailNotSent, send
from consultations.pages.people_forms import InviteForm, RoleForm, title_of
from consultations.pages.web import database, needs, page_language, settings, staff, today
from consultations.registry.countries import country_codes, country_name
from consultations.registry.models import REGIONS
from consultations.rounds import consultations
from consultations.settings import public_address
from consultations.staff import links, people
from consultations.staff.limits import ALL, Limits
from consultations.staff.models import StaffLink
from consultations.staff.roles import LIMITED_BY, ROLE_NAMES, Limit, Permission, Role
from translations.catalogues import words
from translations.formats import separated, written_date
from translations.languages import autonym

pages = Blueprint("people", __name__, url_prefix="/staff/people")

#: A mail may be read on a shared screen: it says nothing of who writes or what about.
SUBJECT = N_("An account for you")
MAIL = (
    N_("Dear colleague,"),
    N_("here you can make your account. The link works once, until %(date)s:"),
    "%(address)s",
    N_("If you did not expect this, delete it and do nothing."),
)


@pages.get("/")
@needs(Permission.MANAGE_STAFF)
def everyone() -> str:
    limits = people.all_limits(database())
    return render_template(
        "people/everyone.html",
        users=people.everyone(database()),
        reach={user_id: in_words(each) for user_id, each in limits.items()},
        links=[(link, in_words(_offered(link.role, link.limits))) for link in links.waiting(database(), today())],
        role_names=ROLE_NAMES,
        form=FlaskForm(),
    )


@pages.route("/invite", methods=["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def invite() -> str | tuple[str, int]:
    """A link for one person; it is shown once, and sent where an address was given."""
    form = InviteForm(pages_in=page_language())
    offer(form)
    if not form.validate_on_submit():
        page = render_template("people/invite.html", form=form, can_mail=current_app.extensions["mail"] is not None)
        return page, 422 if form.errors else 200
    links.forget_old(database(), today())
    token = links.invite(
        database(),
        role=form.role.data,
        limits=form.limits(),
        language=form.pages_in.data,
        days=form.days.data,
        invited_by=staff().user.name,
        today=today(),
    )
    record(database(), who=staff().user.name, what="invited", subject=form.role.data, day=today())
    link = links.link_with(database(), token, today())
    # Committed before it is sent: a link that somebody has shall work.
    database().commit()
    address = outside(url_for("joining.join", token=token, language=link.language))
    sent = _sent(form.address.data, address, link) if form.address.data else None
    return render_template("people/invited.html", address=address, link=link, sent=sent, role_names=ROLE_NAMES)


@pages.post("/links/<link_hash>/withdraw")
@needs(Permission.MANAGE_STAFF)
def withdraw_link(link_hash: str) -> Response:
    link = links.withdraw(database(), link_hash)
    record(database(), who=staff().user.name, what="withdrew the link of", subject=link.role, day=today())
    flash(gettext("The link is withdrawn and no longer works."))
    return redirect(url_for("people.everyone"), 303)


def offer(form: RoleForm) -> None:
    """Fill the lists of a form of roles and limits."""
    form.offer(consultations.newest_first(database()), country_codes(database()))


def in_words(limits: Limits) -> list[str]:
    """What an account reaches, a line for each kind that its role is limited by."""
    kinds = LIMITED_BY[Role(limits.role)] if limits.role in Role.__members__.values() else ()
    return [_line(kind, limits.of(kind)) for kind in Limit if kind in kinds]


def outside(path: str) -> str:
    """The whole address of a page: under the trusted host where one is set, whatever the browser asked for."""
    scheme = "https" if settings().https else request.scheme
    return (public_address(settings()) or f"{scheme}://{request.host}") + path


def _line(kind: Limit, values: frozenset[str]) -> str:
    if ALL in values:
        return str(gettext("everything"))
    names = {
        Limit.CONSULTATION: lambda value: {
            each.slug: title_of(each) for each in consultations.newest_first(database())
        }.get(value, value),
        Limit.COUNTRY: lambda value: country_name(value, page_language()),
        Limit.REGION: lambda value: gettext(REGIONS[value]) if value in REGIONS else value,
        Limit.LANGUAGE: autonym,
    }
    return separated(sorted(names[kind](value) for value in values), page_language()) or gettext("nothing")


def _offered(role: str, limits: dict[str, list[str]]) -> Limits:
    return Limits(role, {Limit(kind): frozenset(values) for kind, values in limits.items()})


def _sent(to: str, address: str, link: StaffLink) -> bool:
    """Whether the mail went out, in the invited person's language."""
    server, say = current_app.extensions["mail"], words(link.language).gettext
    if server is None:
        return False
    values = {"address": address, "date": written_date(link.expires_on, link.language)}
    text = "\n\n".join(say(part) % values for part in MAIL)
    try:
        send(server, to, say(SUBJECT), text)
    except MailNotSent:
        return False
    return True
