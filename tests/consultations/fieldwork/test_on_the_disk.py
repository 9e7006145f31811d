import dataclasses
import re
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import BoxText, write_box
from consultations.fieldwork.interviews import log_interview, replace_names
from consultations.fieldwork.models import CaseStudy, Interview
from consultations.fieldwork.passages import mark, translate
from consultations.fieldwork.sentences import Span
from consultations.staff.sign_in import SignedIn

TRANSCRIPT = (
    "Zawadi was stopped near Mtwapa. Полицейские забрали телефон. 警察拿走了电话。 Se llevaron el móvil. أخذوا الهاتف."
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_word_of_an_interview_is_in_the_database_files(
    session: Session, case_study: CaseStudy, body: InterviewBody, consultant: SignedIn, tmp_path: Path
) -> None:
    said = dataclasses.replace(body, transcript=TRANSCRIPT, notes={"violence": "Zawadi told of Kisauni."})
    interview = log_interview(session, case_study, said, consultant)
    passage = mark(session, interview, TRANSCRIPT, Span(0, 31), "violence", consultant)
    translate(session, interview, passage, {"fr": "Arrêtée près de la lagune."}, consultant)
    session.commit()
    write_box(session, case_study, {"en": BoxText("Fined twice", "Nobody registered complaints.")}, consultant)
    session.commit()
    words = set(
        re.findall(
            r"\w{3,}", f"{TRANSCRIPT} Kisauni violence outreach_worker Arrêtée lagune Fined registered complaints"
        )
    )
    files = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
    assert b"case_studies" in b"".join(files)
    for word in words - {"was"}:
        for encoding in ("utf-8", "utf-16-le", "unicode_escape"):
            assert not any(word.encode(encoding) in file for file in files), word


def test_lengths_on_the_disk_do_not_tell_interviews_apart(
    session: Session, case_study: CaseStudy, body: InterviewBody, consultant: SignedIn
) -> None:
    short = log_interview(session, case_study, dataclasses.replace(body, transcript="No."), consultant)
    long = log_interview(session, case_study, dataclasses.replace(body, transcript="No. " * 300), consultant)
    assert len(short.sealed_body) == len(long.sealed_body)


def test_ids_are_random(session: Session, case_study: CaseStudy, body: InterviewBody, consultant: SignedIn) -> None:
    interviews: list[Interview] = [log_interview(session, case_study, body, consultant) for _ in range(3)]
    replace_names(session, interviews[0], {"Wanjiru": "Person A"}, consultant)
    assert len({interview.id for interview in interviews}) == 3
    assert all(len(interview.id) == 16 for interview in interviews)
