"""Whoever loses the key opens nothing that comes after, and nothing that was there is lost to those who stay."""

from __future__ import annotations

import datetime
import secrets
import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.analysis import quotes
from consultations.analysis.open_answers import OpenAnswer
from consultations.audit import AuditEntry
from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import BoxText, box, open_case_study, write_box
from consultations.fieldwork.consent import Consent
from consultations.fieldwork.interviews import log_interview, opened
from consultations.papers import drafting
from consultations.papers.drafting import Draft
from consultations.papers.models import Paper
from consultations.papers.rotating import give_to, take_from
from consultations.papers.withdrawing import key_for_work
from consultations.registry.models import Country
from consultations.responses.answering import send
from consultations.responses.coverage import redeemed_counts
from consultations.responses.epochs import EpochKeys
from consultations.responses.models import Epoch, SealedCount
from consultations.responses.redeemed import Redeemed, sealed_counts
from consultations.responses.unsealing import open_snapshot, unlock
from consultations.rounds.models import Consultation, StoredQuestionnaire
from consultations.staff.keyrings import NotAKeyHolder, holds, let_go, new_keyring, private_key, sealing_key
from consultations.staff.keys import DoesNotOpen, new_key_pair
from consultations.staff.models import User
from consultations.staff.sign_in import SignedIn
from consultations.staff.turning import TwoMustHold
from forms import packing
from forms.questionnaire import Question, Questionnaire, Source

DAY = datetime.date(2026, 12, 17)
QUESTION = Question("number", "integer", "/data/number", Source("survey", 2))
LAYOUT = packing.layout(Questionnaire(QUESTION.label, "test", ("en",), "en", (QUESTION,), {}))
BODY = InterviewBody("organiser", "peer", "en", Consent(True, True, "none", True), {}, "Nobody wrote it down.")


@pytest.fixture
def people(session):
    def person(name):
        pair = new_key_pair()
        keys = dict.fromkeys(("salt", "auth_hash", "wrapped_private_key", "recovery_wrapped_private_key"), b"")
        user = User(name=name, role="policy_staff", language="en", public_key=pair.public, active=True, **keys)
        session.add(user)
        session.flush()
        return SignedIn(user, pair.private)

    return {name: person(name) for name in ("ana", "ben", "eve")}


@pytest.fixture
def consultation(session, people, hold_ceremony):
    hold_ceremony(session)
    session.add(Country(code="KE", region="africa"))
    made = Consultation(
        slug="spring",
        status="open",
        questionnaire=StoredQuestionnaire(version="f" * 64, name="Test", content={}),
        keyring_id=new_keyring(session, [person.user for person in people.values()]).id,
        title={"en": "Test"},
        asked_by={"en": "Test"},
        purpose={"en": "Test"},
        languages=["en"],
        opened_on=DAY,
    )
    session.add(made)
    session.commit()
    return made


@pytest.fixture
def new_epochs(session):
    made = []

    def make(**options):
        made.append(EpochKeys(**options))
        return made[-1]

    yield make
    session.rollback()
    for epochs in made:
        epochs.stir()


def answered(session, consultation, epochs, number):
    hot, cold = packing.pack(LAYOUT, {"number": str(number)}, "en", number)
    send(session, consultation, secrets.token_bytes(16), hot, cold, epochs)


def unlocked(session, consultation, by):
    consultation.status, consultation.closed_on = "closed", DAY
    session.commit()
    key = private_key(session, consultation.keyring_id, by)
    snapshot = unlock(session, consultation, key, LAYOUT)
    return sorted(packing.columns(LAYOUT, open_snapshot(session, consultation, key).hot)["number"]), snapshot.size


def test_answers_from_before_and_after_a_turn_all_open(session, consultation, people, new_epochs):
    mine, another_process_s = new_epochs(), new_epochs()
    for number in range(4):
        answered(session, consultation, (mine, another_process_s)[number % 2], number)
    assert take_from(session, consultation, people["ben"].user, people["ana"], DAY) == 0
    for number in range(4, 8):
        answered(session, consultation, (mine, another_process_s)[number % 2], number)
    mine.stir()
    _, size = unlocked(session, consultation, people["eve"])
    assert (size, session.scalars(select(Epoch)).all()) == (8, [])


def test_no_answer_is_lost_while_the_key_is_turned_again_and_again(engine, session, consultation, people, new_epochs):
    """Each answer begins an epoch of its own here, so that every one of them reads the public half."""
    sent, stop, failures, one_each = [], threading.Event(), [], new_epochs(most_answers=1)

    def members():
        with Session(engine, expire_on_commit=False) as theirs:
            found = theirs.get_one(Consultation, consultation.id)
            while not stop.is_set() and len(sent) < 60:
                try:
                    answered(theirs, found, one_each, len(sent))
                except Exception as failure:
                    failures.append(failure)
                    return
                sent.append(True)

    thread = threading.Thread(target=members)
    thread.start()
    for _ in range(5):
        take_from(session, consultation, new_person(session), people["ana"], DAY)
    stop.set()
    thread.join(60)
    assert failures == []
    one_each.stir()
    assert sent
    _, size = unlocked(session, consultation, people["ana"])
    assert size == len(sent)


def new_person(session):
    """Somebody who does not hold the key: taking it from them turns it all the same."""
    keys = dict.fromkeys(("salt", "auth_hash", "wrapped_private_key", "recovery_wrapped_private_key"), b"")
    user = User(name=secrets.token_hex(4), role="policy_staff", language="en", public_key=b"", active=True, **keys)
    session.add(user)
    session.flush()
    return user


def test_everything_under_the_key_opens_with_the_new_one_and_no_more_with_the_old(
    session, consultation, people, new_epochs
):
    answered(session, consultation, new_epochs(), 1)
    unlocked(session, consultation, people["ana"])
    old = private_key(session, consultation.keyring_id, people["ana"])
    said = OpenAnswer("reference", "why", "We were not asked.", "en", "")
    quotes.pick(session, consultation, old, said, "law")
    paper = drafting.new_paper(session, consultation, Draft({"en": "Ours"}, {"en": "Brief"}))
    public = sealing_key(session, consultation.keyring_id)
    redeemed = [Redeemed(b"", "africa", "en")]
    session.add(SealedCount(**sealed_counts(public, consultation.id, redeemed)))
    session.commit()

    assert take_from(session, consultation, people["ben"].user, people["ana"], DAY) == 0

    new = key_for_work(session, consultation, people["eve"], DAY)
    assert [quote.text for quote in quotes.picked(session, consultation, new).opened] == ["We were not asked."]
    assert drafting.opened(paper, new).title == {"en": "Ours"}
    assert redeemed_counts(session, consultation, new).opened == ({("africa", "en"): 1},)
    assert len(open_snapshot(session, consultation, new).cold) == 1
    for read in (quotes.picked, redeemed_counts):
        assert (read(session, consultation, old).opened, read(session, consultation, old).refused) == ((), 1)
    with pytest.raises(DoesNotOpen):
        open_snapshot(session, consultation, old)
    with pytest.raises(DoesNotOpen):
        drafting.opened(paper, old)


def test_the_key_goes_with_those_of_the_case_studies(session, consultation, people):
    study = open_case_study(session, consultation, "KE", people["ana"], today=DAY)
    write_box(session, study, {"en": BoxText("Kenya", "What happened there.")}, people["ana"])
    interview = log_interview(session, study, BODY, people["ana"])
    take_from(session, consultation, people["ben"].user, people["ana"], DAY)
    assert opened(session, interview, people["eve"]).transcript == "Nobody wrote it down."
    assert box(session, study, people["eve"])["en"].title == "Kenya"
    with pytest.raises(NotAKeyHolder):
        opened(session, interview, people["ben"])


def test_two_people_keep_the_key_of_an_open_consultation(session, consultation, people):
    take_from(session, consultation, people["ben"].user, people["ana"], DAY)
    with pytest.raises(TwoMustHold):
        take_from(session, consultation, people["ana"].user, people["ana"], DAY)
    consultation.status, consultation.closed_on = "closed", DAY
    take_from(session, consultation, people["ana"].user, people["ana"], DAY)
    assert private_key(session, consultation.keyring_id, people["eve"])


def test_what_was_changed_on_the_disk_stays_as_it_is_and_is_counted(session, consultation, people, new_epochs):
    answered(session, consultation, new_epochs(), 1)
    session.add(Epoch(consultation_id=consultation.id, id=b"\x01" * 16, sealed_key=b"changed"))
    session.commit()
    assert take_from(session, consultation, people["ben"].user, people["ana"], DAY) == 1
    assert session.get_one(Epoch, (consultation.id, b"\x01" * 16)).sealed_key == b"changed"


def changed(blob):
    return blob[:-1] + bytes([blob[-1] ^ 1])


def test_a_turn_takes_along_what_opens_and_leaves_what_does_not(session, consultation, people):
    """Whoever damages a row cannot keep the key of somebody who leaves where it is."""
    key = private_key(session, consultation.keyring_id, people["ana"])
    said = [OpenAnswer("r", "why", words, "en", "") for words in ("One.", "Two.")]
    picked = [quotes.pick(session, consultation, key, each, "law") for each in said]
    papers = [drafting.new_paper(session, consultation, Draft({"en": title}, {})) for title in ("First", "Second")]
    quote = picked[0].sealed_body = changed(picked[0].sealed_body)
    draft = papers[0].sealed_draft = changed(papers[0].sealed_draft)
    session.commit()
    assert take_from(session, consultation, people["ben"].user, people["ana"], DAY) == 2
    session.expire_all()
    assert (picked[0].sealed_body, papers[0].sealed_draft) == (quote, draft)
    key = private_key(session, consultation.keyring_id, people["eve"])
    found = quotes.picked(session, consultation, key)
    assert ([quote.text for quote in found.opened], found.damaged) == (["Two."], (picked[0],))
    assert drafting.opened(papers[1], key).title == {"en": "Second"}


def test_a_published_paper_that_came_without_a_draft_is_not_counted_as_damaged(session, consultation, people):
    session.add(Paper(consultation_id=consultation.id, sealed_draft=b"", published={}, published_on=DAY))
    assert take_from(session, consultation, people["ben"].user, people["ana"], DAY) == 0


def test_the_next_holder_at_work_turns_a_key_that_somebody_took_along(session, consultation, people):
    before = private_key(session, consultation.keyring_id, people["ana"])
    let_go(session, people["ben"].user)
    session.commit()
    assert key_for_work(session, consultation, people["ana"], DAY) != before
    entries = session.scalars(select(AuditEntry)).all()
    assert [(entry.who, entry.what, entry.subject) for entry in entries] == [("ana", "turned the key of", "spring")]
    now = private_key(session, consultation.keyring_id, people["eve"])
    assert key_for_work(session, consultation, people["eve"], DAY) == now


def test_who_is_given_the_key_gets_those_of_the_case_studies_too(session, consultation, people):
    study = open_case_study(session, consultation, "KE", people["ana"], today=DAY)
    newcomer = new_person(session)
    newcomer.public_key = new_key_pair().public
    assert give_to(session, consultation, newcomer, people["ana"], DAY)
    assert holds(session, study.keyring_id, newcomer)
    assert not give_to(session, consultation, newcomer, people["ana"], DAY)
