"""Loads the sample network: a finished consultation with its paper, the one before it, and an open one to try out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from consultations.analysis.figures.indicators import Indicator, save
from consultations.papers import drafting, publishing
from consultations.papers.models import Paper
from consultations.registry.importing import load_countries
from consultations.rounds.models import Consultation
from consultations.sample import material
from consultations.sample.asking import Round, asked, created, opened
from consultations.sample.drawing import shifted
from consultations.sample.fieldwork import load_fieldwork
from consultations.sample.paper import EARLIER, sample_draft
from consultations.sample.quoting import pick_sample_quotes
from consultations.staff import trustees
from consultations.staff.keyrings import private_key
from consultations.staff.sign_in import NewAccount, SignedIn, create_account, sign_in, signed_in

FINISHED, OPEN = "sample", "sample-open"
OPENED, CLOSED, RELEASED = datetime.date(2026, 9, 1), datetime.date(2026, 10, 15), datetime.date(2026, 11, 2)
#: The consultation before was asked two years earlier.
OPENED_BEFORE, CLOSED_BEFORE = datetime.date(2024, 9, 3), datetime.date(2024, 10, 17)
RELEASED_BEFORE = datetime.date(2024, 11, 4)
TARGET_ON = datetime.date(2028, 12, 31)

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
    earlier: Consultation
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
    holders = [account.user for account in accounts[:2]]
    cards = trustees.make(session, OPENED_BEFORE).cards
    trustees.rehearse(session, cards[:2], OPENED_BEFORE)
    policy, consultant = (_signed_in(session, account) for account in (accounts[0], accounts[2]))
    earlier, finished, still_open = (
        created(session, slug, _title(slug), holders) for slug in (EARLIER, FINISHED, OPEN)
    )
    answers, before = material.read("answers"), shifted(material.read("answers"), material.read("earlier"))
    asked(session, earlier, Round(OPENED_BEFORE, CLOSED_BEFORE, RELEASED_BEFORE, before), policy)
    trustees.rehearse(session, cards[:2], OPENED)
    asked(session, finished, Round(OPENED, CLOSED, RELEASED, answers), policy)
    opened(session, still_open, policy.user.name, RELEASED)
    load_fieldwork(session, finished, consultant, CLOSED)
    pick_sample_quotes(session, finished, private_key(session, finished.keyring_id, policy))
    paper = drafting.new_paper(session, finished, sample_draft(session, finished, policy))
    publishing.publish(session, paper, finished, policy, RELEASED)
    drafting.new_paper(session, finished, sample_draft(session, finished, policy))
    _watch(session, policy)
    session.commit()
    return Sample(accounts, cards, earlier, finished, still_open, paper, policy)


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


def _title(slug: str) -> Mapping[str, str]:
    if slug == EARLIER:
        titles: dict[str, str] = material.read("earlier")["title"]
        return titles
    return material.questionnaire().title.by_language


def _watch(session: Session, policy: SignedIn) -> None:
    """The sample's indicators, with baselines of the day on which the earlier consultation closed."""
    days = {"baseline_on": CLOSED_BEFORE, "target_on": TARGET_ON}
    for values in material.read("indicators")["indicators"]:
        save(session, Indicator(), {**values, **days}, who=policy.user.name, today=RELEASED)


def _signed_in(session: Session, account: NewAccount) -> SignedIn:
    now = datetime.datetime.now(datetime.UTC)
    found = signed_in(session, sign_in(session, account.user.name, account.passphrase, now), now)
    if found is None:
        raise RuntimeError("An account that was just made does not sign in.")
    return found
