"""An open consultation to attack, with as many answers as its members sent."""

import datetime

import pytest

from consultations.responses.epochs import EpochKeys
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring


@pytest.fixture
def pair():
    return new_key_pair()


@pytest.fixture
def consultation(session, pair):
    keyring = Keyring(public_key=pair.public)
    session.add(keyring)
    session.flush()
    consultation = Consultation(
        slug="test",
        status="open",
        questionnaire=StoredQuestionnaire(version="f" * 64, name="Test", content={}),
        keyring_id=keyring.id,
        title={"en": "Test"},
        asked_by={"en": "Test"},
        purpose={"en": "Test"},
        languages=["en"],
        opened_on=datetime.date(2026, 12, 17),
    )
    session.add(consultation)
    session.commit()
    return consultation


@pytest.fixture
def epochs(session):
    keys = EpochKeys()
    yield keys
    session.rollback()
    keys.stir()
