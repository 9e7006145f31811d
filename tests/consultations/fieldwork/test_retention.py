"""Interviews end when whoever was interviewed was told that they would."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import func, select

from consultations.fieldwork.case_studies import BoxText, box, write_box
from consultations.fieldwork.interviews import log_interview
from consultations.fieldwork.models import Interview, InterviewKey, Passage
from consultations.fieldwork.passages import mark
from consultations.fieldwork.retention import destroy_interviews, ends_on, expired
from consultations.fieldwork.sentences import Span
from consultations.staff.certificates import certificates
from consultations.staff.keyrings import KeyDestroyed
from consultations.staff.models import KeyGrant

OPENED = datetime.date(2026, 3, 1)  # as `case_study` has it


def counted(session):
    return [session.scalar(select(func.count()).select_from(model)) for model in (Interview, InterviewKey, Passage)]


@pytest.fixture
def interview(session, case_study, body, consultant):
    logged = log_interview(session, case_study, body, consultant)
    mark(session, logged, body.transcript, Span(0, 4), "violence", consultant)
    write_box(session, case_study, {"en": BoxText("A box", "Text")}, consultant)
    return logged


def test_the_time_begins_when_the_consultation_closes(session, case_study, consultation):
    consultation.closed_on = datetime.date(2026, 5, 31)
    case_study.retention_months = 1
    assert ends_on(session, case_study) == datetime.date(2026, 7, 1)


def test_where_nobody_closes_it_begins_when_the_case_study_was_opened(session, case_study):
    assert ends_on(session, case_study) == datetime.date(2028, 3, 1)


def test_a_case_study_opened_after_the_closing_has_its_whole_time(session, case_study, consultation):
    consultation.closed_on = datetime.date(2020, 1, 1)
    assert ends_on(session, case_study) == datetime.date(2028, 3, 1)


def test_nothing_is_destroyed_a_day_too_early(session, case_study, interview):
    assert expired(session, datetime.date(2028, 2, 29)) == []
    assert expired(session, datetime.date(2028, 3, 1)) == [case_study]


def test_interviews_passages_box_and_keys_are_gone_and_certified(session, case_study, interview, consultant):
    before = counted(session)
    certificate = destroy_interviews(session, case_study, OPENED)
    assert counted(session) == [0, 0, 0]
    assert session.scalars(select(KeyGrant).where(KeyGrant.keyring_id == case_study.keyring_id)).all() == []
    assert [certificate.rows.get(name, 0) for name in ("interviews", "interview_keys", "passages")] == before
    assert (certificate.rows["boxes"], certificate.rows["key_grants"]) == (1, 2)
    assert certificates(session) == [certificate]
    assert certificate.subject == f"case study {case_study.id} of trial"
    with pytest.raises(KeyDestroyed):
        box(session, case_study, consultant)


def test_a_second_run_finds_nothing(session, case_study, interview):
    destroy_interviews(session, case_study, OPENED)
    assert destroy_interviews(session, case_study, OPENED) is None
    assert expired(session, datetime.date(2030, 1, 1)) == []
