"""One consultation as lines that another installation can take in; they are sealed before they are written anywhere."""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.analysis.models import Quote, Release
from consultations.analysis.quotes import bodies
from consultations.fieldwork import interviews
from consultations.fieldwork.bodies import InterviewBody
from consultations.fieldwork.case_studies import CaseStudyBox, box_of, case_studies_of
from consultations.fieldwork.models import CaseStudy, Interview, Passage
from consultations.fieldwork.passages import Marked, passages_of
from consultations.papers import drafting
from consultations.papers.models import Paper
from consultations.registry.models import Country
from consultations.responses import stored_snapshots
from consultations.responses.coverage import redeemed_counts
from consultations.responses.models import Epoch, SealedCount, SealedResponse, Snapshot
from consultations.responses.redeemed import Counts
from consultations.responses.withdrawals import waiting
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import private_key
from consultations.staff.several import Several, open_each
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
    for kind, value in _everything(session, consultation, private, _pieces(session, consultation, by, private)):
        yield json.dumps({"kind": kind, **value}, ensure_ascii=False, default=_plain).encode() + b"\n"


def left_out(session: Session, consultation: Consultation, by: SignedIn) -> int:
    """How many sealed pieces beside answers do not open, and so will not be in the lines. Raises NotAKeyHolder."""
    return _pieces(session, consultation, by, private_key(session, consultation.keyring_id, by)).left_out


@dataclass(frozen=True, slots=True)
class _Study:
    row: CaseStudy
    boxes: Several[CaseStudy, CaseStudyBox]
    interviews: Several[Interview, tuple[InterviewBody, Several[Passage, Marked]]]

    @property
    def left_out(self) -> int:
        passages = sum(marked.refused for _, marked in self.interviews.opened)
        return self.boxes.refused + self.interviews.refused + passages


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Everything sealed but answers, opened before a line is written: one of the first says how much is missing."""

    counts: Several[SealedCount, Counts]
    quotes: Several[Quote, tuple[bytes, dict[str, Any]]]
    drafts: Several[Paper, tuple[Paper, drafting.Draft]]
    studies: list[_Study]

    @property
    def left_out(self) -> int:
        return sum(each.refused for each in (self.counts, self.quotes, self.drafts)) + sum(
            study.left_out for study in self.studies
        )


def _pieces(session: Session, consultation: Consultation, by: SignedIn, private: bytes) -> _Pieces:
    def opened(interview: Interview) -> tuple[InterviewBody, Several[Passage, Marked]]:
        return interviews.opened(session, interview, by), passages_of(session, interview, by)

    return _Pieces(
        counts=redeemed_counts(session, consultation, private),
        quotes=bodies(session, consultation, private),
        drafts=drafting.drafts_of(session, consultation, private),
        studies=[
            _Study(study, box_of(session, study, by), open_each("interviews", study.interviews, opened))
            for study in reversed(case_studies_of(session, by, consultation))
        ],
    )


def _everything(session: Session, consultation: Consultation, private: bytes, pieces: _Pieces) -> Iterator[Any]:
    form, number = consultation.questionnaire, consultation.id
    yield "questionnaire", {"content": form.content, "name": form.name, "region_from_code": form.region_from_code}
    fields = {name: getattr(consultation, name) for name in FIELDS}
    yield (
        "consultation",
        {
            "format": FORMAT,
            "id": number,
            "private_key": private,
            "left_out": pieces.left_out,
            **fields,
        },
    )
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
    for counts in pieces.counts.opened:
        yield "count", {"rows": [[*key, times] for key, times in sorted(counts.items())]}
    yield "withdrawals", {"tags": sorted(waiting(session, number))}
    for quote_id, body in pieces.quotes.opened:
        yield "quote", {"id": quote_id, "body": body}
    for study in pieces.studies:
        yield from _case_study(session, study)
    for release in session.scalars(select(Release).where(Release.consultation_id == number).order_by(Release.number)):
        yield "release", {"number": release.number, "released_on": release.released_on, "tables": release.tables}
    yield from _papers(drafting.of_consultation(session, consultation), dict(pieces.drafts.opened))


def _papers(papers: list[Paper], drafts: Mapping[Paper, drafting.Draft]) -> Iterator[Any]:
    for paper in reversed(papers):
        draft = drafts.get(paper)
        if draft is None and not paper.published:
            continue  # it would be a paper of which nothing is there
        value = {"title": draft.title, "subtitle": draft.subtitle, "blocks": draft.blocks} if draft else None
        yield "paper", {"draft": value, "published": paper.published, "published_on": paper.published_on}


def _case_study(session: Session, found: _Study) -> Iterator[Any]:
    study, box = found.row, found.boxes.opened[0].by_language if found.boxes.opened else {}
    region = session.get_one(Country, study.country_code).region
    texts = {code: [each.title, each.text] for code, each in box.items()}
    fields = {"country": study.country_code, "region": region, "retention_months": study.retention_months}
    yield "case_study", {"id": study.id, **fields, "opened_on": study.opened_on, "box": texts}
    for interview, marked in found.interviews.opened:
        yield "interview", {"body": interview.to_json()}
        for passage, body in marked.opened:
            yield "passage", {"id": passage.id, "body": body.to_json()}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError
