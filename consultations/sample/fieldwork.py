"""The sample's case studies and interviews, logged by the sample's community consultant."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy.orm import Session

from consultations.fieldwork.bodies import InterviewBody, tidy
from consultations.fieldwork.case_studies import BoxText, open_case_study, write_box
from consultations.fieldwork.consent import Consent
from consultations.fieldwork.interviews import finish, log_interview
from consultations.fieldwork.models import CaseStudy
from consultations.fieldwork.passages import mark, translate
from consultations.fieldwork.sentences import Span
from consultations.rounds.models import Consultation
from consultations.sample import material
from consultations.staff.sign_in import SignedIn

#: The sample's own words for roles and consent -> the product's.
ROLES = {
    "interview_1": "outreach_worker",
    "interview_2": "legal_worker",
    "interview_3": "organiser",
    "interview_4": "sex_worker",
    "interview_5": "outreach_worker",
    "interview_6": "sex_worker",
}
ATTRIBUTIONS = {"role_and_region": "role_region", "region": "region"}


def load_fieldwork(session: Session, consultation: Consultation, consultant: SignedIn, today: datetime.date) -> None:
    """Three case studies with their boxes, six finished interviews and their marked passages."""
    content = material.read("interviews")
    studies = {
        each["key"]: _case_study(session, consultation, each, consultant, today) for each in content["case_studies"]
    }
    for entry in content["interviews"]:
        _interview(session, studies[entry["case_study"]], entry, consultant)


def _case_study(
    session: Session, consultation: Consultation, entry: dict[str, Any], consultant: SignedIn, today: datetime.date
) -> CaseStudy:
    case_study = open_case_study(session, consultation, entry["country"], consultant, today=today)
    boxes = {code: BoxText(title, entry["text"][code]) for code, title in entry["title"].items()}
    write_box(session, case_study, boxes, consultant)
    return case_study


def _interview(session: Session, case_study: CaseStudy, entry: dict[str, Any], consultant: SignedIn) -> None:
    consent = Consent(
        recorded="case_study" in entry["consent"]["purposes"],
        quoted="quotes" in entry["consent"]["purposes"],
        attribution=ATTRIBUTIONS[entry["consent"]["attribution"]],
        translated=True,
    )
    body = InterviewBody(
        role=ROLES[entry["key"]],
        asked_by="community_consultant",
        language=entry["language"],
        consent=consent,
        notes={},
        transcript=entry["transcript"],
    )
    interview = log_interview(session, case_study, body, consultant)
    transcript = tidy(entry["transcript"])
    for passage in entry["passages"]:
        start = transcript.index(tidy(passage["text"]))
        span = Span(start, start + len(tidy(passage["text"])))
        marked = mark(session, interview, transcript, span, passage["theme"], consultant)
        translate(session, interview, marked, passage["translations"], consultant)
    finish(session, interview, consultant)
