"""Loads the sample network: a finished consultation with its paper, and an open one to try out."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from consultations.analysis import opening
from consultations.analysis.releasing import release
from consultations.papers import drafting, publishing
from consultations.papers.models import Paper
from consultations.registry.importing import load_countries
from consultations.responses.answering import drop_sent_hashes, send
from consultations.responses.epochs import EPOCHS
from consultations.responses.unsealing import unlock
from consultations.rounds import consultations
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import flow_of, layout_of, store
from consultations.sample import drawing, material
from consultations.sample.fieldwork import load_fieldwork
from consultations.sample.paper import sample_draft
from consultations.sample.quoting import pick_sample_quotes
from consultations.staff import trustees
from consultations.staff.keyrings import private_key
from consultations.staff.sign_in import NewAccount, SignedIn, create_account, sign_in, signed_in
from forms.packing import RECEIPT_BYTES, pack

FINISHED, OPEN = "sample", "sample-open"
OPENED, CLOSED, RELEASED = datetime.date(2026, 9, 1), datetime.date(2026, 10, 15), datetime.date(2026, 11, 2)

#: Sign-in name, role, interface language.
STAFF = (
    ("policy", "policy_staff", "en"),
    ("policy-two", "policy_staff", "fr"),
    ("consultant", "community_consultant", "es"),
    ("administrator", "administrator", "en"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """What was loaded: the accounts, with the passphrases that exist nowhere else, and the trustees' three cards."""

    accounts: tuple[NewAccount, ...]
    cards: tuple[str, ...] = field(repr=False)
    finished: Consultation
    open: Consultation
    paper: Paper
    policy: SignedIn


def load(session: Session) -> Sample:
    """Load everything into a database that has its tables and no consultation yet; commits on the way.

    Unlocking and publishing go the same way as for real answers, so that the sample proves the product each time.
    """
    load_countries(session)
    accounts = tuple(create_account(session, *person) for person in STAFF)
    cards = trustees.make(session, OPENED).cards
    trustees.rehearse(session, cards[:2], OPENED)
    holders = [account.user for account in accounts[:2]]
    finished, still_open = (_consultation(session, slug, accounts) for slug in (FINISHED, OPEN))
    policy, consultant = (_signed_in(session, account) for account in (accounts[0], accounts[2]))
    for each, day in ((finished, OPENED), (still_open, RELEASED)):
        opening.open_to_members(session, each, who=holders[0].name, today=day, onion_address="")
    session.commit()
    _answer(session, finished)
    consultations.close(session, finished, who=holders[0].name, today=CLOSED)
    drop_sent_hashes(session, finished)
    session.commit()
    key = private_key(session, finished.keyring_id, policy)
    unlock(session, finished, key, layout_of(finished.questionnaire))
    release(session, finished, key, RELEASED)
    load_fieldwork(session, finished, consultant, CLOSED)
    pick_sample_quotes(session, finished, key)
    paper = drafting.new_paper(session, finished, sample_draft(session, finished, policy))
    publishing.publish(session, paper, finished, policy, RELEASED)
    drafting.new_paper(session, finished, sample_draft(session, finished, policy))
    session.commit()
    return Sample(accounts, cards, finished, still_open, paper, policy)


def write_pdfs(session: Session, sample: Sample, folder: Path) -> list[Path]:
    """The published sample paper as PDF in every official language."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    made = publishing.documents(session, sample.paper, sample.finished, sample.policy, RELEASED)
    for document in made.values():
        file = folder / publishing.file_name(document, sample.finished, "pdf")
        file.write_bytes(publishing.pdf(document, keep=False))
        written.append(file)
    return written


def _consultation(session: Session, slug: str, accounts: tuple[NewAccount, ...]) -> Consultation:
    texts = material.read("consultation")
    stored = store(session, material.questionnaire())
    return consultations.create(
        session,
        slug=slug,
        questionnaire=stored,
        title=dict(material.questionnaire().title.by_language),
        asked_by=texts["asked_by"],
        purpose=texts["purpose"],
        key_holders=[account.user for account in accounts[:2]],
        synthetic=True,
    )


def _signed_in(session: Session, account: NewAccount) -> SignedIn:
    now = datetime.datetime.now(datetime.UTC)
    found = signed_in(session, sign_in(session, account.user.name, account.passphrase, now), now)
    if found is None:
        raise RuntimeError("An account that was just made does not sign in.")
    return found


def _answer(session: Session, consultation: Consultation) -> None:
    """600 synthetic answers, sealed one by one as a member's is, then stirred as at the end of an epoch."""
    flow, layout = flow_of(consultation.questionnaire), layout_of(consultation.questionnaire)
    for answers, language in drawing.drawn_answers(flow, material.read("answers"), OPENED):
        hot, cold = pack(layout, answers, language, secrets.randbits(32), secrets.token_bytes(RECEIPT_BYTES))
        send(session, consultation, secrets.token_bytes(16), hot, cold)
    EPOCHS.stir(consultation.id)
