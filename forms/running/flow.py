"""A questionnaire in motion: what is relevant now, what comes next, how far along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from random import Random
from types import MappingProxyType

from forms.expressions.context import Context
from forms.expressions.values import MAX_TEXT, Value, to_boolean, to_text
from forms.question_types import SELECTS, is_asked
from forms.questionnaire import Questionnaire
from forms.running.dependencies import calculation_order, dependency_cycle
from forms.running.rules import Rules, group_rules, question_rules
from forms.running.state import State, filled, offered

__all__ = ["Flow", "State", "dependency_cycle", "filled", "final_answers"]


class Flow:
    """Every expression of one form version, compiled; keep it for as long as the version is in use.

    Raises ExpressionProblem for a questionnaire that the checks refuse.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.pages = questionnaire.pages()
        self._rules: Mapping[str, Rules] = MappingProxyType(question_rules(questionnaire))
        self._groups = group_rules(questionnaire)
        self._order = calculation_order(questionnaire)
        self._lists = MappingProxyType(_lists(questionnaire))

    def state(self, answers: Mapping[str, str], today: date, language: str, seed: str = "") -> State:
        """What these answers (XForm strings by question name) make of the form.

        `now()` is the midnight that `today` began with, in UTC: a time of day would say when somebody answered.
        `random()` is drawn from `seed` and the question's name, so that it stays the same from page to page.
        """
        values: dict[str, str] = {}
        relevance: dict[str, bool] = {}
        groups: dict[str, bool] = {}
        shared = Context(
            value=lambda name: values.get(name, ""),
            today=today,
            now=datetime.combine(today, time(), UTC),
            choice_label=lambda question, choice: self._choice_label(question, choice, language),
            lists=self._lists,
        )
        for name in self._order:
            rules = self._rules[name]
            is_inside = self._is_inside(rules.around, groups, shared)
            # Most questions carry no expression: a form of two hundred takes half the time without their contexts.
            context = shared if rules.is_plain else shared.at(answers.get(name, ""), _chance(seed, name))
            relevance[name] = is_inside and (rules.relevant is None or to_boolean(rules.relevant(context)))
            values[name] = _value(rules, answers, context) if relevance[name] else ""
        for path, group in self._groups.items():
            self._is_inside((group.around, path) if group.around else (path,), groups, shared)
        return State(values, relevance, groups, self._rules, shared)

    def next_page(self, state: State, index: int) -> int | None:
        """The next page after `index` (-1 for the first) with something on it to show; None after the last."""
        return next((later for later in range(index + 1, len(self.pages)) if self._is_visible(state, later)), None)

    def previous_page(self, state: State, index: int) -> int | None:
        """The page before `index` with something on it to show; None before the first."""
        return next((earlier for earlier in range(index - 1, -1, -1) if self._is_visible(state, earlier)), None)

    def progress(self, state: State, index: int) -> tuple[int, int]:
        """How many pages have something to show up to and with `index`, and how many have now in all."""
        visible = [page for page in range(len(self.pages)) if self._is_visible(state, page)]
        return sum(page <= index for page in visible), len(visible)

    def fills_in(self, name: str) -> bool:
        """Whether a question that nobody has answered yet comes with an answer: a default or a calculation."""
        rules = self._rules.get(name)
        return rules is not None and bool(rules.calculation or rules.question.default)

    def _is_visible(self, state: State, page: int) -> bool:
        return any(state.relevance[question.name] for question in self.pages[page].questions)

    def _is_inside(self, around: tuple[str, ...], known: dict[str, bool], context: Context) -> bool:
        """Whether all groups around something are relevant; `known` remembers each, outer ones first."""
        is_inside = True
        for path in around:
            if path not in known:
                relevant = self._groups[path].relevant
                known[path] = is_inside and (relevant is None or to_boolean(relevant(context)))
            is_inside = known[path]
        return is_inside

    def _choice_label(self, question: str, choice: str, language: str) -> str:
        rules = self._rules.get(question)
        labels = (
            (found.label.in_language(language) for found, _ in rules.choices if found.name == choice) if rules else ()
        )
        return next(iter(labels), "")


def final_answers(state: State) -> Mapping[str, str]:
    """What a response is kept as: the relevant questions that are asked, each with its XForm string.

    Unanswered ones are left out, save a select_multiple: '' says that it was asked and nothing was ticked.
    """
    return MappingProxyType(
        {
            name: state.value(name)
            for name, rules in state.rules.items()
            if state.relevance[name]
            and is_asked(rules.question)
            and (state.value(name) or rules.question.type == "select_multiple")
        }
    )


def _value(rules: Rules, answers: Mapping[str, str], context: Context) -> str:
    question = rules.question
    is_given = question.name in answers and not (question.read_only or question.type in {"calculate", "note"})
    if not is_given:
        made = rules.calculation or rules.default
        return _stored(made(context)) if made else question.default
    answer = answers[question.name]
    if rules.choice_filter is None or question.type not in SELECTS or not answer:
        return answer
    left = {choice.name for choice in offered(rules, context, frozenset(answer.split()))}
    return " ".join(name for name in answer.split() if name in left)


def _stored(value: Value) -> str:
    """A computed value as XForms keep it: ODK writes a boolean as 1 or 0."""
    return str(int(value)) if isinstance(value, bool) else to_text(value)[:MAX_TEXT]


def _chance(seed: str, name: str) -> Callable[[], float]:
    """The same row of numbers whenever the same question of the same response is computed."""
    drawn: list[Random] = []

    def draw() -> float:
        if not drawn:
            drawn.append(Random(f"{seed}/{name}"))  # noqa: S311 - it shuffles questions, it keeps no secret
        return drawn[0].random()

    return draw


def _lists(questionnaire: Questionnaire) -> dict[str, tuple[Mapping[str, str], ...]]:
    """Choices as `instance()` sees them, labels in the form's default language."""
    language = questionnaire.default_language
    return {
        name: tuple({**c.columns, "name": c.name, "label": c.label.in_language(language)} for c in choices)
        for name, choices in questionnaire.choices.items()
    }
