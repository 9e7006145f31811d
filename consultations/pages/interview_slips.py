"""What an interviewee is told and takes along: the text to read out, the slip with a code, and the way back with it."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import force_locale, gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from consultations.fieldwork.references import NoSuchReference, with_reference
from consultations.pages.case_studies import pages
from consultations.pages.interviews import of_interview, one
from consultations.pages.reached import case_studies_reached, case_study_for
from consultations.pages.web import database, needs, page_language, staff
from consultations.staff.roles import Permission
from translations.languages import INTERFACE_LANGUAGES


class ReferenceForm(FlaskForm):
    reference = StringField(
        lazy_gettext("Code on the slip"),
        [InputRequired(lazy_gettext("Type the code from the slip.")), Length(max=80)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


@pages.get("/<int:case_study_id>/read-out")
@needs(Permission.DO_FIELDWORK)
def read_out(case_study_id: int) -> str:
    case_study = case_study_for(case_study_id)
    language = _language(page_language())
    with force_locale(language):
        return render_template("fieldwork/read_out.html", case_study=case_study, **_in(language))


@pages.get("/interviews/<interview_id>/slip")
@needs(Permission.DO_FIELDWORK)
def slip(interview_id: str) -> str:
    found, body = one(interview_id)
    language = _language(body.language)
    with force_locale(language):
        return render_template("fieldwork/slip.html", **of_interview(found, body), **_in(language))


@pages.route("/take-back", methods=["GET", "POST"])
@needs(Permission.DO_FIELDWORK)
def take_back() -> Response | str | tuple[str, int]:
    form = ReferenceForm()
    if form.validate_on_submit():
        try:
            found = with_reference(database(), form.reference.data, case_studies_reached(), staff())
        except NoSuchReference as problem:
            form.reference.errors = [gettext(problem.message)]
        else:
            return redirect(url_for("fieldwork.withdraw_interview", interview_id=found.id.hex()), 303)
    return render_template("fieldwork/take_back.html", form=form), 422 if form.errors else 200


def _language(otherwise: str) -> str:
    """What was asked for, or else that of the interview, as far as the interface speaks it."""
    for code in (request.args.get("language", ""), otherwise, page_language()):
        if code in INTERFACE_LANGUAGES:
            return code
    return INTERFACE_LANGUAGES[0]


def _in(language: str) -> dict[str, object]:
    """What is shown in the language of whoever was asked, whatever that of the page around it."""
    return {"shown_in": language, "slip_languages": INTERFACE_LANGUAGES}
