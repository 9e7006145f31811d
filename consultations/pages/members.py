"""What members see before they answer: languages, open consultations, and what they are promised."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from consultations.errors import NotFound, Problem
from consultations.pages.promise import duration, promise
from consultations.pages.visits import (
    Visit,
    interface_language,
    offered_languages,
    open_consultation,
    staff_words,
    visit,
)
from consultations.pages.web import database, public
from consultations.rounds.consultations import open_now
from consultations.rounds.models import Consultation
from forms.builder import NO_WORDS, Words
from forms.labels import plain
from forms.questionnaire import Questionnaire
from translations.languages import INTERFACE_LANGUAGES

pages = Blueprint("members", __name__)

#: Of a code that was not one, shown again.
LONGEST_TYPED = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """A consultation in a list."""

    address: str
    title: Words
    asked_by: Words


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language to choose; with what the consultation is called in it."""

    code: str
    address: str
    title: Words = NO_WORDS


@pages.get("/")
@public
def start() -> str:
    """Everybody's first page: it can only be in the language that the browser asks for."""
    consultations = open_now(database())
    choices = [LanguageChoice(code, _list_address(code)) for code in _languages(consultations)]
    return render_template(
        "member/languages.html",
        choices=choices,
        open_consultations=_entries(consultations, interface_language()),
        staff_link=True,
    )


@pages.get("/<language>/")
@public
def open_consultations(language: str) -> str:
    consultations = open_now(database())
    if language not in _languages(consultations):
        raise NotFound
    return render_template("member/consultations.html", open_consultations=_entries(consultations, language))


@pages.get("/c/<slug>/")
@public
def choose_language(slug: str) -> str:
    consultation = open_consultation(slug)
    choices = [
        LanguageChoice(code, url_for(".welcome", slug=slug, language=code), staff_words(consultation.title, code))
        for code in offered_languages(consultation)
    ]
    return render_template("member/languages.html", choices=choices, consultation=consultation)


@pages.get("/c/<slug>/<language>/")
@public
def welcome(slug: str, language: str) -> str:
    """Who asks, why, how long it takes, and the promise that was frozen at opening."""
    return welcome_page(visit(slug, language))


def welcome_page(here: Visit, problem: Problem | None = None) -> str:
    """The same once more with what is the matter with the code that was typed."""
    consultation, language = here.consultation, here.language
    return render_template(
        "member/welcome.html",
        consultation=consultation,
        language=language,
        languages=offered_languages(consultation),
        title=staff_words(consultation.title, language),
        asked_by=staff_words(consultation.asked_by, language),
        purpose=staff_words(consultation.purpose, language),
        duration=duration(consultation.statement),
        promise=promise(consultation.statement, _breakdown_labels(here.flow.questionnaire, consultation, language)),
        problem=gettext(problem.message) if problem else "",
        typed=request.form.get("code", "")[:LONGEST_TYPED],
    )


def _entries(consultations: list[Consultation], language: str) -> list[Entry]:
    return [
        Entry(_address(found, language), staff_words(found.title, language), staff_words(found.asked_by, language))
        for found in consultations
    ]


def _address(consultation: Consultation, language: str) -> str:
    """Straight to the welcome page where the language is offered; elsewhere the reader has to choose."""
    if language in offered_languages(consultation):
        return url_for(".welcome", slug=consultation.slug, language=language)
    return url_for(".choose_language", slug=consultation.slug)


def _languages(consultations: list[Consultation]) -> tuple[str, ...]:
    """The interface's languages, and those that only a consultation speaks."""
    spoken = (code for found in consultations for code in offered_languages(found))
    return tuple(dict.fromkeys((*INTERFACE_LANGUAGES, *spoken)))


def _list_address(language: str) -> str:
    return url_for(".open_consultations", language=language)


def _breakdown_labels(form: Questionnaire, consultation: Consultation, language: str) -> list[str]:
    names = consultation.statement.get("breakdowns", ())
    labels = (form.question(name).label.in_language(language) for name in names)
    return [plain(label, lambda _: "…") for label in labels if label]
