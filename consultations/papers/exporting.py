"""One consultation as lines that another installation can take in; they are sealed before they are written anywhere."""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.analysis.models import Release
from consultations.analysis.quotes import bodies
from consultations.fieldwork import interviews
from consultations.fieldwork.case_studies import box, case_studies_of
from consultations.fieldwork.models import CaseStudy
from consultations.fieldwork.passages import passages_of
from consultations.papers import drafting
from consultations.registry.models import Country
from consultations.responses import stored_snapshots
from consultations.responses.models import Epoch, SealedCount, SealedResponse, Snapshot
from consultations.responses.redeemed import opened_counts
from consultations.responses.withdrawals import waiting
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import private_key
from consultations.staff.sign_in import SignedIn

FORMAT = 1
#: What a consultation's line has of it, as its table calls it.
FIELDS = (
    *("slug", "status", "title", "asked_by", "purpose", "languages", "leave_to", "statement", "table_plan"),
    "ladders",
    *(
        "retention_months",
        "synthetic",
        "invited",
        "invitation_quota",
        "imported_answers",
        "opened_on",
        "closed_on",
        "published_on",
    ),
)


def lines(session: Session, consultation: Consultation, by: SignedIn) -> Iterator[bytes]:
    """Each line a JSON object with its kind. Case studies are there whose key `by` holds. Raises NotAKeyHolder."""
    private = private_key(session, consultation.keyring_id, by)
    for kind, value in _everything(session, consultation, by, private):
        yield json.dumps({"kind": kind, **value}, ensure_ascii=False, default=_plain).encode() + b"\n"


def _everything(session: Session, consultation: Consultation, by: SignedIn, private: bytes) -> Iterator[Any]:
    form, number = consultation.questionnaire, consultation.id
    yield "questionnaire", {"content": form.content, "name": form.name, "region_from_code": form.region_from_code}
    fields = {name: getattr(consultation, name) for name in FIELDS}
    yield "consultation", {"format": FORMAT, "id": number, "private_key": private, **fields}
    for epoch in session.scalars(select(Epoch).where(Epoch.consultation_id == number)):
        yield "epoch", {"id": epoch.id, "sealed_key": epoch.sealed_key}
    answers = select(SealedResponse).where(SealedResponse.consultation_id == number).order_by(SealedResponse.id)
    for row in session.scalars(answers.execution_options(yield_per=1000)):
        yield "response", {"id": row.id, "epoch_id": row.epoch_id, "hot": row.hot, "cold": row.cold}
    if session.get(Snapshot, number):
        records = stored_snapshots.read(session, consultation, private, lambda opened: opened.records())
        yield (
            "records",
            {"width": records.hot.shape[1], "hot": records.hot.tobytes(), "places": records.places.tolist()},
        )
        for text in records.texts:
            yield "text", {"of": text}
    for count in session.scalars(select(SealedCount).where(SealedCount.consultation_id == number)):
        rows = opened_counts(private, number, count.id, count.sealed).items()
        yield "count", {"rows": [[*key, times] for key, times in sorted(rows)]}
    yield "withdrawals", {"tags": sorted(waiting(session, number))}
    for quote_id, body in bodies(session, consultation, private):
        yield "quote", {"id": quote_id, "body": body}
    for study in reversed(case_studies_of(session, by, consultation)):
        yield from _case_study(session, study, by)
    for release in session.scalars(select(Release).where(Release.consultation_id == number).order_by(Release.number)):
        yield "release", {"number": release.number, "released_on": release.released_on, "tables": release.tables}
    for paper in reversed(drafting.of_consultation(session, consultation)):
        draft = drafting.opened(paper, private) if paper.sealed_draft else None
        value = {"title": draft.title, "subtitle": draft.subtitle, "blocks": draft.blocks} if draft else None
        yield "paper", {"draft": value, "published": paper.published, "published_on": paper.published_on}


def _case_study(session: Session, study: CaseStudy, by: SignedIn) -> Iterator[Any]:
    region = session.get_one(Country, study.country_code).region
    texts = {code: [each.title, each.text] for code, each in box(session, study, by).items()}
    fields = {"country": study.country_code, "region": region, "retention_months": study.retention_months}
    yield "case_study", {"id": study.id, **fields, "opened_on": study.opened_on, "box": texts}
    for interview in study.interviews:
        yield "interview", {"body": interviews.opened(session, interview, by).to_json()}
        for passage, body in passages_of(session, interview, by):
            yield "passage", {"id": passage.id, "body": body.to_json()}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError
