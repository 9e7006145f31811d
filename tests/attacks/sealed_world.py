"""Two of everything that is sealed, made by the product itself, with whatever it takes to open each."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

import pyotp
from sqlalchemy.orm import Session

from consultations.analysis import quotes
from consultations.analysis.open_answers import OpenAnswer
from consultations.fieldwork import interviews, passages
from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import BoxText, open_case_study, write_box
from consultations.fieldwork.consent import Consent
from consultations.fieldwork.models import CaseStudy, Interview
from consultations.fieldwork.sentences import Span
from consultations.jobs.models import Job, Worker
from consultations.papers import drafting
from consultations.registry.models import Country
from consultations.responses import page_state
from consultations.responses.answering import send
from consultations.responses.drafts import save_draft
from consultations.responses.epochs import EpochKeys
from consultations.responses.models import SealedCount
from consultations.responses.redeemed import Redeemed, sealed_counts
from consultations.responses.sealing import new_id
from consultations.responses.unsealing import unlock
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, store
from consultations.staff import job_keys, kept_passkeys, keyrings, one_time_codes, pending, trustees
from consultations.staff.accounts import NewAccount, create_account
from consultations.staff.keys import new_key_pair
from consultations.staff.sessions import SignedIn, signed_in
from consultations.staff.sign_in import sign_in
from forms import packing
from forms.xlsform.importing import import_file

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
TODAY = NOW.date()
SECRET = b"\x07" * 32
CODES = ("000000000000000000000001", "000000000000000000000002")
FORM = "| survey |\n| | type | name | label |\n| | integer | age | How old? |\n| | text | why | Why? |"
ANSWERS = 3


@dataclass(slots=True)
class World:
    """What was made; the first of each kind is what is tampered with, the second where blobs are taken from."""

    session: Session
    accounts: list[NewAccount] = field(default_factory=list)
    people: list[SignedIn] = field(default_factory=list)
    tokens: list[bytes] = field(default_factory=list)
    waiting: list[bytes] = field(default_factory=list)
    cards: tuple[str, ...] = ()
    apps: list[str] = field(default_factory=list)
    #: Open, open, unlocked, unlocked.
    consultations: list[Consultation] = field(default_factory=list)
    studies: list[CaseStudy] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    papers: list[Any] = field(default_factory=list)
    job: Job | None = None
    workers: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def ana(self) -> SignedIn:
        return self.people[0]

    def key(self, number: int) -> bytes:
        return keyrings.private_key(self.session, self.consultations[number].keyring_id, self.ana)


def made(session: Session) -> World:
    """The whole world, committed."""
    world = World(session)
    for make in (_people, _consultations, _answers, _snapshots, _fieldwork, _papers, _jobs):
        make(world)
        session.commit()
    return world


def _people(world: World) -> None:
    session = world.session
    for name in ("ana", "ben"):
        account = create_account(session, name, "policy_staff", "en")
        token = sign_in(session, name, account.passphrase, NOW)
        person = signed_in(session, token, NOW)
        assert person is not None
        world.accounts.append(account)
        world.tokens.append(token)
        world.people.append(person)
        world.waiting.append(pending.begin(session, account.user, person.private_key, NOW))
        offer = one_time_codes.offer(person, NOW)
        one_time_codes.confirm(session, person, offer, pyotp.TOTP(offer.secret).at(NOW), NOW)
        world.apps.append(offer.secret)
        key = kept_passkeys.Held(0, "a key", "localhost", b"\x01" * 16, b"\x02" * 32, 0, ("usb",))
        kept_passkeys.keep(session, person, key)
    world.cards = trustees.make(session, TODAY).cards
    trustees.rehearse(session, world.cards[:2], TODAY)


def _consultations(world: World) -> None:
    session = world.session
    form = import_file("form.md", FORM.encode()).questionnaire
    assert form is not None
    stored = store(session, form)
    for slug in ("one", "two", "three", "four"):
        ring = keyrings.new_keyring(session, [person.user for person in world.people])
        texts = {name: {"en": slug} for name in ("title", "asked_by", "purpose")}
        world.consultations.append(
            Consultation(
                slug=slug,
                status="open",
                questionnaire=stored,
                keyring_id=ring.id,
                languages=["en"],
                opened_on=TODAY,
                **texts,
            )
        )
    session.add_all([*world.consultations, Country(code="KE", region="africa"), Country(code="FR", region="europe")])


def _answers(world: World) -> None:
    epochs = EpochKeys()
    for consultation in world.consultations:
        for number in range(ANSWERS):
            answer = packing.pack(
                layout_of(consultation.questionnaire), {"age": str(number), "why": "why"}, "en", number
            )
            redeemed = Redeemed(new_id() * 2, "africa", "en")
            send(world.session, consultation, new_id(), *answer, epochs, redeemed=redeemed)
    world.session.commit()
    epochs.stir()
    first = world.consultations[0]
    public = keyrings.public_key(world.session, first.keyring_id)
    world.session.add(SealedCount(**sealed_counts(public, first.id, [Redeemed(b"", "africa", "en")])))
    for code, consultation in zip(CODES, world.consultations, strict=False):
        place = page_state.Place(consultation.id, consultation.questionnaire.version)
        save_draft(world.session, place, code, SECRET, page_state.new_state(NOW), TODAY)


def _snapshots(world: World) -> None:
    for number in (2, 3):
        consultation = world.consultations[number]
        consultation.status, consultation.closed_on = "closed", TODAY
        unlock(world.session, consultation, world.key(number), layout_of(consultation.questionnaire), TODAY)


def _fieldwork(world: World) -> None:
    session, consent = world.session, Consent(True, True, "role_country", True)
    for country in ("KE", "FR"):
        study = open_case_study(session, world.consultations[0], country, world.ana, today=TODAY)
        write_box(session, study, {"en": BoxText("A title", "A text")}, world.ana)
        body = InterviewBody("outreach_worker", "peer", "en", consent, {}, "They took her phone. Nobody wrote it down.")
        logged = interviews.log_interview(session, study, body, world.ana)
        for span in (Span(0, 20), Span(21, 42)):
            passages.mark(session, logged, body.transcript, span, "violence", world.ana)
        world.studies.append(study)
        world.interviews.append(logged)


def _papers(world: World) -> None:
    for number in (2, 2, 3):
        consultation = world.consultations[number]
        draft = drafting.Draft({"en": "A title"}, {"en": "A subtitle"})
        world.papers.append(drafting.new_paper(world.session, consultation, draft))
        answer = OpenAnswer("r", "why", f"Because of {len(world.papers)}.", "en", "")
        quotes.pick(world.session, consultation, world.key(number), answer, "violence")


def _jobs(world: World) -> None:
    for number in range(2):
        pair, worker = new_key_pair(), f"{number:032x}"
        world.workers.append((worker, pair.private))
        world.session.add(Worker(id=worker, public_key=pair.public, seen_at=NOW))
    world.job = Job(id="a" * 32, kind="unlock", subject=1, asked_by="ana", state="waiting", needs_key=True, tries=0)
    world.job.problem, world.job.day = "", TODAY
    world.session.add(world.job)
    world.session.flush()
    job_keys.give_key(world.session, world.job, world.key(0), NOW)
