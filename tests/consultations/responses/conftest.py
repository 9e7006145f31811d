"""An open consultation with one number and one open question, whose private key the test holds."""

import datetime

import pytest

from consultations.responses.epochs import EpochKeys
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring
from forms import packing
from forms.questionnaire import Question, Questionnaire, Source


@pytest.fixture(scope="session")
def layout():
    questions = (
        Question("number", "integer", "/data/number", Source("survey", 2)),
        Question("why", "text", "/data/why", Source("survey", 3)),
    )
    return packing.layout(Questionnaire(questions[0].label, "test", ("en",), "en", questions, {}))


@pytest.fixture
def answer(layout):
    """(hot, cold) of an answer that can be told by its number."""

    def packed(number, why=""):
        return packing.pack(layout, {"number": str(number), "why": why}, "en", number)

    return packed


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
def close(session, consultation):
    def closed():
        consultation.status, consultation.closed_on = "closed", datetime.date(2026, 12, 18)
        session.commit()

    return closed


@pytest.fixture
def new_epochs(session):
    """Makes registries like those of several processes; each is done with the database before it goes."""
    made = []

    def make(**options):
        made.append(EpochKeys(**options))
        return made[-1]

    yield make
    session.rollback()
    for epochs in made:
        epochs.stir()


@pytest.fixture
def epochs(new_epochs):
    return new_epochs()
