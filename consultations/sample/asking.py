"""One consultation of the sample: asked, answered, closed, unlocked and released the same way as for real answers."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from consultations.analysis.plans import opening
from consultations.analysis.releases.releasing import release
from consultations.responses.answering import drop_sent_hashes, send
from consultations.responses.epochs import EPOCHS
from consultations.responses.unsealing import unlock
from consultations.rounds import consultations
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import flow_of, layout_of, store
from consultations.sample import drawing, material
from consultations.staff.keyrings import private_key
from consultations.staff.models import User
from consultations.staff.sign_in import SignedIn
from forms.packing import RECEIPT_BYTES, pack


@dataclass(frozen=True, slots=True)
class Round:
    """When a consultation was asked, and the shares that its answers are drawn by, as `answers.json` has them."""

    opened: datetime.date
    closed: datetime.date
    released: datetime.date
    answers: Mapping[str, Any]


def created(session: Session, slug: str, title: Mapping[str, str], holders: list[User]) -> Consultation:
    """A draft of the sample questionnaire; its content is stored once."""
    texts = material.read("consultation")
    return consultations.create(
        session,
        slug=slug,
        questionnaire=store(session, material.questionnaire()),
        title=dict(title),
        asked_by=texts["asked_by"],
        purpose=texts["purpose"],
        key_holders=holders,
        synthetic=True,
    )


def opened(session: Session, consultation: Consultation, who: str, day: datetime.date) -> None:
    opening.open_to_members(session, consultation, who=who, today=day, onion_address="")
    session.commit()


def asked(session: Session, consultation: Consultation, when: Round, policy: SignedIn) -> None:
    """From opening to the release of its tables; `policy` holds its key."""
    who = policy.user.name
    opened(session, consultation, who, when.opened)
    _answer(session, consultation, when)
    consultations.close(session, consultation, who=who, today=when.closed)
    drop_sent_hashes(session, consultation)
    session.commit()
    key = private_key(session, consultation.keyring_id, policy)
    unlock(session, consultation, key, layout_of(consultation.questionnaire))
    release(session, consultation, key, when.released)


def _answer(session: Session, consultation: Consultation, when: Round) -> None:
    """Synthetic answers, sealed one by one as a member's is, then stirred as at the end of an epoch."""
    flow, layout = flow_of(consultation.questionnaire), layout_of(consultation.questionnaire)
    for answers, language in drawing.drawn_answers(flow, when.answers, when.opened):
        hot, cold = pack(layout, answers, language, secrets.randbits(32), secrets.token_bytes(RECEIPT_BYTES))
        send(session, consultation, secrets.token_bytes(16), hot, cold)
    EPOCHS.stir(consultation.id)
