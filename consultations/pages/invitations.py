"""Codes for member organisations: made within their numbers, handed out once as cards or as a list."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import groupby

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from consultations.errors import N_, NotFound, Problem
from consultations.pages.reached import consultation_for, regions_reached
from consultations.pages.web import database, needs, settings, staff, today
from consultations.registry.models import REGIONS
from consultations.responses.stirring import wipe
from consultations.rounds.cards import KINDS, Handout, file_name, zipped
from consultations.rounds.models import Consultation
from consultations.rounds.quotas import NotInvited, Share, draw_codes, keep_codes, set_quota, shares
from consultations.staff.roles import Permission

pages = Blueprint("invitations", __name__, url_prefix="/staff/consultations/<slug>")

#: Cards of one press of the button: 400 are 50 sheets and take about ten seconds. `consultations invite` makes any
#: number.
MOST_AT_ONCE = 400
#: More would be printed for nobody.
MOST_ALLOWED = 10_000
ALL = "all"
MIME = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "zip": "application/zip"}


class TooManyAtOnce(Problem):
    status = 422
    message = N_("That would be %(number)s codes. Make at most %(most)s at once.")


class NobodyHasCodesLeft(Problem):
    status = 422
    message = N_("None of these organisations may have more codes. You can raise their numbers first.")


class CodesForm(FlaskForm):
    organisation = SelectField(lazy_gettext("For whom"))
    count = IntegerField(
        lazy_gettext("How many codes"),
        [InputRequired(lazy_gettext("Enter a number.")), NumberRange(1, MOST_AT_ONCE)],
        default=20,
        description=lazy_gettext("For all organisations: so many each, or as many as they may still have."),
    )
    kind = RadioField(
        lazy_gettext("As what"),
        choices=[
            SelectChoice("pdf", lazy_gettext("Cards to print and cut out, eight on a page")),
            SelectChoice("csv", lazy_gettext("A list of messages, for organisations that write to their members")),
        ],
        default="pdf",
    )
    until = DateField(
        lazy_gettext("Last day to answer (optional)"),
        [Optional()],
        description=lazy_gettext("It is printed on the cards and stored nowhere."),
    )


@pages.route("/codes", methods=["GET", "POST"])
@needs(Permission.RUN_CONSULTATIONS)
def codes(slug: str) -> Response | str | tuple[str, int]:
    """Numbers by organisation, and the form that makes codes; what it makes can be had once, as a file."""
    consultation = invited(slug)
    found, form = _shares(consultation), CodesForm()
    form.organisation.choices = [
        SelectChoice(ALL, gettext("All organisations")),
        *(SelectChoice(str(share.organisation.id), share.organisation.name) for share in found),
    ]
    if form.validate_on_submit():
        try:
            return _made(consultation, _wanted(found, form.organisation.data, form.count.data), form)
        except Problem as problem:
            database().rollback()
            form.count.errors = [gettext(problem.message) % problem.values]
    page = render_template(
        "rounds/codes.html",
        consultation=consultation,
        form=form,
        by_region=[(region, list(group)) for region, group in groupby(found, key=lambda share: share.region)],
        regions=REGIONS,
        total=sum(share.made for share in found),
    )
    return page, 422 if form.errors else 200


@pages.post("/codes/<int:organisation_id>")
@needs(Permission.RUN_CONSULTATIONS)
def change_quota(slug: str, organisation_id: int) -> Response:
    """How many codes one organisation may have. Raises QuotaTooSmall."""
    consultation = invited(slug)
    share = next((each for each in _shares(consultation) if each.organisation.id == organisation_id), None)
    quota = request.form.get("quota", type=int)
    if share is None or quota is None or not 0 <= quota <= MOST_ALLOWED:
        raise NotFound
    set_quota(database(), consultation, share, quota)
    flash(gettext("%(organisation)s may have %(number)s codes.", organisation=share.organisation.name, number=quota))
    return redirect(url_for("invitations.codes", slug=slug), 303)


def invited(slug: str) -> Consultation:
    """Raises ConsultationNotFound, NotInvited."""
    consultation = consultation_for(slug)
    if not consultation.invited:
        raise NotInvited
    return consultation


def _shares(consultation: Consultation) -> list[Share]:
    """Of organisations in the regions that the account reaches."""
    reached = regions_reached()
    return [share for share in shares(database(), consultation) if share.region in reached]


def _wanted(found: Iterable[Share], chosen: str, count: int) -> dict[int, int]:
    """How many codes for whom. Raises TooManyAtOnce, NobodyHasCodesLeft."""
    if chosen != ALL:
        return {int(chosen): count}
    wanted = {share.organisation.id: min(count, share.left) for share in found if share.left}
    total = sum(wanted.values())
    if not total:
        raise NobodyHasCodesLeft
    if total > MOST_AT_ONCE:
        raise TooManyAtOnce(number=total, most=MOST_AT_ONCE)
    return wanted


def _made(consultation: Consultation, wanted: dict[int, int], form: CodesForm) -> Response:
    """The codes as a file. They count before it leaves: what is lost on the way is lost, and others can be made."""
    drawn = draw_codes(database(), consultation, wanted)
    kind, files = form.kind.data, _files(consultation, drawn, form.kind.data, form.until.data)
    keep_codes(database(), consultation, drawn, secret=settings().secret, who=staff().user.name, today=today())
    database().commit()
    wipe(current_app.extensions["engine"])
    name, content = files[0]
    if len(files) > 1:
        name, content, kind = f"cards-{consultation.slug}.zip", zipped(files), "zip"
    response = current_app.response_class(content, mimetype=MIME[kind])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _files(
    consultation: Consultation, drawn: dict[int, tuple[str, ...]], kind: str, until: datetime.date | None
) -> list[tuple[str, bytes]]:
    address = url_for("members.choose_language", slug=consultation.slug, _external=True)
    by_id = {share.organisation.id: share for share in shares(database(), consultation)}
    handouts = [Handout(by_id[id], codes, address, until) for id, codes in drawn.items()]
    return [(file_name(handout, kind), KINDS[kind](handout, consultation)) for handout in handouts]
