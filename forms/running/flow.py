"""A questionnaire in motion: what is relevant now, what comes next, how far along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from forms.question_types import is_asked
from forms.questionnaire import Group, Question, Questionnaire
from forms.running.anonymising import anonymised
from forms.running.compiled import compiled
from forms.running.places import instance_key
from forms.running.spots import Spot, Stretch, is_within, spots, stretches
from forms.running.state import State

__all__ = ["Flow", "Spot", "State", "final_answers"]


class Flow:
    """Every expression of one form version, compiled; keep it for as long as the version is in use.

    Raises ExpressionProblem for a questionnaire that the checks refuse.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.pages = questionnaire.pages()
        self.form = compiled(questionnaire)
        self._parts = stretches(self.pages)

    def state(self, answers: Mapping[str, str], today: date, language: str, seed: str = "") -> State:
        """What these answers (XForm strings by question name) make of the form.

        `now()` is the midnight that `today` began with, in UTC: a time of day would say when somebody answered.
        `random()` is drawn from `seed` and the question's name, so that it stays the same from page to page.
        """
        return State(self.form, answers, today, language, seed)

    def spots(self, state: State) -> tuple[Spot, ...]:
        """Every page that has something to show, in order."""
        if state.way is None:
            state.way = tuple(spots(self._parts, self.pages, state))
        return state.way

    def next_page(self, state: State, after: Spot | None = None) -> Spot | None:
        """The next page after `after` (None: the first) with something on it to show; None after the last."""
        reached = self._place(after) if after else ()
        return next((spot for spot in self.spots(state) if self._place(spot) > reached), None)

    def previous_page(self, state: State, before: Spot | None = None) -> Spot | None:
        """The page before `before` (None: the end) with something on it to show; None before the first."""
        if before is None:
            return next(iter(reversed(self.spots(state))), None)
        reached = self._place(before)
        return next((spot for spot in reversed(self.spots(state)) if self._place(spot) < reached), None)

    def progress(self, state: State, at: Spot) -> tuple[int, int]:
        """How many pages have something to show up to and with `at`, and how many have now in all."""
        places = [self._place(spot) for spot in self.spots(state)]
        return sum(place <= self._place(at) for place in places), len(places)

    def is_spot(self, state: State, spot: Spot) -> bool:
        """Whether there is such a page at all, shown now or not: a stranger may have made it up."""
        if not 0 <= spot.page < len(self.pages):
            return False
        repeats = self.pages[spot.page].repeats
        if len(repeats) != len(spot.positions):
            return False
        if not repeats:
            return True
        place = state.form.tree.groups[repeats[-1].path]
        return spot.positions in (*state.times(place), (*spot.positions[:-1], 0))

    def questions(self, spot: Spot) -> tuple[tuple[str, Question], ...]:
        """The questions of a page, each with the name that its answer is kept under."""
        if spot.is_empty:
            return ()
        return tuple((spot.key(question.name), question) for question in self.pages[spot.page].questions)

    def may_add(self, state: State, spot: Spot) -> tuple[Group, ...]:
        """The repeats that end with this page and that the respondent may add another time to, innermost first."""
        after = self.next_page(state, spot)
        ending = []
        for depth, repeat in reversed(list(enumerate(self.pages[spot.page].repeats))):
            if (
                after
                and is_within(self.pages[after.page], depth, repeat)
                and after.positions[:depth] == spot.positions[:depth]
            ):
                break
            if not repeat.repeat_count:
                ending.append(repeat)
        return tuple(ending)

    def may_remove(self, state: State, spot: Spot) -> Group | None:
        """The repeat whose time begins with this page, where the respondent decides how many there are."""
        depth = len(spot.positions) - 1
        if depth < 0 or spot.is_empty:
            return None
        repeat, before = self.pages[spot.page].repeats[depth], self.previous_page(state, spot)
        if repeat.repeat_count:
            return None
        has_begun = (
            before
            and is_within(self.pages[before.page], depth, repeat)
            and (before.positions[: depth + 1] == spot.positions)
        )
        return None if has_begun else repeat

    def fills_in(self, name: str) -> bool:
        """Whether a question that nobody has answered yet comes with an answer: a default or a calculation."""
        rules = self.form.rules.get(name.partition("[")[0])
        return rules is not None and bool(rules.calculation or rules.question.default or rules.question.trigger)

    def _place(self, spot: Spot) -> tuple[tuple[int, int], ...]:
        """Where a page stands on the way: for each repeat around it where that begins and which time, then the page."""
        parts, place = self._parts, []
        for position in spot.positions:
            part = next(p for p in parts if isinstance(p, Stretch) and spot.page in _pages(p))
            place.append((part.first_page, position))
            parts = part.parts
        return (*place, (spot.page, 0))


def final_answers(state: State) -> Mapping[str, str]:
    """What a response is kept as: the relevant questions that are asked, each with its XForm string, anonymised.

    Unanswered ones are left out, save a select_multiple: '' says that it was asked and nothing was ticked. Within
    repeats the names are as `State` has them, and the number of times stands under the repeat's path.
    """
    kept = {}
    for key, rules in state.form.rules.items():
        if not is_asked(rules.question):
            continue
        for positions in state.times(rules.place):
            name = instance_key(key, positions)
            if state.relevance[name] and (
                state.value(name) or (rules.question.type == "select_multiple" and not positions)
            ):
                kept[name] = state.value(name)
    return anonymised(state.form.questionnaire, MappingProxyType(kept | dict(_counts(state))))


def _counts(state: State) -> Iterator[tuple[str, str]]:
    for path, rules in state.form.groups.items():
        if not rules.group.is_repeat:
            continue
        for outer in state.times(rules.place.parent) if rules.place.parent else ():
            count = state.count(rules.place, outer)
            if count and state.is_inside(rules.place, (*outer, 1)):
                yield instance_key(path, outer), str(count)


def _pages(stretch: Stretch) -> Iterator[int]:
    for part in stretch.parts:
        if isinstance(part, int):
            yield part
        else:
            yield from _pages(part)
