"""Turns the key of a consultation: whatever is sealed to it, on whichever floor, is sealed again to a new pair."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from consultations.analysis import quotes
from consultations.audit import record
from consultations.fieldwork.case_studies import case_studies_of
from consultations.fieldwork.turning import turn_case_study
from consultations.papers import drafting
from consultations.responses import resealing
from consultations.responses.stirring import wipe
from consultations.rounds.lifecycle import LEAST_KEY_HOLDERS
from consultations.rounds.models import Consultation
from consultations.staff.covering import cover
from consultations.staff.keyrings import grant, holds
from consultations.staff.models import KEYS_ONLY, User
from consultations.staff.sign_in import SignedIn
from consultations.staff.turning import turn

#: Where keys and what was sealed to them lay before a turn, beside what `stirring.wipe` looks after.
_TURNED = (*KEYS_ONLY, "keyrings", "sealed_counts", "quotes", "papers", "case_studies", "interviews", "passages")


def take_from(session: Session, consultation: Consultation, person: User, by: SignedIn, today: datetime.date) -> int:
    """Take the key from `person`, with those of the consultation's case studies that both hold, and turn them.

    `person` may be `by`: giving one's own key up. -> how many did not open under the old keys, and stay as they are.
    Committed when this returns. What `person` has read cannot be unread; what they kept of the disk, too. From here on
    their key opens nothing that is written, but the answers of the running quarter of an hour, for who has both the old
    key and a copy of the disk. Raises NotAKeyHolder, LastHolder, TwoMustHold while the consultation is open.
    """
    least = LEAST_KEY_HOLDERS if consultation.status == "open" else 1
    studies = [
        study for study in case_studies_of(session, by, consultation) if holds(session, study.keyring_id, person)
    ]
    broken = turned(session, consultation, by, today, without=(person,), least=least)
    for study in reversed(studies):
        broken += turn_case_study(session, study, by, today, without=(person,))
    subject = f"{consultation.slug}, from {person.name}"
    record(session, who=by.user.name, what="took the key of", subject=subject, day=today)
    settle(session)
    return broken


def give_to(session: Session, consultation: Consultation, person: User, by: SignedIn, today: datetime.date) -> bool:
    """Give the key to `person`, with those of the consultation's case studies that `by` holds; whether it was needed.

    Nothing is committed here. Raises NotAKeyHolder.
    """
    given = grant(session, consultation.keyring_id, person, by)
    for study in case_studies_of(session, by, consultation):
        grant(session, study.keyring_id, person, by)
    if given:
        subject = f"{consultation.slug}, to {person.name}"
        record(session, who=by.user.name, what="gave the key of", subject=subject, day=today)
    return given


def turned(
    session: Session,
    consultation: Consultation,
    by: SignedIn,
    today: datetime.date,
    without: Iterable[User] = (),
    least: int = 1,
) -> int:
    """A new pair, under which everything is sealed again -> how many did not open. Nothing is committed here.

    What did not open stays as it is, under the key that goes, so that only a backup from before opens it. A turn does
    not wait for it: it takes a key from somebody, and who can damage a row must not be able to stop that. Nothing is
    lost unseen: the pages go on to count it, and a piece of a paper keeps the paper from being published.
    """
    turning = turn(session, consultation.keyring_id, by, without, least=least)
    broken = (
        resealing.resealed(session, consultation, turning)
        + quotes.resealed(session, consultation, turning)
        + drafting.resealed(session, consultation, turning)
    )
    record(session, who=by.user.name, what="turned the key of", subject=consultation.slug, day=today)
    return broken


def make_ready(session: Session, consultation: Consultation, by: SignedIn, today: datetime.date) -> bool:
    """What a holder's work begins with: a key that somebody took along is turned, and the trustees get their copy.

    Whether it was turned. Commits what it changed. Raises NotAKeyHolder, DoesNotOpen.
    """
    turns = consultation.keyring.to_turn
    if turns:
        turned(session, consultation, by, today)
        settle(session)
    if cover(session, consultation.keyring_id, by):
        session.commit()
    return turns


def settle(session: Session) -> None:
    """Commit a turn, and have the database let go of the old copies."""
    session.commit()
    engine = session.get_bind().engine
    wipe(engine)
    if engine.dialect.name == "postgresql":
        _vacuum(engine)


def _vacuum(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in _TURNED:
            connection.exec_driver_sql(f"VACUUM (TRUNCATE FALSE) {table}")
