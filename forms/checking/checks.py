"""What is wrong with a questionnaire as a whole: lists, references, circles, labels, translations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.checking.identifying import asks_who
from forms.checking.problems import Problem
from forms.checking.references import check_choice_texts, check_references, names_of
from forms.checking.suggestions import Guesses
from forms.expressions.defaults import looks_dynamic
from forms.question_types import QUESTION_TYPES, SELECTS
from forms.questionnaire import UNNAMED, Group, Question, Questionnaire, Source
from forms.running.dependencies import dependency_ring
from forms.xlsform.headers import Table
from translations.languages import autonym

#: Nobody sees them, so that they need no label.
_UNSEEN = frozenset({"calculate", "hidden"})
#: `media::image`, `image::English (en)`, `audio`.
_MEDIA = re.compile(r"(?:media\s*::?\s*)?(?:big-)?(?:image|audio|video)(?:\s*::?.*)?", re.IGNORECASE)


def check(questionnaire: Questionnaire, survey: Table, choices: Table) -> Iterator[Problem]:
    """Every problem of the whole; `survey` and `choices` are the tables that it was read from, for missing words."""
    nodes = list(_nodes(questionnaire.children))
    names = names_of(questionnaire, survey)
    for node in nodes:
        yield from check_references(node, names)
        if isinstance(node, Question):
            yield from _list(node, questionnaire, names.guesses)
            yield from _calculation(node)
            yield from _label(node)
    yield from check_choice_texts(choices, names)
    yield from _circle(questionnaire)
    yield from _asks(questionnaire, survey)
    for table in (survey, choices):
        yield from _translations(table, questionnaire.languages)


def _nodes(children: tuple[Question | Group, ...]) -> Iterator[Question | Group]:
    for node in children:
        yield node
        if isinstance(node, Group):
            yield from _nodes(node.children)


def _at(source: Source, code: str, column: str, **values: str) -> Problem:
    return Problem(code, source.sheet, source.row, column, values)


def _list(question: Question, questionnaire: Questionnaire, guesses: Guesses) -> Iterator[Problem]:
    if question.type not in SELECTS or question.list_name.startswith("${"):
        return
    choices = questionnaire.choices.get(question.list_name)
    if choices is None:
        guess = guesses.nearest(question.list_name, questionnaire.choices)
        values = {"list": question.list_name, **({"guess": guess} if guess else {})}
        yield _at(question.source, "list.misspelt" if guess else "list.missing", "type", **values)
    elif question.type == "select_multiple":
        for choice in choices:
            if " " in choice.name:
                values = {"name": choice.name, "question": question.name}
                yield _at(question.source, "choice.name_spaces", "type", **values)


def _calculation(question: Question) -> Iterator[Problem]:
    is_computed = question.calculation or looks_dynamic(question.default, question.type)
    if question.type == "calculate" and not is_computed:
        yield _at(question.source, "calculation.missing", "calculation", name=question.name)


def _label(question: Question) -> Iterator[Problem]:
    if asks_who(question):
        yield _at(question.source, "label.identifying", "label", name=question.name)
    is_computed = bool(question.calculation or question.trigger)
    # A select with the appearance `label` only shows its choices, as the head of a table.
    is_silent = question.type in _UNSEEN or is_computed or question.appearance == "label"
    if question.label or question.hint or is_silent:
        return
    has_media = any(_MEDIA.fullmatch(heading.strip()) for heading in question.extra)
    yield _at(question.source, "label.not_words" if has_media else "label.missing", "label", name=question.name)


def _circle(questionnaire: Questionnaire) -> Iterator[Problem]:
    ring = dependency_ring(questionnaire)
    if ring:
        told = " → ".join(f"{node.path.rsplit('/', 1)[-1]} ({node.source.row})" for node in ring)
        yield _at(ring[0].source, "expression.cycle", "", names=told)


def _asks(questionnaire: Questionnaire, survey: Table) -> Iterator[Problem]:
    if not survey.headings:
        yield Problem("form.empty", survey.name)
    elif not any(QUESTION_TYPES[question.type].asked for question in questionnaire.questions()):
        yield Problem("form.asks_nothing", survey.name)


def _translations(table: Table, languages: tuple[str, ...]) -> Iterator[Problem]:
    """One notice for each language that lacks words which another language has."""
    for language in languages:
        if language == UNNAMED:
            continue
        lacking = [
            (record.row, column)
            for record in table.records
            for column, text in record.texts.items()
            if set(text.by_language) - {UNNAMED} and language not in text.by_language
        ]
        if lacking:
            row, column = lacking[0]
            values = {"count": str(len(lacking)), "language": autonym(language)}
            place = f"{column}::{autonym(language)} ({language})"
            yield Problem("translation.missing", table.name, row, place, {**values, "column": place})
