"""Who takes an interview back takes it out of drafts too, and hears what was published."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import func, select

from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import open_case_study
from consultations.fieldwork.consent import Consent
from consultations.fieldwork.interviews import log_interview
from consultations.fieldwork.models import Interview, InterviewKey, Passage
from consultations.fieldwork.passages import mark
from consultations.fieldwork.sentences import Span
from consultations.papers.blocks import shown
from consultations.papers.drafting import Draft, new_paper, opened
from consultations.papers.interviews_withdrawn import published_with, withdraw
from consultations.papers.models import Paper
from consultations.registry.models import Country
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff.keyrings import new_keyring, private_key
from consultations.staff.keys import new_key_pair
from consultations.staff.models import User
from consultations.staff.sign_in import SignedIn

DAY = datetime.date(2026, 5, 1)


def person(session, name):
    pair = new_key_pair()
    empty = {"salt": b"", "auth_hash": b"", "wrapped_private_key": b"", "recovery_wrapped_private_key": b""}
    user = User(name=name, role="policy_staff", language="en", public_key=pair.public, **empty)
    session.add(user)
    session.flush()
    return SignedIn(user, pair.private)


@pytest.fixture
def policy(session):
    return person(session, "policy")


@pytest.fixture
def consultant(session):
    return person(session, "consultant")


@pytest.fixture
def consultation(session, policy):
    session.add(Country(code="KE", region="africa"))
    made = Consultation(
        slug="spring",
        questionnaire=StoredQuestionnaire(version="1", name="form", content={}),
        keyring=new_keyring(session, [policy.user]),
        title={},
        asked_by={},
        purpose={},
        languages=["en"],
    )
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def interview(session, consultation, consultant):
    study = open_case_study(session, consultation, "KE", consultant, today=DAY)
    body = InterviewBody(
        "organiser", "peer", "en", Consent(True, True, "none", True), {}, "They came at night. We ran."
    )
    logged = log_interview(session, study, body, consultant)
    mark(session, logged, body.transcript, Span(0, 19), "violence", consultant)
    return logged


@pytest.fixture
def paper(session, consultation, interview):
    quote = session.scalars(select(Passage)).one().id.hex()
    made = new_paper(session, consultation, Draft({}, {}, [shown("quote", quote), {"kind": "method"}]))
    session.commit()
    return made


def test_a_key_holder_takes_it_out_of_drafts_with_its_key(session, consultation, interview, paper, policy):
    withdraw(session, interview, policy)
    counts = [session.scalar(select(func.count()).select_from(each)) for each in (Interview, InterviewKey, Passage)]
    assert counts == [0, 0, 0]
    draft = opened(paper, private_key(session, consultation.keyring_id, policy))
    assert [block["kind"] for block in draft.blocks] == ["method"]


def test_a_consultant_who_cannot_open_drafts_takes_it_back_all_the_same(session, interview, paper, consultant):
    withdraw(session, interview, consultant)
    assert session.scalars(select(Passage)).all() == []


def test_papers_that_quote_it_already_are_named(session, consultation, interview, consultant):
    quoting = {"en": {"title": "One", "blocks": [{"text": "“They came at night.”"}]}}
    other = {"en": {"title": "Two", "blocks": [{"text": "Nothing of it"}]}}
    papers = [
        Paper(consultation_id=consultation.id, sealed_draft=b"", published=each, published_on=DAY)
        for each in (quoting, other)
    ]
    session.add_all(papers)
    session.flush()
    assert published_with(session, interview, consultant) == [papers[0]]


@pytest.mark.parametrize("damaged", [Interview, InterviewKey, Passage])
def test_it_is_taken_back_although_it_was_damaged(session, consultation, interview, paper, policy, damaged):
    row = session.scalars(select(damaged)).one()
    column = "sealed_key" if damaged is InterviewKey else "sealed_body"
    setattr(row, column, getattr(row, column)[:-1])
    session.commit()
    withdraw(session, interview, policy)
    counts = [session.scalar(select(func.count()).select_from(each)) for each in (Interview, InterviewKey, Passage)]
    assert counts == [0, 0, 0]
    draft = opened(paper, private_key(session, consultation.keyring_id, policy))
    assert [block["kind"] for block in draft.blocks] == ["method"]
