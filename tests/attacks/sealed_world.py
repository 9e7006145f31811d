"""Two of everything that is sealed, made by the product itself, with whatever it takes to open each."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyotp
from sqlalchemy.orm import Session

from consultations.analysis import quotes
from consultations.analysis.open_answers import OpenAnswer
from consultations.fieldwork import interviews, passages
from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import BoxText, box, open_case_study, write_box
from consultations.fieldwork.consent import Consent
from consultations.fieldwork.models import CaseStudy, Interview
from consultations.fieldwork.sentences import Span
from consultations.jobs.models import Job, Worker
from consultations.papers import drafting
from consultations.registry.models import Country
from consultations.responses import page_state
from consultations.responses.answering import send
from consultations.responses.counting import unopened
from consultations.responses.coverage import redeemed_counts
from consultations.responses.drafts import open_draft, save_draft
from consultations.responses.epochs import EpochKeys
from consultations.responses.redeemed import Redeemed
from consultations.responses.sealing import new_id
from consultations.responses.unsealing import move, open_snapshot, unlock
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, store
from consultations.staff import job_keys, kept_passkeys, keyrings, one_time_codes, pending, trustees
from consultations.staff.accounts import NewAccount, create_account
from consultations.staff.keys import new_key_pair
from consultations.staff.recovering import recover
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
_TRIES = itertools.count()


class Refused(Exception):
    """Nobody was found for a token: sign-ins are refused without a word."""


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
    for number, country in enumerate(("KE", "FR")):
        study = open_case_study(session, world.consultations[number], country, world.ana, today=TODAY)
        write_box(session, study, {"en": BoxText("A title", "A text")}, world.ana)
        body = InterviewBody("outreach_worker", "peer", "en", consent, {}, "They took her phone. Nobody wrote it down.")
        logged = interviews.log_interview(session, study, body, world.ana)
        passages.mark(session, logged, body.transcript, Span(0, 20), "violence", world.ana)
        world.studies.append(study)
        world.interviews.append(logged)


def _papers(world: World) -> None:
    for number in (2, 3):
        consultation = world.consultations[number]
        draft = drafting.Draft({"en": "A title"}, {"en": "A subtitle"})
        world.papers.append(drafting.new_paper(world.session, consultation, draft))
        answer = OpenAnswer("r", "why", f"Because of {number}.", "en", "")
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


def unlocked_of_first(world: World) -> tuple[int, int]:
    """(how many answers of the first consultation open, how many are left where they are); nothing is committed."""
    session, consultation = world.session, world.consultations[0]
    snapshot = move(session, consultation, world.key(0), layout_of(consultation.questionnaire), TODAY)
    try:
        return snapshot.size, unopened(session, consultation)
    finally:
        session.rollback()


def _signed_in(world: World) -> SignedIn:
    found = signed_in(world.session, world.tokens[0], NOW)
    if found is None:
        raise Refused
    return found


def _pending(world: World) -> SignedIn:
    found = pending.found(world.session, world.waiting[0], NOW)
    if found is None:
        raise Refused
    return found


def _recovered(world: World) -> object:
    """Each try an hour after the one before: from the sixth on wrong ones have to wait."""
    later = NOW + datetime.timedelta(hours=next(_TRIES))
    return recover(world.session, "ana", world.accounts[0].recovery_key, later)


def _draft(world: World) -> object:
    consultation = world.consultations[0]
    place = page_state.Place(consultation.id, consultation.questionnaire.version)
    return open_draft(world.session, place, CODES[0], SECRET, TODAY)


def _app(world: World) -> None:
    later = NOW + datetime.timedelta(minutes=5)
    one_time_codes.check(world.session, world.ana, pyotp.TOTP(world.apps[0]).at(later), later)


def _snapshot(world: World) -> object:
    return open_snapshot(world.session, world.consultations[2], world.key(2))


def _by_trustees(world: World) -> bytes:
    opened = trustees.opened(world.session, world.cards[:2])
    return keyrings.recovered(world.session, world.consultations[0].keyring_id, opened)


#: Column -> how the product opens the first blob in it. Answers are apart: they are opened all at once, and counted.
SEALED: Mapping[str, Callable[[World], object]] = {
    "users.wrapped_private_key": lambda w: sign_in(w.session, "ana", w.accounts[0].passphrase, NOW),
    "users.recovery_wrapped_private_key": _recovered,
    "staff_sessions.sealed_private_key": _signed_in,
    "pending_sign_ins.sealed_private_key": _pending,
    "one_time_secrets.sealed_secret": _app,
    "passkeys.sealed": lambda w: kept_passkeys.of(w.session, w.ana),
    "key_grants.sealed_private_key": lambda w: w.key(0),
    "recovery_grants.sealed_private_key": _by_trustees,
    "sealed_counts.sealed": lambda w: redeemed_counts(w.session, w.consultations[0], w.key(0)),
    "drafts.blob": _draft,
    "snapshots.blob": _snapshot,
    "snapshot_keys.sealed_key": _snapshot,
    "snapshot_parts.sealed": _snapshot,
    "case_studies.sealed_summary": lambda w: box(w.session, w.studies[0], w.ana),
    "interviews.sealed_body": lambda w: interviews.opened(w.session, w.interviews[0], w.ana),
    "interview_keys.sealed_key": lambda w: interviews.opened(w.session, w.interviews[0], w.ana),
    "passages.sealed_body": lambda w: passages.passages_of(w.session, w.interviews[0], w.ana),
    "papers.sealed_draft": lambda w: drafting.opened(w.papers[0], w.key(2)),
    "quotes.sealed_body": lambda w: quotes.picked(w.session, w.consultations[2], w.key(2)),
    "job_keys.sealed_key": lambda w: job_keys.key_for(w.session, w.job, *w.workers[0]),  # type: ignore[arg-type]
}
COUNTED = ("epochs.sealed_key", "sealed_responses.hot", "sealed_responses.cold")
