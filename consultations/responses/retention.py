"""Destroys answers when the time that was promised to respondents is over."""

from __future__ import annotations

import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

import consultations.responses.importing  # noqa: F401 - a table of it goes with the answers
from consultations.responses.drafts import drop_expired
from consultations.rounds.models import Consultation
from consultations.rounds.months import months_after
from consultations.staff import keyrings, shredding
from consultations.staff.certificates import ANSWERS, Certificate, certify

#: What holds answers, or leads to them: what refers to another comes first. By name, as quotes stand on a floor above.
HOLDING_ANSWERS = (
    "sealed_responses",
    "epochs",
    "sent_hashes",
    "imported_files",
    "sealed_counts",
    "snapshot_keys",
    "snapshot_parts",
    "snapshots",
    "drafts",
    "withdrawals",
    "quotes",
    "invitations",
)
#: What belongs to a consultation and stays: released tables and published papers are public and final, what was tried
#: on tables before (`gate_runs`) has no figure of anybody, quotas are numbers of codes, case studies have a time of
#: their own. Drafts of papers: `papers.ending`.
STAYING = ("releases", "gate_runs", "papers", "invitation_quotas", "case_studies")


def ends_on(consultation: Consultation) -> datetime.date | None:
    """The first day on which nothing may be left; None while it is not closed."""
    if consultation.closed_on is None:
        return None
    return months_after(consultation.closed_on, consultation.retention_months)


def expired(session: Session, today: datetime.date) -> list[Consultation]:
    """Consultations whose time is over and whose key is still there."""
    closed = select(Consultation).where(Consultation.closed_on.is_not(None)).order_by(Consultation.id)
    return [each for each in session.scalars(closed) if _is_over(each, today) and _is_held(session, each)]


def destroy_answers(session: Session, consultation: Consultation, today: datetime.date) -> Certificate | None:
    """Delete its answers and every copy of the key that opened them; None when somebody was faster.

    Without the key (crypto-shredding) what a backup still holds opens no more. Released tables and papers stay.
    """
    keyrings.lock(session, consultation.keyring_id)  # whoever runs at the same time waits here, and finds no key
    if not _is_held(session, consultation):
        return None
    rows = delete_answers(session, consultation) | shredding.destroyed_key(session, consultation.keyring_id)
    return certify(session, ANSWERS, consultation.slug, rows, today)


def delete_answers(session: Session, consultation: Consultation) -> dict[str, int]:
    """Delete the rows of `HOLDING_ANSWERS` -> how many there were, by table."""
    rows = {}
    for name in HOLDING_ANSWERS:
        table = Consultation.metadata.tables[name]
        rows[name] = shredding.deleted(session, table, table.c.consultation_id == consultation.id)
    return rows


def destroy_expired(session: Session, today: datetime.date) -> list[str]:
    """`destroy_answers` of every consultation whose time is over -> slugs; and saved drafts whose days are over."""
    drop_expired(session, today)
    done = [(each.slug, destroy_answers(session, each, today)) for each in expired(session, today)]
    return [slug for slug, certificate in done if certificate]


def _is_over(consultation: Consultation, today: datetime.date) -> bool:
    last = ends_on(consultation)
    return last is not None and today >= last


def _is_held(session: Session, consultation: Consultation) -> bool:
    """Whether there is still a key to destroy; a consultation is destroyed, and certified, once."""
    return keyrings.is_held(session, consultation.keyring_id)
