"""Consultations for staff: the overview, a new one, and one from draft to closed."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from consultations.analysis.plans import opening
from consultations.pages import planning, round_forms, visits
from consultations.pages.reached import consultation_for, consultations_reached
from consultations.pages.retention import ending_here
from consultations.pages.web import database, needs, settings, staff, today
from consultations.papers.rotating import make_ready
from consultations.responses.answering import drop_sent_hashes
from consultations.responses.drafts import drop_drafts
from consultations.responses.epochs import EPOCHS
from consultations.responses.stirring import wipe
from consultations.rounds import consultations, questionnaires
from consultations.rounds.consultations import SlugTaken, SlugUnfit
from consultations.rounds.invitations import drop_codes
from consultations.rounds.lifecycle import STATUS_NAMES, STATUSES
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff import people
from consultations.staff.fingerprints import fingerprint
from consultations.staff.given_limits import widen
from consultations.staff.keyrings import holders, holds, private_key
from consultations.staff.roles import Limit, Permission, may
from consultations.staff.trustees import rehearsal_is_due

pages = Blueprint("rounds", __name__, url_prefix="/staff")


@pages.get("/")
@needs(None)
def overview() -> Response | str:
    if not may(staff().user.role, Permission.SEE_CONSULTATIONS):
        return redirect(url_for("papers.shelf"))
    found = consultations_reached()
    # Only those are told who can do something about it.
    due = may(staff().user.role, Permission.MANAGE_STAFF) and rehearsal_is_due(database(), today())
    return render_template(
        "rounds/overview.html", consultations=found, status_names=STATUS_NAMES, due=due, ending=ending_here()
    )


@pages.route("/consultations/new", methods=["GET", "POST"])
@needs(Permission.RUN_CONSULTATIONS)
def new() -> Response | str | tuple[str, int]:
    chosen = request.args.get("questionnaire", type=int)
    if chosen is None:
        shelf = questionnaires.newest_first(database())
        return render_template("rounds/choose_questionnaire.html", questionnaires=shelf)
    stored = questionnaires.by_id(database(), chosen)
    form = round_forms.new_consultation_form(
        questionnaires.questionnaire_of(stored),
        people.active_with(database(), Permission.UNLOCK),
        staff().user,
    )
    if form.validate_on_submit():
        try:
            slug = _created(form, stored).slug
        except (SlugTaken, SlugUnfit) as problem:
            form.slug.errors = [gettext(problem.message)]
        else:
            return redirect(url_for("rounds.one", slug=slug), 303)
    return render_template("rounds/new.html", form=form, questionnaire=stored), 422 if form.errors else 200


def _created(form: FlaskForm, stored: StoredQuestionnaire) -> Consultation:
    by_name = {user.name: user for user in people.active_with(database(), Permission.UNLOCK)}
    chosen = [by_name[name] for name in form.key_holders.data]
    made = consultations.create(
        database(),
        slug=form.slug.data,
        questionnaire=stored,
        title=round_forms.by_language(form, "title"),
        asked_by=round_forms.by_language(form, "asked_by"),
        purpose=round_forms.by_language(form, "purpose"),
        key_holders=chosen,
        table_plan=form.table_plan.data,
        retention_months=form.retention_months.data,
        leave_to=round_forms.by_language(form, "leave_to"),
        invited=form.access.data == "invited",
        invitation_quota=form.invitation_quota.data or 50,
    )
    consultations.note_first_holders(database(), made, chosen, who=staff().user.name, today=today())
    # Whoever makes it or holds its key reaches it, or nobody could go on.
    for user in {each.id: each for each in (staff().user, *chosen)}.values():
        widen(database(), user, Limit.CONSULTATION, made.slug)
    return made


@pages.get("/consultations/<slug>")
@needs(Permission.SEE_CONSULTATIONS)
def one(slug: str) -> str:
    consultation = consultation_for(slug)
    return render_template(
        "rounds/one.html",
        consultation=consultation,
        form=FlaskForm(),
        holders=holders(database(), consultation.keyring),
        planned=planning.summary(consultation) if consultation.status == "draft" else None,
        fingerprint=fingerprint,
        questionnaire=questionnaires.questionnaire_of(consultation.questionnaire),
        status_names=STATUS_NAMES,
        statuses=STATUSES,
    )


@pages.post("/consultations/<slug>/open")
@needs(Permission.RUN_CONSULTATIONS)
def open_it(slug: str) -> Response:
    consultation = consultation_for(slug)
    if holds(database(), consultation.keyring_id, staff().user):
        make_ready(database(), consultation, staff(), today())  # what was created before the trustees had cards
        private_key(database(), consultation.keyring_id, staff())  # a public half that was swapped is seen here at last
    opening.open_to_members(
        database(), consultation, who=staff().user.name, today=today(), onion_address=settings().onion_address
    )
    flash(gettext("The consultation is open. Send its address to members."))
    return redirect(url_for("rounds.one", slug=slug), 303)


@pages.post("/consultations/<slug>/close")
@needs(Permission.RUN_CONSULTATIONS)
def close_it(slug: str) -> Response:
    consultation = consultation_for(slug)
    consultations.close(database(), consultation, who=staff().user.name, today=today())
    drop_sent_hashes(database(), consultation)
    drop_drafts(database(), consultation.id)
    drop_codes(database(), consultation)  # last, as in a stir: two that delete in other orders wait for each other
    database().commit()
    visits.forget(slug)
    EPOCHS.stir(consultation.id)
    wipe(current_app.extensions["engine"])
    flash(gettext("The consultation is closed. Nobody can answer any more; its answers can be unlocked."))
    return redirect(url_for("rounds.one", slug=slug), 303)
