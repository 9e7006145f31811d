"""Whatever has reached its end goes once a day, and once only."""

from __future__ import annotations

import datetime
import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.analysis.models import Quote
from consultations.fieldwork.models import CaseStudy
from consultations.papers.daily import daily, ending_soon
from consultations.papers.models import Paper
from consultations.registry.models import Country
from consultations.responses.drafts import Draft
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff.certificates import certificates
from consultations.staff.keyrings import new_keyring
from consultations.staff.keys import new_key_pair
from consultations.staff.models import StaffLink, User

CLOSED, END = datetime.date(2026, 1, 1), datetime.date(2026, 4, 1)


@pytest.fixture
def consultation(session):
    pair = new_key_pair()
    empty = {"salt": b"", "auth_hash": b"", "wrapped_private_key": b"", "recovery_wrapped_private_key": b""}
    user = User(name="holder", role="policy_staff", language="en", public_key=pair.public, **empty)
    session.add_all([user, Country(code="KE", region="africa")])
    session.flush()
    made = Consultation(
        slug="spring",
        status="unlocked",
        questionnaire=StoredQuestionnaire(version="1", name="form", content={}),
        keyring=new_keyring(session, [user]),
        title={},
        asked_by={},
        purpose={},
        languages=["en"],
        retention_months=3,
        opened_on=CLOSED,
        closed_on=CLOSED,
    )
    session.add(made)
    session.flush()
    session.add(Quote(id=b"q" * 16, consultation_id=made.id, sealed_body=b"sealed"))
    session.add(Paper(consultation_id=made.id, sealed_draft=b"draft"))
    session.add(Paper(consultation_id=made.id, sealed_draft=b"draft", published={"en": {}}, published_on=CLOSED))
    study = CaseStudy(
        consultation_id=made.id,
        country_code="KE",
        keyring_id=new_keyring(session, [user]).id,
        retention_months=6,
        opened_on=CLOSED,
    )
    session.add(study)
    session.commit()
    return made


def test_answers_go_and_what_was_published_stays(session, consultation):
    assert daily(session, END) == ["destroyed the answers of spring"]
    assert session.scalars(select(Quote)).all() == []
    (paper,) = session.scalars(select(Paper)).all()
    assert (paper.published, paper.sealed_draft) == ({"en": {}}, b"")


def test_a_case_study_ends_on_its_own_day(session, consultation):
    assert daily(session, datetime.date(2026, 7, 1)) == [
        "destroyed the answers of spring",
        "destroyed the interviews of case study 1 of spring",
    ]


def test_a_second_run_does_nothing(session, consultation):
    daily(session, END)
    assert daily(session, END) == []
    assert len(certificates(session)) == 1


def test_two_at_once_destroy_and_certify_once(engine, session, consultation):
    lines: list[str] = []

    def run():
        with Session(engine, expire_on_commit=False) as own:
            lines.extend(daily(own, END))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lines == ["destroyed the answers of spring"]
    assert len(certificates(session)) == 1


def test_drafts_and_links_whose_time_is_over_go_too(session, consultation):
    early, late = END - datetime.timedelta(days=1), END + datetime.timedelta(days=5)
    consultation.retention_months = 60
    for name, day in ((b"a", early), (b"b", late)):
        session.add(Draft(consultation_id=consultation.id, lookup=name * 32, blob=b"", expires_on=day))
        link = StaffLink(token_hash=name * 32, role="translator", limits={}, language="en", invited_by="ana")
        link.expires_on = day
        session.add(link)
    session.commit()
    assert daily(session, END) == ["deleted 1 links that nobody used in time"]
    assert session.scalars(select(Draft.expires_on)).all() == [late]
    assert session.scalars(select(StaffLink.expires_on)).all() == [late]


def test_staff_are_told_thirty_days_before(session, consultation):
    assert ending_soon(session, END - datetime.timedelta(days=31)) == []
    (soon,) = ending_soon(session, END - datetime.timedelta(days=30))
    assert (soon.consultation.slug, soon.case_study, soon.ends_on) == ("spring", None, END)
