"""Country case studies: the shelf, a new one, one with its interviews, and its box for the paper."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consultations.audit import record
from consultations.fieldwork import case_studies as studies
from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import AlreadyOpened, BoxText
from consultations.fieldwork.coding import THEMES
from consultations.fieldwork.consent import ROLES
from consultations.fieldwork.interviews import opened
from consultations.fieldwork.models import Interview
from consultations.fieldwork.offered import offered_of
from consultations.fieldwork.passages import passages_of
from consultations.fieldwork.retention import ends_on
from consultations.pages.fieldwork_forms import CaseStudyForm, box_form
from consultations.pages.reached import (
    case_studies_reached,
    case_study_for,
    consultations_to_begin_in,
    reaches_country,
)
from consultations.pages.web import database, needs, page_language, staff, today
from consultations.pages.wording import told
from consultations.registry.countries import country_codes, country_name
from consultations.registry.models import REGIONS, Country
from consultations.rounds.models import Consultation
from consultations.staff.fingerprints import fingerprint
from consultations.staff.roles import Permission
from consultations.staff.several import open_each
from translations.languages import OFFICIAL_LANGUAGES

pages = Blueprint("fieldwork", __name__, url_prefix="/staff/fieldwork")


@pages.route("/", methods=["GET", "POST"])
@needs(Permission.DO_FIELDWORK)
def case_studies() -> Response | str | tuple[str, int]:
    form = CaseStudyForm()
    everything = consultations_to_begin_in()
    countries = [code for code in country_codes(database()) if reaches_country(code)]
    form.offer([(each.slug, _title(each)) for each in everything], countries)
    if form.validate_on_submit():
        consultation = next(each for each in everything if each.slug == form.consultation.data)
        try:
            made = studies.open_case_study(
                database(),
                consultation,
                form.country.data,
                staff(),
                today=today(),
                retention_months=form.retention_months.data,
            )
        except AlreadyOpened as problem:
            form.country.errors = [gettext(problem.message)]
        else:
            record(database(), who=staff().user.name, what="opened", subject=f"case study {made.id}", day=today())
            return redirect(url_for("fieldwork.case_study", case_study_id=made.id), 303)
    found = [
        (each, country_name(each.country_code, page_language()), _title(_consultation(each.consultation_id)))
        for each in case_studies_reached()
    ]
    shelf = render_template("fieldwork/case_studies.html", found=found, form=form, any_consultation=bool(everything))
    return shelf, 422 if form.errors else 200


@pages.get("/<int:case_study_id>")
@needs(Permission.DO_FIELDWORK)
def case_study(case_study_id: int) -> str:
    found = case_study_for(case_study_id)
    consultation = _consultation(found.consultation_id)
    logged = open_each("interviews", found.interviews, _logged)
    shut = {interview.id for interview in logged.damaged}
    offered = offered_of(database(), found, staff())
    written = studies.box_of(database(), found, staff())
    return render_template(
        "fieldwork/case_study.html",
        case_study=found,
        fingerprint=fingerprint(studies.keyring_of(database(), found).public_key),
        country=country_name(found.country_code, page_language()),
        region=gettext(REGIONS[database().get_one(Country, found.country_code).region]),
        consultation=consultation,
        consultation_title=_title(consultation),
        logged=logged,
        quotes=offered.opened,
        lost_passages=len([each for each in offered.damaged if each.interview_id not in shut]),
        box=written.opened[0].by_language if written.opened else {},
        box_is_damaged=bool(written.damaged),
        ends_on=ends_on(database(), found),
        role_names=ROLES,
        themes=THEMES,
    )


def _logged(interview: Interview) -> tuple[str, InterviewBody, int]:
    """(id, what it holds, marked passages); raises DoesNotOpen."""
    body = opened(database(), interview, staff())
    return interview.id.hex(), body, len(passages_of(database(), interview, staff()).opened)


@pages.route("/<int:case_study_id>/box", methods=["GET", "POST"])
@needs(Permission.DO_FIELDWORK)
def box(case_study_id: int) -> Response | str | tuple[str, int]:
    found = case_study_for(case_study_id)
    written = studies.box_of(database(), found, staff())
    texts = written.opened[0].by_language if written.opened else {}
    form = box_form({code: (each.title, each.text) for code, each in texts.items()})
    if form.validate_on_submit():
        texts = {
            code: BoxText((form[f"title_{code}"].data or "").strip(), (form[f"text_{code}"].data or "").strip())
            for code in OFFICIAL_LANGUAGES
        }
        studies.write_box(database(), found, texts, staff())
        flash(gettext("Saved."))
        return redirect(url_for("fieldwork.case_study", case_study_id=case_study_id), 303)
    country = country_name(found.country_code, page_language())
    shown = render_template(
        "fieldwork/box.html",
        consultation=_consultation(found.consultation_id),
        case_study=found,
        country=country,
        form=form,
        languages=OFFICIAL_LANGUAGES,
        box_is_damaged=bool(written.damaged),
    )
    return shown, 422 if form.errors else 200


def _consultation(consultation_id: int) -> Consultation:
    return database().get_one(Consultation, consultation_id)


def _title(consultation: Consultation) -> str:
    return told(consultation.title, consultation.slug)
