"""A small network with something in every place where keys and sealed things lie: to back up, to lose, to export."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consultations.analysis.models import Release
from consultations.analysis.quotes import keep
from consultations.analysis.releases.releasing import prepared
from consultations.audit import record
from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import BoxText, open_case_study, write_box
from consultations.fieldwork.consent import Consent
from consultations.fieldwork.interviews import log_interview
from consultations.fieldwork.passages import mark
from consultations.fieldwork.sentences import Span
from consultations.papers.blocks import shown
from consultations.papers.drafting import Draft, new_paper
from consultations.registry.models import Country
from consultations.responses.models import Epoch, SealedResponse
from consultations.responses.sealing import Place, new_id, seal_answer, seal_epoch_key
from consultations.responses.unsealing import unlock
from consultations.rounds import consultations
from consultations.rounds.questionnaires import layout_of, store
from consultations.staff.keyrings import private_key, public_key
from consultations.staff.keys import new_key, new_key_pair
from consultations.staff.models import User
from consultations.staff.sign_in import SignedIn
from forms import packing
from forms.questionnaire import Choice, Question, Questionnaire, Source, Text

DAY = datetime.date(2026, 12, 1)
CLOSED = datetime.date(2026, 12, 20)
REGIONS = ("africa", "asia-pacific", "europe")


def _form():
    label = Text({"en": "Question"})
    questions = (
        Question(
            "region", "select_one", "/data/region", Source("survey", 2), label, list_name="r", disaggregation=True
        ),
        Question("safe", "select_one", "/data/safe", Source("survey", 3), label, list_name="yn"),
        Question("why", "text", "/data/why", Source("survey", 4), label),
    )
    lists = {"r": REGIONS, "yn": ("yes", "no")}
    choices = {name: tuple(Choice(each, Text({"en": each})) for each in names) for name, names in lists.items()}
    return Questionnaire(Text({"en": "Test"}), "test", ("en",), "en", questions, choices)


def someone(session, name):
    """Signed in without the passphrase that takes Argon2id its time."""
    pair = new_key_pair()
    empty = {"salt": b"", "auth_hash": b"", "wrapped_private_key": b"", "recovery_wrapped_private_key": b""}
    user = User(name=name, role="policy_staff", language="en", public_key=pair.public, **empty)
    session.add(user)
    session.flush()
    return SignedIn(user, pair.private)


def made_consultation(session, holder, slug):
    """Open, then closed, with answers that 60 people sent."""
    consultation = consultations.create(
        session,
        slug=slug,
        questionnaire=store(session, _form()),
        title={"en": slug},
        asked_by={"en": "The network"},
        purpose={"en": "To know"},
        key_holders=[holder.user],
    )
    consultation.status, consultation.opened_on, consultation.closed_on = "closed", DAY, CLOSED
    session.flush()
    add_answers(session, consultation, 60)
    return consultation


def add_answers(session, consultation, count):
    key, epoch = new_key(), new_id()
    sealed = seal_epoch_key(public_key(session, consultation.keyring_id), key, consultation.id, epoch)
    session.add(Epoch(consultation_id=consultation.id, id=epoch, sealed_key=sealed))
    session.flush()
    place, layout = (
        Place(consultation.id, consultation.questionnaire.version, epoch),
        layout_of(consultation.questionnaire),
    )
    for number in range(count):
        given = {"region": REGIONS[number % 3], "safe": "yes" if number % 4 else "no", "why": f"CANARY answer {number}"}
        packed = packing.pack(layout, given, "en", number)
        row = new_id()
        hot, cold = seal_answer(AESGCM(key), place, row, *packed)
        session.add(SealedResponse(consultation_id=consultation.id, id=row, epoch_id=epoch, hot=hot, cold=cold))
    session.flush()


def unlocked(session, consultation, holder):
    key = private_key(session, consultation.keyring_id, holder)
    unlock(session, consultation, key, layout_of(consultation.questionnaire))
    return prepared(session, consultation, key)


def tables_of(session, consultation, holder):
    return prepared(session, consultation, private_key(session, consultation.keyring_id, holder))


@dataclass
class Network:
    holder: SignedIn
    consultation: object
    case_study: object
    interviews: list
    tables: tuple


@pytest.fixture
def network(session):
    """A consultation with an unlocked store, late answers, a quote, a release, a paper, two interviews."""
    holder = someone(session, "ana")
    session.add(Country(code="KE", region="africa"))
    session.flush()
    consultation = made_consultation(session, holder, "spring")
    tables = unlocked(session, consultation, holder)
    add_answers(session, consultation, 5)
    session.add(Release(consultation_id=consultation.id, number=1, released_on=CLOSED, tables={"tables": []}))
    body = {"text": "CANARY quote", "language": "en", "question": "why", "theme": "law", "region": "africa"}
    quote = keep(session, consultation, {**body, "receipt": "", "translations": {}})
    blocks = [shown("quote", quote.id.hex())]
    new_paper(session, consultation, Draft({"en": "CANARY draft"}, {"en": "Paper"}, blocks))
    study = open_case_study(session, consultation, "KE", holder, today=DAY)
    write_box(session, study, {"en": BoxText("CANARY box", "Text")}, holder)
    body = InterviewBody("organiser", "peer", "en", Consent(True, True, "none", True), {}, "CANARY said this. More.")
    logged = [log_interview(session, study, body, holder) for _ in range(2)]
    for interview in logged:
        mark(session, interview, body.transcript, Span(0, 17), "violence", holder)
    for what in ("opened", "closed"):
        record(session, who="ana", what=what, subject="spring", day=DAY)
    session.commit()
    return Network(holder, consultation, study, logged, tables)
