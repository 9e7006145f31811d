"""The consultation that a member's address names, in the language that it names."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, current_app
from flask_babel import get_locale

from consultations.errors import N_, NotFound
from consultations.pages.web import database
from consultations.responses.answering import ConsultationClosed
from consultations.responses.page_state import Place, likely_words
from consultations.rounds.consultations import ConsultationNotFound, by_slug
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import flow_of
from forms.builder import Words, words
from forms.question_types import is_asked
from forms.questionnaire import UNNAMED, Text
from forms.running.flow import Flow
from translations.languages import INTERFACE_LANGUAGES


class NotOpenYet(NotFound):
    message = N_("This consultation has not opened yet.")


#: How long a process takes an open consultation for open without asking: the query was a third of a page's work. *Send*
#: asks each time.
KEPT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to an open consultation."""

    #: Read only, and of no session: requests share it.
    consultation: Consultation
    flow: Flow
    #: Where the state of its pages belongs.
    place: Place
    #: The language of the questionnaire's texts; the interface may lack it.
    language: str


@dataclass(frozen=True, slots=True)
class _Known:
    """An open consultation with its form ready to run, and until when it is taken for open."""

    consultation: Consultation
    flow: Flow
    place: Place
    languages: frozenset[str]
    ends: float

    def visit(self, language: str) -> Visit | None:
        """None for a language that it is not published in."""
        if language not in self.languages:
            return None
        return Visit(self.consultation, self.flow, self.place, language)


def visit(slug: str, language: str) -> Visit:
    """Raises ConsultationNotFound (for a language that it is not published in, too), NotOpenYet, ConsultationClosed."""
    found = _open_now(slug).visit(language)
    if found is None:
        raise ConsultationNotFound
    return found


def open_consultation(slug: str) -> Consultation:
    """Raises ConsultationNotFound, NotOpenYet, ConsultationClosed."""
    return _open_now(slug).consultation


def forget(slug: str) -> None:
    """Ask the database at the next visit: the consultation has changed."""
    _kept(current_app).pop(slug, None)


def visit_without_asking(app: Flask, slug: str, language: str) -> Visit | None:
    """The visit, where the database was asked a moment ago; None where `visit` has to ask, or to refuse."""
    known = _kept(app).get(slug)
    return known.visit(language) if known is not None and time.monotonic() < known.ends else None


def _open_now(slug: str) -> _Known:
    known = _kept(current_app).get(slug)
    if known is None or time.monotonic() >= known.ends:
        known = _kept(current_app)[slug] = _looked_up(slug)
    return known


def _looked_up(slug: str) -> _Known:
    consultation = by_slug(database(), slug)
    if consultation.status == "draft":
        raise NotOpenYet
    if consultation.status != "open":
        forget(slug)
        raise ConsultationClosed
    flow = flow_of(consultation.questionnaire)
    database().expunge(consultation)
    database().expunge(consultation.questionnaire)
    place = place_of(consultation, flow)
    languages = frozenset(offered_languages(consultation))
    return _Known(consultation, flow, place, languages, time.monotonic() + KEPT_SECONDS)


def place_of(consultation: Consultation, flow: Flow) -> Place:
    return Place(consultation.id, consultation.questionnaire.version, _dictionary(flow))


@lru_cache(maxsize=64)
def _dictionary(flow: Flow) -> bytes:
    choices = flow.questionnaire.choices
    return likely_words(
        (question.name, (choice.name for choice in choices.get(question.list_name, ())))
        for question in flow.questionnaire.questions()
        if is_asked(question)
    )


def _kept(app: Flask) -> dict[str, _Known]:
    """Of this process and this application; there are as many as consultations are open."""
    kept: dict[str, _Known] = app.extensions.setdefault("open_consultations", {})
    return kept


def offered_languages(consultation: Consultation) -> tuple[str, ...]:
    """What a member can choose from; a form that names no language is asked in each of the interface's."""
    return tuple(code for code in consultation.languages if code != UNNAMED) or INTERFACE_LANGUAGES


def interface_language() -> str:
    """The language of everything on the page that is ours."""
    return str(get_locale() or "en")


def staff_words(texts: Mapping[str, str], language: str) -> Words:
    """What staff wrote about a consultation, for a reader of `language`."""
    return words(Text(texts), language, interface_language())
