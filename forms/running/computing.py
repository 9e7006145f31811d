"""The values of a form at one moment: each question computed once, after what it is computed from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

from forms.expressions.context import Context, Positions
from forms.expressions.values import MAX_TEXT, to_boolean, to_number
from forms.question_types import SELECTS
from forms.questionnaire import Choice
from forms.running.compiled import Compiled
from forms.running.options import as_offered, chosen
from forms.running.places import Place, instance_key
from forms.running.rules import Rules
from forms.running.written import stored

#: Times of one repeat that are asked at most, whatever a count comes to.
MOST_TIMES = 100
#: Questions in all times of all repeats together that are asked at most: 0.1 s on one core of 2020.
MOST_NODES = 10_000
#: Nodes that all expressions of one moment look at, at most, where they look at every time of a repeat; after that
#: they find none. Ten questions that each add up ten questions of 100 times look at 10,000.
MOST_LOOKED = 100_000
#: Nodes that wait for one another at most; then the deepest one is computed first.
_DEEPEST = 25
#: How often a deeper node is computed first; what is deeper still is read as it was answered.
_DIVES = 1_000


class _TooDeep(Exception):
    """Says which node was to be computed, and of which question's time."""


class Computing:
    """What answers make of a form, in as many steps as its size allows; `State` reads from it what a page needs."""

    def __init__(self, form: Compiled, answers: Mapping[str, str], today: date, language: str, seed: str) -> None:
        #: XForm strings of every question: '' where unanswered or irrelevant.
        self.values = dict(form.unanswered)
        self.relevance = dict.fromkeys(form.unanswered, True)
        for key, given in answers.items():
            rules = form.free.get(key)
            if rules is not None and rules.is_kept:
                self.values[key] = as_offered(rules, given)
        self.group_relevance: dict[str, bool] = {}
        self.form = form
        self.answers = answers
        self.seed = seed
        self.context = Context(
            today=today,
            # A time of day would say when somebody answered.
            now=datetime.combine(today, time(), UTC),
            choice_label=lambda question, choice: form.choice_label(question, choice, language),
            lists=form.lists(language),
            language=language,
            answers=self,
        )
        self._counts: dict[str, int] = {}
        self._options: dict[str, tuple[Choice, ...]] = {}  # of `State`
        #: Every page that has something to show; kept by `Flow.spots`.
        self.way: tuple[Any, ...] | None = None
        self._depth = self._dives = self._looked = 0
        for place, rules in form.order:
            if place.repeats:
                for positions in self.times(place):
                    self._dived(place, positions)
            elif place.key not in self.values:
                self._settled(place.key, rules, ())

    def text(self, place: Place, positions: Positions) -> str:
        """The value of one question; computed now, if it has not been yet. Of a group, all values in it together."""
        key = instance_key(place.key, positions) if positions else place.key
        found = self.values.get(key)
        if found is not None:
            return found
        rules = self.form.rules.get(place.key)
        return self._within(place, positions) if rules is None else self._settled(key, rules, positions)

    def count(self, repeat: Place, outer: Positions) -> int:
        """How many times a repeat is there within one time of the repeats around it."""
        key = instance_key(repeat.key, outer)
        if key not in self._counts:
            self._counts[key] = 0  # what a ring reads while it is not closed yet
            try:
                self._counts[key] = self._counted(repeat, key, outer)
            except _TooDeep:
                del self._counts[key]
                raise
        return self._counts[key]

    def reachable(self, nodes: list[Positions]) -> list[Positions]:
        """The nodes that an expression looks at: none, once all expressions together have looked at too many."""
        self._looked += len(nodes)
        return nodes if self._looked <= MOST_LOOKED else []

    def times(self, place: Place, outer: Positions = ()) -> Iterator[Positions]:
        """Every time of a place, in document order; one, without a number, for what is in no repeat."""
        if len(outer) == len(place.repeats):
            yield outer
            return
        for number in range(1, self.count(place.repeats[len(outer)], outer) + 1):
            yield from self.times(place, (*outer, number))

    def names(self) -> Iterator[str]:
        """Every question, each time of it, in document order."""
        for key, rules in self.form.rules.items():
            for positions in self.times(rules.place):
                yield instance_key(key, positions)

    def is_inside(self, group: Place | None, positions: Positions) -> bool:
        """Whether a group and all groups around it are relevant."""
        if group is None or group.node is None:
            return True
        positions = positions[: len(group.repeats)]
        key = instance_key(group.key, positions)
        if key not in self.group_relevance:
            relevant = self.form.groups[group.key].relevant
            self.group_relevance[key] = True  # what a ring reads while it is not closed yet
            try:
                self.group_relevance[key] = self.is_inside(group.parent, positions) and (
                    relevant is None or to_boolean(relevant(self.context.at("", _no_chance, positions)))
                )
            except _TooDeep:
                del self.group_relevance[key]
                raise
        return self.group_relevance[key]

    def here(self, name: str, positions: Positions) -> Context:
        """What an expression of that question may ask about."""
        return self.context.at(self.values.get(name, ""), chance(self.seed, name), positions)

    def _within(self, group: Place, positions: Positions) -> str:
        """The text of a group's node: that of every node below it, one after the other (XPath 1.0 section 5.2)."""
        found = (self.text(child, times) for child in group.children.values() for times in self.times(child, positions))
        return "".join(found)[:MAX_TEXT]

    def _counted(self, repeat: Place, key: str, outer: Positions) -> int:
        count = self.form.groups[repeat.key].count
        wanted = to_number(count(self.context.at("", _no_chance, outer))) if count else math.nan
        if math.isnan(wanted):
            # What the respondent decided, or what it was before its count became unknown.
            wanted = int(self.answers.get(key, "0" if count else "1"))
        return int(max(0, min(wanted, self._most(repeat, outer))))

    def _most(self, repeat: Place, outer: Positions) -> int:
        """How many times a repeat is there at most, so that all times of all repeats stay within MOST_NODES."""
        around = math.prod(self.count(place, outer[:depth]) for depth, place in enumerate(repeat.repeats[:-1]))
        form = self.form
        return max(1, min(MOST_TIMES, MOST_NODES // (form.groups[repeat.key].size * max(1, around) * form.repeats)))

    def _dived(self, place: Place, positions: Positions) -> None:
        """Computes a node; where a long row of nodes wait for one another, those at its far end first."""
        waiting = [(place, positions)]
        while waiting:
            try:
                self.text(*waiting[-1])
                waiting.pop()
            except _TooDeep as deep:
                self._depth, self._dives = 0, self._dives + 1
                waiting.append(deep.args)

    def _settled(self, key: str, rules: Rules, positions: Positions) -> str:
        given = self.answers.get(key)
        if self._depth > _DEEPEST:
            if self._dives > _DIVES:
                return given or ""
            raise _TooDeep(rules.place, positions)
        self._depth += 1
        self.values[key] = given or ""  # what a ring reads while it is not closed yet
        try:
            value = self._computed(key, rules, given, positions)
        except _TooDeep:
            del self.values[key]
            raise
        self._depth -= 1
        self.values[key] = value
        return value

    def _computed(self, key: str, rules: Rules, given: str | None, positions: Positions) -> str:
        is_relevant = self.is_inside(rules.place.parent, positions)
        if rules.is_plain:
            value = rules.given if given is None or not rules.is_kept else given
        elif is_relevant:
            context = self.context.at(given or "", chance(self.seed, key), positions)
            is_relevant = rules.relevant is None or to_boolean(rules.relevant(context))
            value = self._value(rules, given, context) if is_relevant else ""
        self.relevance[key] = is_relevant
        return value if is_relevant else ""

    def _value(self, rules: Rules, given: str | None, context: Context) -> str:
        question = rules.question
        if given is None or not rules.is_kept:
            made = None if question.trigger else rules.calculation or rules.default
            given = stored(made(context), question) if made else rules.given
        return chosen(self, rules, given, context) if given and question.type in SELECTS else given


def chance(seed: str, name: str) -> Callable[[], float]:
    """The same row of numbers whenever the same question of the same response is computed."""
    drawn: list[Random] = []

    def draw() -> float:
        if not drawn:
            drawn.append(Random(f"{seed}/{name}"))  # noqa: S311 - it shuffles questions, it keeps no secret
        return drawn[0].random()

    return draw


def _no_chance() -> float:
    return 0.5
