"""Which answers depend on which, and the order in which to compute them."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from forms.expressions.parsing import parse
from forms.expressions.syntax import ExpressionProblem, references
from forms.questionnaire import Group, Question, Questionnaire
from forms.running.rules import dynamic_default


def dependency_cycle(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Names of questions that depend on one another in a ring, the first repeated at the end; () when there is none."""
    try:
        _sorter(questionnaire).prepare()
    except CycleError as problem:
        return tuple(problem.args[1])
    return ()


def calculation_order(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Every question after those that its value depends on; raises ExpressionProblem where they form a ring."""
    try:
        return tuple(_sorter(questionnaire).static_order())
    except CycleError as problem:
        ring = " → ".join(problem.args[1])
        raise ExpressionProblem(f"These questions depend on one another: {ring}") from problem


def _sorter(questionnaire: Questionnaire) -> TopologicalSorter[str]:
    walked = list(questionnaire.walk())
    known = {question.name for _, question in walked}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for groups, question in walked:
        sorter.add(question.name, *(name for name in _dependencies(groups, question) if name in known))
    return sorter


def _dependencies(groups: tuple[Group, ...], question: Question) -> list[str]:
    """What the value and the relevance of a question are computed from; never its constraint, which may look at itself.

    A choice filter counts: an answer that the filter no longer offers is no answer.
    """
    texts = (*(group.relevant for group in groups), question.relevant, question.calculation, question.choice_filter)
    found = {name for text in texts for name in _references(text)}
    default = dynamic_default(question.default)
    return sorted(found | (references(default) if default else frozenset()))


def _references(text: str) -> frozenset[str]:
    if not text.strip():
        return frozenset()
    try:
        return references(parse(text))
    except ExpressionProblem:
        return frozenset()  # the checks name it; here it depends on nothing
