"""The consultation that a member's address names, in the language that it names."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, current_app
from flask_babel import get_locale

from consultations.errors import N_, NotFound
from consultations.pages.web import database
from consultations.responses.answering import ConsultationClosed
from consultations.responses.page_state import Place
from consultations.rounds.consultations import ConsultationNotFound, by_slug
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import flow_of
from forms.builder import Words, words
from forms.questionnaire import UNNAMED, Text
from forms.running.flow import Flow
from translations.languages import INTERFACE_LANGUAGES


class NotOpenYet(NotFound):
    message = N_("This consultation has not opened yet.")


#: How long a process takes an open consultation for open without asking: the query was a third of a page's work. *Send*
#: asks each time.
KEPT_SECONDS = 1.0
#: The consultation, its form ready to run, and until when it is taken for open.
_Known = tuple[Consultation, Flow, float]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to an open consultation."""

    #: Read only, and of no session: requests share it.
    consultation: Consultation
    flow: Flow
    #: The language of the questionnaire's texts; the interface may lack it.
    language: str

    @property
    def place(self) -> Place:
        return Place(self.consultation.id, self.consultation.questionnaire.version)


def visit(slug: str, language: str) -> Visit:
    """Raises ConsultationNotFound (for a language that it is not published in, too), NotOpenYet, ConsultationClosed."""
    consultation, flow = _open_now(slug)
    if language not in offered_languages(consultation):
        raise ConsultationNotFound
    return Visit(consultation, flow, language)


def open_consultation(slug: str) -> Consultation:
    """Raises ConsultationNotFound, NotOpenYet, ConsultationClosed."""
    return _open_now(slug)[0]


def forget(slug: str) -> None:
    """Ask the database at the next visit: the consultation has changed."""
    _kept().pop(slug, None)


def visit_without_asking(app: Flask, slug: str, language: str) -> Visit | None:
    """The visit, where the database was asked a moment ago; None where `visit` has to ask, or to refuse."""
    consultation, flow, ends = _kept_by(app).get(slug, (None, None, 0.0))
    if consultation is None or flow is None or time.monotonic() >= ends:
        return None
    return Visit(consultation, flow, language) if language in offered_languages(consultation) else None


def _open_now(slug: str) -> tuple[Consultation, Flow]:
    consultation, flow, ends = _kept().get(slug, (None, None, 0.0))
    if consultation is None or flow is None or time.monotonic() >= ends:
        consultation = by_slug(database(), slug)
        if consultation.status == "draft":
            raise NotOpenYet
        if consultation.status != "open":
            forget(slug)
            raise ConsultationClosed
        flow = flow_of(consultation.questionnaire)
        database().expunge(consultation)
        database().expunge(consultation.questionnaire)
        _kept()[slug] = (consultation, flow, time.monotonic() + KEPT_SECONDS)
    return consultation, flow


def _kept() -> dict[str, _Known]:
    return _kept_by(current_app)


def _kept_by(app: Flask) -> dict[str, _Known]:
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
