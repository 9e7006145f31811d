"""Interviews: logged, read, edited, finished, withdrawn."""

from __future__ import annotations

import dataclasses
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from consultations.audit import record
from consultations.fieldwork import interviews
from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.coding import THEMES, PassageChanged, verbatim
from consultations.fieldwork.consent import ASKERS, ATTRIBUTIONS, ROLES, Consent
from consultations.fieldwork.guide import GUIDE
from consultations.fieldwork.models import Interview, Passage
from consultations.fieldwork.offered import may_offer
from consultations.fieldwork.passages import Marked, passages_of, removed_from, rows_of
from consultations.pages.case_studies import pages
from consultations.pages.fieldwork_forms import InterviewForm, interview_form
from consultations.pages.reached import case_study_for, interview_for
from consultations.pages.web import database, needs, page_language, staff, today
from consultations.pages.wording import told
from consultations.papers import interviews_withdrawn
from consultations.papers.publishing import titles
from consultations.registry.countries import country_name
from consultations.rounds.models import Consultation
from consultations.staff.roles import Permission
from consultations.staff.several import Several, open_each

#: Where nobody chose otherwise, the least is said.
_LEAST = {"asked_by": "community_consultant", "attribution": "none"}


@pages.route("/<int:case_study_id>/interviews/new", methods=["GET", "POST"])
@needs(Permission.DO_FIELDWORK)
def new_interview(case_study_id: int) -> Response | str | tuple[str, int]:
    case_study = case_study_for(case_study_id)
    form = interview_form(dict(GUIDE), {"language": page_language(), **_LEAST})
    if form.validate_on_submit():
        logged = interviews.log_interview(database(), case_study, written(form), staff())
        flash(gettext("The interview is saved, sealed. Next: replace names."))
        return redirect(url_for("fieldwork.names", interview_id=logged.id.hex()), 303)
    back = url_for("fieldwork.case_study", case_study_id=case_study_id)
    country = country_name(case_study.country_code, page_language())
    shown = render_template(
        "fieldwork/interview_form.html",
        consultation=database().get_one(Consultation, case_study.consultation_id),
        form=form,
        guide=GUIDE,
        back_address=back,
        country=country,
        case_study_id=case_study_id,
        body=None,
    )
    return shown, 422 if form.errors else 200


@pages.get("/interviews/<interview_id>")
@needs(Permission.DO_FIELDWORK)
def interview(interview_id: str) -> str:
    found, body = one(interview_id)
    marked = passages_of(database(), found, staff())
    removed = removed_from(database(), found, staff())
    return render_template(
        "fieldwork/interview.html",
        **of_interview(found, body),
        passages=[(passage.id.hex(), each, verbatim(body.transcript, each.span)) for passage, each in marked.opened],
        damaged=[passage.id.hex() for passage in marked.damaged],
        removed=removed.id.hex() if removed else None,
        offered=may_offer(body),
        guide=GUIDE,
        themes=THEMES,
        askers=ASKERS,
        attributions=ATTRIBUTIONS,
    )


@pages.route("/interviews/<interview_id>/edit", methods=["GET", "POST"])
@needs(Permission.DO_FIELDWORK)
def edit_interview(interview_id: str) -> Response | str | tuple[str, int]:
    found, body = one(interview_id)
    form = interview_form(dict(GUIDE), _filled(body))
    if body.finished:
        for name in ("transcript", *(f"note_{key}" for key in GUIDE)):
            del form[name]
    if form.validate_on_submit():
        try:
            interviews.rewrite(database(), found, written(form, body), staff())
        except PassageChanged as problem:
            form.transcript.errors = [gettext(problem.message)]
        else:
            flash(gettext("Saved."))
            return redirect(url_for("fieldwork.interview", interview_id=interview_id), 303)
    back = url_for("fieldwork.interview", interview_id=interview_id)
    shown = render_template(
        "fieldwork/interview_form.html", form=form, guide=GUIDE, back_address=back, body=body, country=""
    )
    return shown, 422 if form.errors else 200


@pages.route("/interviews/<interview_id>/finish", methods=["GET", "POST"])
@needs(Permission.DO_FIELDWORK)
def finish_interview(interview_id: str) -> Response | str:
    found, body = one(interview_id)
    form = FlaskForm()
    if form.validate_on_submit():
        interviews.finish(database(), found, staff())
        flash(gettext("The interview is finished. What the pseudonyms stand for is forgotten."))
        return redirect(url_for("fieldwork.interview", interview_id=interview_id), 303)
    return render_template("fieldwork/finish.html", **of_interview(found, body), form=form)


@pages.route("/interviews/<interview_id>/withdraw", methods=["GET", "POST"])
@needs(Permission.DO_FIELDWORK)
def withdraw_interview(interview_id: str) -> Response | str:
    """Also one that does not open: whoever was asked can take back what they said all the same."""
    found, form = interview_for(interview_id), FlaskForm()
    if form.validate_on_submit():
        case_study_id = found.case_study_id
        who, subject = staff().user.name, f"interview of case study {case_study_id}"
        record(database(), who=who, what="withdrew", subject=subject, day=today())
        interviews_withdrawn.withdraw(database(), found, staff())
        flash(gettext("The interview and its passages are deleted."))
        return redirect(url_for("fieldwork.case_study", case_study_id=case_study_id), 303)
    opened = open_each("interviews", [found], _with_passages)
    body, marked = opened.opened[0] if opened.opened else (None, Several())
    return render_template(
        "fieldwork/withdraw.html",
        **of_interview(found, body),
        form=form,
        count=len(rows_of(database(), found)) if body is None else len(marked.opened) + marked.refused,
        damaged=marked.refused,
        published=_quoted_in(found) if body else [],
    )


def _with_passages(found: Interview) -> tuple[InterviewBody, Several[Passage, Marked]]:
    return interviews.opened(database(), found, staff()), passages_of(database(), found, staff())


def _quoted_in(found: Interview) -> list[str]:
    """Titles, in the language of the page, of published papers that quote it."""
    papers = interviews_withdrawn.published_with(database(), found, staff())
    return [told(titles(paper)) for paper in papers]


def one(interview_id: str) -> tuple[Interview, InterviewBody]:
    """The interview with what it holds; raises NotFound, NotAKeyHolder."""
    found = interview_for(interview_id)
    return found, interviews.opened(database(), found, staff())


def of_interview(found: Interview, body: InterviewBody | None) -> dict[str, Any]:
    """What every page about one interview shows; None where it does not open."""
    country = country_name(found.case_study.country_code, page_language())
    return {
        "interview_id": found.id.hex(),
        "case_study_id": found.case_study_id,
        "country": country,
        "consultation": database().get_one(Consultation, found.case_study.consultation_id),
        "body": body,
        "role_names": ROLES,
    }


def written(form: InterviewForm, before: InterviewBody | None = None) -> InterviewBody:
    """The interview as the form has it; what the form does not have stays as it was."""
    consent = Consent(
        recorded=form.recorded.data,
        quoted=form.quoted.data,
        attribution=form.attribution.data,
        translated=form.translated.data,
    )
    body = before or InterviewBody("", "", "", consent, {}, "")
    body = dataclasses.replace(
        body, role=form.role.data, asked_by=form.asked_by.data, language=form.language.data, consent=consent
    )
    if body.finished:
        return body
    notes = {key: form[f"note_{key}"].data or "" for key in GUIDE}
    said = {key: text for key, text in notes.items() if text.strip()}
    return dataclasses.replace(body, notes=said, transcript=form.transcript.data or "")


def _filled(body: InterviewBody) -> dict[str, object]:
    return {
        "role": body.role,
        "asked_by": body.asked_by,
        "language": body.language,
        "transcript": body.transcript,
        **dataclasses.asdict(body.consent),
        **{f"note_{key}": text for key, text in body.notes.items()},
    }
