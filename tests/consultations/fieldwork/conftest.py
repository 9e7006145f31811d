"""People with keys, a consultation, and a case study to test with; names and interviews are made up."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import open_case_study
from consultations.fieldwork.consent import Consent
from consultations.fieldwork.models import CaseStudy
from consultations.registry.models import Country
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff.keyrings import new_keyring
from consultations.staff.keys import new_key_pair
from consultations.staff.models import User
from consultations.staff.sign_in import SignedIn

Person = Callable[[str], SignedIn]


@pytest.fixture
def person(session: Session) -> Person:
    """Makes somebody who is signed in, without the passphrase that takes Argon2id its time."""

    def make(name: str) -> SignedIn:
        pair = new_key_pair()
        user = User(
            name=name,
            role="community_consultant",
            language="en",
            salt=b"",
            auth_hash=b"",
            public_key=pair.public,
            wrapped_private_key=b"",
            recovery_wrapped_private_key=b"",
        )
        session.add(user)
        session.flush()
        return SignedIn(user, pair.private)

    return make


@pytest.fixture
def consultant(person: Person) -> SignedIn:
    return person("consultant")


@pytest.fixture
def policy(person: Person) -> SignedIn:
    return person("policy")


@pytest.fixture
def consultation(session: Session, policy: SignedIn) -> Consultation:
    questionnaire = StoredQuestionnaire(version="0" * 64, name="Trial", content={})
    session.add_all([questionnaire, Country(code="KE", region="africa")])
    session.flush()
    made = Consultation(
        slug="trial",
        questionnaire_id=questionnaire.id,
        keyring_id=new_keyring(session, [policy.user]).id,
        title={"en": "Trial"},
        asked_by={},
        purpose={},
        languages=["en"],
    )
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def case_study(session: Session, consultation: Consultation, consultant: SignedIn) -> CaseStudy:
    return open_case_study(session, consultation, "KE", consultant, today=datetime.date(2026, 3, 1))


@pytest.fixture
def body() -> InterviewBody:
    return InterviewBody(
        role="outreach_worker",
        asked_by="peer",
        language="en",
        consent=Consent(recorded=True, quoted=True, attribution="role_country", translated=True),
        notes={"violence": "Wanjiru told of a raid."},
        transcript="The officers took my phone. Wanjiru had to pay them. Nobody wrote it down.",
    )
