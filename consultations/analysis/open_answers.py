"""Open answers that may be quoted, in an order that says nothing of when they came."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy.orm import Session

from consultations.analysis.axes import Records
from consultations.analysis.permission import PERMISSION, Permission, permission_of
from consultations.analysis.regional import REGION
from consultations.errors import NotFound
from consultations.responses.unsealing import open_snapshot
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, questionnaire_of
from consultations.staff.keys import canonical, derived
from forms.packing import LANGUAGE, NO_RECEIPT, RECEIPT, RECEIPT_BYTES, RECORD_KEY, Layout, columns
from forms.question_types import QUESTION_TYPES
from forms.questionnaire import Question, Questionnaire
from forms.running.anonymising import is_never_stored

_REFERENCE_DIGITS = 24


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """One open answer whose writer allows it to be quoted."""

    #: Names it on a page; drawn from the answer and the consultation's key, the same after answers are shuffled again.
    reference: str
    question: str
    text: str = field(repr=False)
    #: BCP 47; '' when it is not known.
    language: str
    #: The name of their region; '' where they did not want it named.
    region: str
    #: What its writer's receipt leads to: quotes take it along, so that they go when the answer is taken back.
    receipt: bytes = field(default=NO_RECEIPT, repr=False)


@dataclass(frozen=True, slots=True)
class OpenAnswers:
    """What a question's open answers offer."""

    quotable: tuple[OpenAnswer, ...]
    #: Answers that their writers did not allow to be quoted, and that are therefore not shown for picking.
    withheld: int


def open_questions(questionnaire: Questionnaire) -> tuple[Question, ...]:
    """The questions that are answered in words, and whose answers are kept."""
    return tuple(
        question
        for question in questionnaire.questions()
        if QUESTION_TYPES[question.type].summary == "text" and not is_never_stored(question)
    )


def asks_permission(questionnaire: Questionnaire) -> bool:
    """Whether respondents were asked; where they were not, nothing can be quoted."""
    return any(question.name == PERMISSION for question in questionnaire.questions())


def open_answers(session: Session, consultation: Consultation, private_key: bytes, question: str) -> OpenAnswers:
    """The question's answers in an order drawn from the key. Raises NotFound, NotUnlocked, DoesNotOpen."""
    questionnaire, layout = questionnaire_of(consultation.questionnaire), layout_of(consultation.questionnaire)
    if question not in {asked.name for asked in open_questions(questionnaire)}:
        raise NotFound
    unsealed = open_snapshot(session, consultation, private_key)
    records = columns(layout, unsealed.hot)
    allowed, regions = _chosen(layout, records, PERMISSION), _chosen(layout, records, REGION)
    key = derived(private_key, "open answers")
    quotable, withheld = [], 0
    for place, text in _texts(unsealed.cold, question):
        permission = permission_of(allowed.get(place, ""))
        if permission is Permission.NONE:
            withheld += 1
            continue
        record_key, language = int(records[RECORD_KEY][place]), int(records[LANGUAGE][place])
        quotable.append(
            OpenAnswer(
                reference=_reference(key, record_key, question, text),
                question=question,
                text=text,
                language=layout.languages[language] if language < len(layout.languages) else "",
                region=regions.get(place, "") if permission is Permission.WITH_REGION else "",
                receipt=bytes(records[RECEIPT][place]).ljust(RECEIPT_BYTES, b"\0"),
            )
        )
    return OpenAnswers(tuple(sorted(quotable, key=lambda answer: answer.reference)), withheld)


def answer_with(answers: OpenAnswers, reference: str) -> OpenAnswer:
    """Raises NotFound."""
    for answer in answers.quotable:
        if answer.reference == reference:
            return answer
    raise NotFound


def _texts(cold: list[dict[str, str]], question: str) -> Iterator[tuple[int, str]]:
    """Every text with the place of its response; one response has several where a repeat asks for them."""
    for place, texts in enumerate(cold):
        for key, written in texts.items():
            text = written.replace("\r\n", "\n").strip()
            if text and key.partition("[")[0] == question:
                yield place, text


def _chosen(layout: Layout, records: Records, name: str) -> Mapping[int, str]:
    """The choice of each answer that made one, by its place."""
    place = layout.coded.get(name)
    if place is None or place.stored_as != "code":
        return {}
    codes = records[place.column]
    return {at: place.choices[code - 1] for at, code in enumerate(codes.tolist()) if code}


def _reference(key: bytes, record_key: int, question: str, text: str) -> str:
    return hmac.new(key, canonical(record_key, question, text), sha256).hexdigest()[:_REFERENCE_DIGITS]
