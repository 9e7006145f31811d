"""What a set of answers makes of a questionnaire: what is relevant, what it holds, what may be chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from forms.expressions.context import Positions
from forms.expressions.evaluate import Expression
from forms.expressions.values import to_boolean
from forms.question_types import SELECTS, SEVERAL
from forms.questionnaire import Choice, Question
from forms.running.computing import Computing
from forms.running.options import in_order, offered
from forms.running.places import instance_key, split_key
from forms.running.rules import Rules

INSERTED = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")
_TOLD = frozenset({"note"})


class State(Computing):
    """One moment of one response; made by `Flow.state()`.

    Questions are named as their answers are kept: `age`, and within repeats `age[2]` or `age[1,3]`; groups by their
    paths, `/data/member[2]`.
    """

    @property
    def rules(self) -> Mapping[str, Rules]:
        """By question name, whichever time of it."""
        return self.form.rules

    def relevant(self, name: str) -> bool:
        """Whether a question, or a group by its path, is to be shown; raises KeyError."""
        if name in self.relevance:
            return self.relevance[name]
        key, positions = split_key(name)
        return self.is_inside(self.form.tree.groups[key], positions)

    def value(self, name: str) -> str:
        """The XForm string of a question: a select_multiple's choices with spaces between, '' when there is none."""
        return self.values.get(name, "")

    def options(self, name: str) -> tuple[Choice, ...]:
        """The choices that the choice filter leaves, in the order in which they are shown; () for what has no list."""
        if name not in self._options:
            rules, positions = self._named(name)
            here = self.here(name, positions)
            found = offered(self, rules, here) if rules.question.type in SELECTS else ()
            self._options[name] = in_order(rules, found, here)
        return self._options[name]

    def chosen(self, name: str) -> tuple[Choice, ...]:
        """The choices that are the answer, in the order of the list."""
        rules, _ = self._named(name)
        ticked = self.value(name).split() if rules.question.type in SEVERAL else [self.value(name)]
        places = [rules.index.get(tick, ()) for tick in ticked]
        if all(len(found) == 1 for found in places):
            return tuple(rules.choices[place][0] for place in sorted(place for (place,) in places))
        return tuple(choice for choice in self.options(name) if choice.name in ticked)

    def required(self, name: str) -> bool:
        """Whether a relevant question must be answered."""
        return self.relevance[name] and self.is_bound("required", name)

    def is_bound(self, what: str, name: str) -> bool:
        """Whether `required` or `read_only` holds of a question, relevant or not."""
        rules, positions = self._named(name)
        return self._flag(getattr(rules, what), name, positions)

    def violates(self, name: str) -> bool:
        """Whether an answer breaks its question's constraint; an empty one never does (ODK XForms, constraint)."""
        rules, positions = self._named(name)
        if rules.constraint is None or not self.value(name):
            return False
        return not to_boolean(rules.constraint(self.here(name, positions)))

    def read_only(self, name: str) -> bool:
        """Whether the respondent cannot write in it, by itself or because of a group around it."""
        rules, positions = self._named(name)
        if not self.form.has_locks:
            return rules.question.type in _TOLD
        if rules.question.type in _TOLD or self._flag(rules.read_only, name, positions):
            return True
        groups = (self.form.groups[group.key] for group in rules.place.around())
        return any(self._flag(group.read_only, "", positions[: len(group.place.repeats)]) for group in groups)

    def question(self, name: str) -> Question:
        """The question of that name, whichever time of it; raises KeyError."""
        return self._named(name)[0].question

    def referred(self, name: str, positions: Positions) -> str:
        """The key of what `${name}` means in a text that stands at these times: the same time, else the first one."""
        places = self.form.tree.named.get(name, ())
        if not places:
            return name
        place = places[0]
        return instance_key(place.key, (*positions, *(1,) * len(place.repeats))[: len(place.repeats)])

    def filled(self, text: str, positions: Positions = ()) -> str:
        """A label or hint with every `${name}` in it replaced by the answer (a choice's name, as ODK does)."""
        return (
            INSERTED.sub(lambda found: self.value(self.referred(found[1], positions)), text) if "${" in text else text
        )

    def _named(self, name: str) -> tuple[Rules, Positions]:
        key, positions = split_key(name)
        return self.form.rules[key], positions

    def _flag(self, flag: Expression | bool, name: str, positions: Positions) -> bool:
        return flag if isinstance(flag, bool) else to_boolean(flag(self.here(name, positions)))
