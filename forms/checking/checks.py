"""What is wrong with a questionnaire as a whole: names, lists, references, expressions, circles, translations."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checking.problems import Problem
from forms.expressions.evaluate import compile_expression
from forms.expressions.parsing import ExpressionProblem, parse, references
from forms.question_types import QUESTION_TYPES, SELECTS
from forms.questionnaire import UNNAMED, Group, Question, Questionnaire, Source, Text
from forms.running.dependencies import dependency_cycle
from forms.xlsform.cells import REFERENCE, is_name
from forms.xlsform.headers import Table
from translations.languages import autonym

_RESERVED = frozenset({"meta"})
_EXPRESSIONS = ("required", "relevant", "constraint", "calculation", "choice_filter")
_TEXTS = ("label", "hint", "constraint_message", "required_message")


def check(questionnaire: Questionnaire, survey: Table, choices: Table) -> Iterator[Problem]:
    """Every problem of the whole; `survey` and `choices` are the tables that it was read from, for missing words."""
    nodes = list(_nodes(questionnaire.children))
    yield from _names(nodes)
    yield from _lists(questionnaire)
    known = {node.name for node in nodes}
    for node in nodes:
        yield from _expressions(node, known)
        yield from _references_in_texts(node, known)
    yield from _references_in_choices(choices, known)
    yield from _calculations(questionnaire)
    yield from _circle(questionnaire)
    yield from _labels(nodes)
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


def _names(nodes: list[Question | Group]) -> Iterator[Problem]:
    """Questions need names of their own in the whole form; a group only beside its neighbours, as in ODK."""
    questions: dict[str, Source] = {}
    paths: dict[str, Source] = {}
    for node in nodes:
        if node.name in _RESERVED:
            yield _at(node.source, "name.reserved", "name", name=node.name)
        elif not is_name(node.name):
            yield _at(node.source, "name.invalid", "name", name=node.name)
        first = paths.setdefault(node.path, node.source)
        if isinstance(node, Question):
            first = first if first is not node.source else questions.setdefault(node.name, node.source)
        if first is not node.source:
            yield _at(node.source, "name.twice", "name", name=node.name, first=str(first.row))


def _lists(questionnaire: Questionnaire) -> Iterator[Problem]:
    for question in questionnaire.questions():
        if question.type not in SELECTS:
            continue
        choices = questionnaire.choices.get(question.list_name)
        if choices is None:
            yield _at(question.source, "list.missing", "type", list=question.list_name)
        elif question.type == "select_multiple":
            for choice in choices:
                if " " in choice.name:
                    values = {"name": choice.name, "question": question.name}
                    yield _at(question.source, "choice.name_spaces", "type", **values)


def _expressions(node: Question | Group, known: set[str]) -> Iterator[Problem]:
    for column in _EXPRESSIONS:
        text = getattr(node, column, "")
        if not text:
            continue
        try:
            compile_expression(text)
            found = references(parse(text))
        except ExpressionProblem as problem:
            yield _at(node.source, "expression.invalid", column, expression=text, reason=str(problem))
            continue
        for name in sorted(found - known):
            yield _at(node.source, "expression.unknown_name", column, name=name)


def _references_in_texts(node: Question | Group, known: set[str]) -> Iterator[Problem]:
    for column in _TEXTS:
        for name in _unknown(getattr(node, column, Text()), known):
            yield _at(node.source, "expression.unknown_name", column, name=name)


def _references_in_choices(choices: Table, known: set[str]) -> Iterator[Problem]:
    for record in choices.records:
        for name in _unknown(record.text("label"), known):
            yield Problem("expression.unknown_name", record.sheet, record.row, "label", {"name": name})


def _unknown(text: Text, known: set[str]) -> list[str]:
    return sorted({name for words in text.by_language.values() for name in REFERENCE.findall(words)} - known)


def _calculations(questionnaire: Questionnaire) -> Iterator[Problem]:
    for question in questionnaire.questions():
        is_computed = question.calculation or "${" in question.default or "(" in question.default
        if question.type == "calculate" and not is_computed:
            yield _at(question.source, "calculation.missing", "calculation", name=question.name)


def _circle(questionnaire: Questionnaire) -> Iterator[Problem]:
    ring = dependency_cycle(questionnaire)
    if ring:
        yield _at(questionnaire.question(ring[0]).source, "expression.cycle", "", names=" → ".join(ring))


def _labels(nodes: list[Question | Group]) -> Iterator[Problem]:
    for node in nodes:
        if isinstance(node, Question) and node.type != "calculate" and not node.label and not node.hint:
            yield _at(node.source, "label.missing", "label", name=node.name)


def _asks(questionnaire: Questionnaire, survey: Table) -> Iterator[Problem]:
    if not survey.records:
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
