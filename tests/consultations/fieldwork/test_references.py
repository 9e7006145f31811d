"""An interview is found again by the code on its slip, by who holds its key, and the disk does not know the code."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from consultations.fieldwork.interviews import log_interview, opened, rewrite
from consultations.fieldwork.models import Interview
from consultations.fieldwork.references import NoSuchReference, PerhapsDamaged, as_typed, with_reference


def test_the_code_finds_its_interview_however_it_is_typed(session, case_study, body, consultant):
    first, second = (log_interview(session, case_study, body, consultant) for _ in range(2))
    code = opened(session, second, consultant).reference
    for typed in (code, code.lower(), f" {code.replace('-', ' ')} "):
        assert with_reference(session, typed, [case_study], consultant) is second
    assert opened(session, first, consultant).reference != code


@pytest.mark.parametrize("typed", ["", "----", "AAAA-AAAA", "UUUU-UUUU", "Ωmega"])
def test_another_code_finds_nothing(session, case_study, body, consultant, typed):
    log_interview(session, case_study, body, consultant)
    with pytest.raises(NoSuchReference):
        with_reference(session, typed, [case_study], consultant)


def test_letters_that_are_misread_are_read_right():
    assert as_typed("O1i-l0") == "01110"


def test_the_code_stays_when_the_interview_is_edited(session, case_study, body, consultant):
    interview = log_interview(session, case_study, body, consultant)
    before = opened(session, interview, consultant)
    rewrite(session, interview, before.with_texts({**before.texts(), "transcript": "Another text."}), consultant)
    assert opened(session, interview, consultant).reference == before.reference


def test_the_code_is_under_the_seal(session, case_study, body, consultant):
    interview = log_interview(session, case_study, body, consultant)
    code = opened(session, interview, consultant).reference
    (stored,) = session.execute(select(Interview.__table__)).all()
    assert not any(code.encode() in bytes(value) for value in stored if isinstance(value, bytes))


def test_an_interview_is_found_beside_one_that_is_damaged(session, case_study, body, consultant):
    first, second = (log_interview(session, case_study, body, consultant) for _ in range(2))
    lost, code = (opened(session, each, consultant).reference for each in (first, second))
    first.sealed_body = first.sealed_body[:-1]
    assert with_reference(session, code, [case_study], consultant) is second
    with pytest.raises(PerhapsDamaged):
        with_reference(session, lost, [case_study], consultant)
