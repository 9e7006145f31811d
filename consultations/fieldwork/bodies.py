"""What is inside the seals of fieldwork: interviews and passages as frozen values, to JSON and back."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consultations.fieldwork.consent import Consent
from consultations.fieldwork.sentences import Span
from consultations.fieldwork.transcripts import Replacement

TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class Step:
    """One replacing of names: which pseudonym stands for which name, and every place, by text (see `texts`)."""

    pseudonyms: Mapping[str, str]
    places: Mapping[str, tuple[Replacement, ...]]


@dataclass(frozen=True, slots=True)
class InterviewBody:
    """An interview, without anything that says when it was."""

    #: Who was asked, a key of `consent.ROLES`, and who asked, a key of `consent.ASKERS`.
    role: str
    asked_by: str
    language: str
    consent: Consent
    #: Guide question -> what was said to it.
    notes: Mapping[str, str]
    transcript: str
    #: How to take replaced names back; empty once the interview is finished.
    steps: tuple[Step, ...] = ()
    finished: bool = False
    #: The code on the slip that whoever was asked took along; '' where it was logged before there were slips.
    reference: str = ""

    def texts(self) -> dict[str, str]:
        """Every text in which a name may stand: the transcript and the notes, by guide question."""
        return {TRANSCRIPT: self.transcript, **self.notes}

    def with_texts(self, texts: Mapping[str, str]) -> InterviewBody:
        notes = {question: text for question, text in texts.items() if question != TRANSCRIPT}
        return dataclasses.replace(self, notes=notes, transcript=texts[TRANSCRIPT])

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> InterviewBody:
        consent = Consent(**stored["consent"])
        return InterviewBody(**{**stored, "consent": consent, "steps": tuple(map(_step, stored["steps"]))})


@dataclass(frozen=True, slots=True)
class PassageBody:
    """A marked passage: where it stands in the transcript, its theme, and its words in other languages."""

    span: Span
    theme: str
    translations: Mapping[str, str]
    #: The mark was taken away and can still be put back: see `passages.unmark`.
    removed: bool = False

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> PassageBody:
        return PassageBody(**{**stored, "span": Span(**stored["span"])})


def tidy(text: str) -> str:
    """A text as it is kept: line ends as `\\n`, letters composed (Unicode NFC), so é is found however it was typed."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _step(stored: Mapping[str, Any]) -> Step:
    places = {name: tuple(map(_replacement, made)) for name, made in stored["places"].items()}
    return Step(stored["pseudonyms"], places)


def _replacement(stored: Mapping[str, Any]) -> Replacement:
    return Replacement(Span(**stored["span"]), stored["original"], stored["pseudonym"])
