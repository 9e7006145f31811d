"""What happens to the answers so far when one of them changes: defaults, triggers, calculations, times of a repeat.

Most forms have nothing of the kind, and then a change is a change and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from forms.expressions.context import Positions
from forms.questionnaire import Group
from forms.running.compiled import Compiled
from forms.running.flow import Flow, State
from forms.running.places import Place, instance_key, split_key
from forms.running.state import MOST_TIMES
from forms.running.written import stored

Answers = Mapping[str, str]
#: Changes that set off one another; real forms need two.
_ROUNDS = 10


class NotInTheForm(KeyError):
    """A question or a time of a repeat that is not there."""


@dataclass(frozen=True, slots=True)
class Filling:
    """Who fills in what, and when: everything but the answers."""

    flow: Flow
    today: date
    language: str
    seed: str = ""

    def state(self, answers: Answers) -> State:
        return self.flow.state(answers, self.today, self.language, self.seed)

    def begun(self) -> Answers:
        """The answers of a form that was just opened: those that its defaults compute, once and never again."""
        if not self.flow.form.is_lively:
            return {}
        state = self.state({})
        return self._settled({key: state.value(key) for key in self._defaults(state)}, state)

    def changed(self, answers: Answers, changes: Answers) -> Answers:
        """The answers after these changes, one after the other, and after all that follows from them."""
        if not self.flow.form.is_lively:
            return {**answers, **changes}
        before = self.state(answers)
        for name, value in changes.items():
            answers = {**before.answers, name: value}
            before = self._followed(before, answers, frozenset((name,)))
        return before.answers

    def with_another(self, answers: Answers, path: str, outer: Positions = (), count: int = 1) -> Answers:
        """The answers with so many times more of a repeat, at its end. Raises NotInTheForm."""
        repeat, state = open_ended(self.flow.form, path), self.state(answers)
        now = state.count(repeat, outer)
        wanted = min(now + count, MOST_TIMES)
        grown = {**answers, instance_key(path, outer): str(wanted)}
        for time in range(now + 1, wanted + 1):
            # As in ODK Web Forms, what is nested in a time that is added begins empty.
            grown |= {instance_key(inner.key, (*outer, time)): "0" for inner in _directly_in(repeat)}
        return self._followed(state, grown, frozenset()).answers

    def without(self, answers: Answers, path: str, positions: Positions) -> Answers:
        """The answers without one time of a repeat; those after it move up. Raises NotInTheForm."""
        repeat, state = open_ended(self.flow.form, path), self.state(answers)
        outer, removed = positions[:-1], positions[-1]
        count = state.count(repeat, outer)
        if not 1 <= removed <= count:
            raise NotInTheForm(path)
        form = self.flow.form
        moved = {_moved(form, name, repeat, positions): value for name, value in answers.items()}
        kept = {name: value for name, value in moved.items() if name}
        kept[instance_key(path, outer)] = str(count - 1)
        return self._followed(state, kept, frozenset()).answers

    def _followed(self, before: State, answers: Answers, given: frozenset[str]) -> State:
        """The state after all that follows from a change; `given` was written by the respondent just now."""
        for _ in range(_ROUNDS):
            now = self.state(answers)
            answers = self._settled(answers, now)
            following = dict(answers)
            for name in _different(before, now):
                key, positions = split_key(name)
                self._overrule(following, key, positions, given)
                following |= self._set_off(now, key, positions)
            before = now
            if following == answers:
                break
            answers = following
        return self.state(answers)

    def _overrule(self, answers: dict[str, str], key: str, positions: Positions, given: frozenset[str]) -> None:
        """Takes away what was written over a calculation, once something that it is computed from has changed."""
        form = self.flow.form
        place = form.tree.questions[key]
        for user in form.overruled.get(place, ()):
            shared = positions[: user.shared_with(place)]
            for name in [name for name in answers if split_key(name)[0] == user.key and name not in given]:
                if split_key(name)[1][: len(shared)] == shared:
                    del answers[name]

    def _set_off(self, state: State, key: str, positions: Positions) -> dict[str, str]:
        form = self.flow.form
        written = {}
        for target in form.triggered.get(key, ()):
            shared = positions[: target.shared_with(form.tree.questions[key])]
            rules = form.rules[target.key]
            for times in state.times(target):
                if times[: len(shared)] == shared:
                    name = instance_key(target.key, times)
                    made = rules.calculation(state.here(name, times)) if rules.calculation else ""
                    written[name] = stored(made, rules.question)
        return written

    def _settled(self, answers: Answers, state: State) -> Answers:
        """With what a state brings about: counts that stay, first values; without what went with its time."""
        form, settled = self.flow.form, dict(answers)
        for path, rules in form.groups.items():
            if rules.count and rules.place.parent:
                for outer in state.times(rules.place.parent):
                    settled[instance_key(path, outer)] = str(state.count(rules.place, outer))
        settled = {name: value for name, value in settled.items() if _is_there(name, state)}
        for key in form.kept:
            for positions in state.times(form.tree.questions[key]):
                name = instance_key(key, positions)
                if state.value(name):
                    settled[name] = state.value(name)
        return settled | {name: state.value(name) for name in self._defaults(state) if name not in settled}

    def _defaults(self, state: State) -> Iterator[str]:
        """Every time of the questions whose default is computed."""
        for key, rules in self.flow.form.rules.items():
            if rules.default and not rules.calculation:
                yield from (instance_key(key, positions) for positions in state.times(rules.place))


def open_ended(form: Compiled, path: str) -> Place:
    """The repeat of that path, where the respondent decides how many times it is there. Raises NotInTheForm."""
    rules = form.groups.get(path)
    if rules is None or not rules.group.is_repeat or rules.count:
        raise NotInTheForm(path)
    return rules.place


def _is_there(name: str, state: State) -> bool:
    """Whether the times of repeats that an answer stands in are there."""
    key, positions = split_key(name)
    place = _place(state.form, key)
    repeats = place.repeats if place else ()
    return all(
        1 <= time <= state.count(repeat, positions[:depth])
        for depth, (repeat, time) in enumerate(zip(repeats, positions, strict=False))
    )


def _moved(form: Compiled, name: str, repeat: Place, removed: Positions) -> str:
    """The answer's name once a time of that repeat is gone; '' when it went with it."""
    key, positions = split_key(name)
    place, depth = _place(form, key), len(removed) - 1
    is_within = place is not None and repeat in place.repeats and len(positions) > depth
    if not is_within or positions[:depth] != removed[:-1] or positions[depth] < removed[-1]:
        return name
    if positions[depth] == removed[-1]:
        return ""
    return instance_key(key, (*positions[:depth], positions[depth] - 1, *positions[depth + 1 :]))


def _place(form: Compiled, key: str) -> Place | None:
    return form.tree.questions.get(key) or form.tree.groups.get(key)


def _different(before: State, now: State) -> list[str]:
    """The questions that hold something else than before, each time of them."""
    names = dict.fromkeys((*now.values, *before.values))
    return [
        name
        for name in names
        if before.values.get(name, "") != now.values.get(name, "")
        or (not before.relevance.get(name, False) and now.relevance.get(name, False))
    ]


def _directly_in(repeat: Place) -> Iterator[Place]:
    """Repeats within a time of a repeat, outer ones only, where the respondent decides how many there are."""
    for child in repeat.children.values():
        if child.is_repeat:
            if isinstance(child.node, Group) and not child.node.repeat_count:
                yield child
        else:
            yield from _directly_in(child)
