"""What a set of answers makes of a questionnaire: what is relevant, what it holds, what may be chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.expressions.context import Context
from forms.expressions.evaluate import Expression
from forms.expressions.values import to_boolean
from forms.question_types import SELECTS
from forms.questionnaire import Choice
from forms.running.rules import Rules

_INSERTED = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")


@dataclass(frozen=True, slots=True)
class State:
    """One moment of one response; made by `Flow.state()`."""

    #: XForm strings of every question by name: '' where unanswered or irrelevant.
    values: Mapping[str, str]
    #: By question name.
    relevance: Mapping[str, bool]
    #: By group path.
    group_relevance: Mapping[str, bool]
    rules: Mapping[str, Rules]
    context: Context
    _options: dict[str, tuple[Choice, ...]] = field(default_factory=dict, repr=False, compare=False)

    def relevant(self, name: str) -> bool:
        """Whether a question (by name) or a group (by path, or by name) is to be shown; raises KeyError."""
        if name in self.relevance:
            return self.relevance[name]
        if name in self.group_relevance:
            return self.group_relevance[name]
        found = [is_relevant for path, is_relevant in self.group_relevance.items() if path.endswith(f"/{name}")]
        if not found:
            raise KeyError(name)
        return any(found)

    def value(self, name: str) -> str:
        """The XForm string of a question: a select_multiple's choices with spaces between, '' when there is none."""
        return self.values.get(name, "")

    def options(self, name: str) -> tuple[Choice, ...]:
        """The choices that the choice filter leaves, in the order of the list; () for what is no select."""
        if name not in self._options:
            self._options[name] = self._filtered(self.rules[name])
        return self._options[name]

    def required(self, name: str) -> bool:
        """Whether a relevant question must be answered."""
        needed = self.rules[name].required
        if isinstance(needed, bool):
            return needed and self.relevance[name]
        return self.relevance[name] and self._holds(needed, name)

    def violates(self, name: str) -> bool:
        """Whether an answer breaks its question's constraint; an empty one never does (ODK XForms, constraint)."""
        constraint = self.rules[name].constraint
        if constraint is None or not self.value(name):
            return False
        return not self._holds(constraint, name)

    def read_only(self, name: str) -> bool:
        """Whether the respondent cannot write in it."""
        question = self.rules[name].question
        return bool(question.read_only) or question.type in {"note", "calculate"}

    def filled(self, text: str) -> str:
        """A label or hint with every `${name}` in it replaced by the answer (a choice's name, as ODK does)."""
        return filled(text, self.values)

    def _filtered(self, rules: Rules) -> tuple[Choice, ...]:
        if rules.question.type not in SELECTS:
            return ()
        return offered(rules, self._here(rules.question.name))

    def _holds(self, expression: Expression, name: str) -> bool:
        return to_boolean(expression(self._here(name)))

    def _here(self, name: str) -> Context:
        return self.context.at(self.value(name), self.context.random)


def filled(text: str, answers: Mapping[str, str]) -> str:
    """The text with every `${name}` in it replaced by that answer, or by nothing."""
    return _INSERTED.sub(lambda found: answers.get(found[1], ""), text) if "${" in text else text


def offered(rules: Rules, context: Context, among: frozenset[str] | None = None) -> tuple[Choice, ...]:
    """The choices that a question's filter lets through; `among` looks only at the choices of those names."""
    keep = rules.choice_filter
    return tuple(
        choice
        for choice, row in rules.choices
        if (among is None or choice.name in among) and (keep is None or to_boolean(keep(context.beside(row))))
    )
