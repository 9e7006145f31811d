"""Takes in a consultation that left another installation: everything is sealed again, in one pass, to a key of here."""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consultations.analysis.models import Release
from consultations.analysis.quotes import keep
from consultations.errors import N_, Problem
from consultations.fieldwork import interviews, passages
from consultations.fieldwork.bodies import InterviewBody, PassageBody
from consultations.fieldwork.case_studies import BoxText, open_case_study, write_box
from consultations.fieldwork.models import CaseStudy, Interview
from consultations.papers.answers_moved import AnswersMoved
from consultations.papers.drafting import Draft, new_paper
from consultations.papers.exporting import FIELDS, FORMAT
from consultations.papers.models import Paper
from consultations.registry.models import Country
from consultations.responses import stored_snapshots, withdrawals
from consultations.responses.models import SealedCount
from consultations.responses.redeemed import Redeemed, sealed_counts
from consultations.responses.snapshots import records_of
from consultations.rounds.consultations import SlugTaken
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.staff.keyrings import new_keyring, public_key
from consultations.staff.sign_in import SignedIn
from forms.storing import from_json

_DAYS = ("opened_on", "closed_on", "published_on")
#: What exports of earlier versions do not have: its value for a consultation of that time.
_SINCE: Mapping[str, Any] = MappingProxyType({"ladders": {}, "imported_answers": 0, "left_out": 0})


class NotUnderstood(Problem):
    status = 422
    message = N_("This export was written by a version that this one does not understand. Bring this one up to date.")


@dataclass(slots=True)
class _Arriving:
    """What is known of the consultation so far; lines come in the order in which `exporting.lines` gives them."""

    session: Session
    by: SignedIn
    slug: str
    stored: Any = None
    consultation: Any = None
    answers: Any = None
    records: dict[str, Any] | None = None
    texts: list[bytes] = field(default_factory=list)
    case_study: CaseStudy | None = None
    interview: Interview | None = None
    left_out: int = 0
    #: What blocks of drafts name by another number now: quotes and case studies.
    renamed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arrived:
    consultation: Consultation
    #: Answers that did not open where they came from either, and were left out.
    refused: int
    #: Quotes, interviews, passages, boxes, drafts and counts of codes that did not open when they were to be exported.
    left_out: int = 0


def take_in(session: Session, content: Iterable[bytes], by: SignedIn, slug: str = "") -> Arrived:
    """The consultation as one of this installation, whose only holder is `by`; under `slug` where one is given.

    Nothing is committed here: the content may turn out to be cut at its end. Raises SlugTaken, NotUnderstood.
    """
    work = _Arriving(session, by, slug)
    for line in _lines(content):
        value = json.loads(line)
        if value["kind"] not in _KINDS:
            raise NotUnderstood
        _KINDS[value["kind"]](work, value)
    if work.consultation is None:
        raise NotUnderstood
    _write_records(work)
    session.flush()
    return Arrived(work.consultation, work.answers.refused, work.left_out)


def _lines(content: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in content:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole


def _questionnaire(work: _Arriving, value: dict[str, Any]) -> None:
    work.stored = store(work.session, from_json(value["content"]), region_from_code=value["region_from_code"])


def _consultation(work: _Arriving, value: dict[str, Any]) -> None:
    if value["format"] != FORMAT:
        raise NotUnderstood
    value = {**_SINCE, **value}
    work.left_out = value["left_out"]
    fields = {name: value[name] for name in FIELDS} | {name: _day(value[name]) for name in _DAYS}
    fields["slug"] = work.slug or fields["slug"]
    if work.session.scalars(select(Consultation.id).where(Consultation.slug == fields["slug"])).first() is not None:
        raise SlugTaken
    keyring = new_keyring(work.session, [work.by.user])
    work.consultation = Consultation(questionnaire=work.stored, keyring=keyring, **fields)
    work.session.add(work.consultation)
    work.session.flush()
    work.answers = AnswersMoved(work.session, work.consultation, value["id"], _bytes(value["private_key"]))


def _epoch(work: _Arriving, value: dict[str, Any]) -> None:
    work.answers.epoch(_bytes(value["id"]), _bytes(value["sealed_key"]))


def _response(work: _Arriving, value: dict[str, Any]) -> None:
    work.answers.answer(*(_bytes(value[name]) for name in ("id", "epoch_id", "hot", "cold")))


def _records(work: _Arriving, value: dict[str, Any]) -> None:
    work.records = value


def _text(work: _Arriving, value: dict[str, Any]) -> None:
    work.texts.append(_bytes(value["of"]))


def _write_records(work: _Arriving) -> None:
    if work.records is not None:
        value = work.records
        records = records_of(_bytes(value["hot"]), value["width"], value["places"], work.texts)
        stored_snapshots.write(work.session, work.consultation, records)


def _count(work: _Arriving, value: dict[str, Any]) -> None:
    redeemed = [Redeemed(b"", region, language) for region, language, times in value["rows"] for _ in range(times)]
    public = public_key(work.session, work.consultation.keyring_id)
    work.session.execute(insert(SealedCount), sealed_counts(public, work.consultation.id, redeemed))


def _withdrawals(work: _Arriving, value: dict[str, Any]) -> None:
    withdrawals.put_back(work.session, work.consultation.id, [_bytes(tag) for tag in value["tags"]])


def _quote(work: _Arriving, value: dict[str, Any]) -> None:
    kept = keep(work.session, work.consultation, value["body"])
    work.renamed[_bytes(value["id"]).hex()] = kept.id.hex()


def _case_study(work: _Arriving, value: dict[str, Any]) -> None:
    if work.session.get(Country, value["country"]) is None:
        work.session.add(Country(code=value["country"], region=value["region"]))
        work.session.flush()
    opened_on = datetime.date.fromisoformat(value["opened_on"])
    months = {"today": opened_on, "retention_months": value["retention_months"]}
    study = open_case_study(work.session, work.consultation, value["country"], work.by, **months)
    write_box(work.session, study, {code: BoxText(*each) for code, each in value["box"].items()}, work.by)
    work.case_study, work.renamed[str(value["id"])] = study, str(study.id)


def _interview(work: _Arriving, value: dict[str, Any]) -> None:
    assert work.case_study is not None  # noqa: S101 - its line comes before
    body = InterviewBody.from_json(value["body"])
    work.interview = interviews.log_interview(work.session, work.case_study, body, work.by)


def _passage(work: _Arriving, value: dict[str, Any]) -> None:
    assert work.interview is not None  # noqa: S101 - its line comes before
    body = PassageBody.from_json(value["body"])
    transcript = interviews.opened(work.session, work.interview, work.by).transcript
    made = passages.mark(work.session, work.interview, transcript, body.span, body.theme, work.by)
    passages.translate(work.session, work.interview, made, dict(body.translations), work.by)
    work.renamed[_bytes(value["id"]).hex()] = made.id.hex()


def _release(work: _Arriving, value: dict[str, Any]) -> None:
    released_on = datetime.date.fromisoformat(value["released_on"])
    fields = {"number": value["number"], "released_on": released_on, "tables": value["tables"]}
    work.session.add(Release(consultation_id=work.consultation.id, **fields))


def _paper(work: _Arriving, value: dict[str, Any]) -> None:
    if value["draft"] is None:
        paper = Paper(consultation_id=work.consultation.id, sealed_draft=b"")
        work.session.add(paper)
    else:
        blocks = [_renamed(work, block) for block in value["draft"]["blocks"]]
        paper = new_paper(work.session, work.consultation, Draft(**{**value["draft"], "blocks": blocks}))
    paper.published, paper.published_on = value["published"], _day(value["published_on"])


def _renamed(work: _Arriving, block: dict[str, Any]) -> dict[str, Any]:
    names: list[str] = [name for name in ("quote", "case_study") if name in block]
    changed = {name: work.renamed.get(block[name], block[name]) for name in names}
    return {**block, **changed}


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


_KINDS = {
    "questionnaire": _questionnaire,
    "consultation": _consultation,
    "epoch": _epoch,
    "response": _response,
    "records": _records,
    "text": _text,
    "count": _count,
    "withdrawals": _withdrawals,
    "quote": _quote,
    "case_study": _case_study,
    "interview": _interview,
    "passage": _passage,
    "release": _release,
    "paper": _paper,
}
