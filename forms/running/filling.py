"""What happens to the answers so far when one of them changes: defaults, triggers, calculations, times of a repeat.

Most forms have nothing of the kind, and then a change is a change and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from forms.expressions.context import Positions
from forms.expressions.values import to_text
from forms.questionnaire import Group
from forms.running.compiled import Compiled
from forms.running.computing import MOST_TIMES
from forms.running.flow import Flow, State
from forms.running.places import Place, instance_key, split_key
from forms.running.rules import Rules
from forms.running.written import stored

Answers = Mapping[str, str]
#: A repeat and the time of it that is gone.
_Removed = tuple[Place, Positions] | None
#: Changes that set off one another; real forms need two.
_ROUNDS = 10
#: Answers of one page that are followed one by one; of more, several are taken together, so that no page takes seconds.
MOST_FOLLOWED = 100


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
        return self._settled({}, self.state({}))

    def changed(self, answers: Answers, changes: Answers) -> Answers:
        """The answers after these changes, one after the other, and after all that follows from them."""
        stirring = self.flow.form.stirring
        quiet = {name: value for name, value in changes.items() if split_key(name)[0] not in stirring}
        # Most answers set nothing off, and a page may have hundreds of them: those are taken over at once.
        answers = {**answers, **quiet}
        if len(quiet) == len(changes):
            return answers
        before, lively = self.state(answers), [name for name in changes if name not in quiet]
        at_once = -(-len(lively) // MOST_FOLLOWED)
        for first in range(0, len(lively), at_once):
            some = {name: changes[name] for name in lively[first : first + at_once]}
            before = self._followed(before, {**before.answers, **some})
        return before.answers

    def with_another(self, answers: Answers, path: str, outer: Positions = (), count: int = 1) -> Answers:
        """The answers with so many times more of a repeat, at its end. Raises NotInTheForm."""
        repeat, state = open_ended(self.flow.form, path), self.state(answers)
        if outer not in state.times(repeat.repeats[-2] if outer else self.flow.form.tree.root):
            raise NotInTheForm(path)
        now = state.count(repeat, outer)
        wanted = min(now + max(count, 0), MOST_TIMES)
        grown = {**answers, **_empty_within(repeat, outer, now, wanted), instance_key(path, outer): str(wanted)}
        return self._followed(state, grown).answers

    def without(self, answers: Answers, path: str, positions: Positions) -> Answers:
        """The answers without one time of a repeat; those after it move up. Raises NotInTheForm."""
        repeat, state = open_ended(self.flow.form, path), self.state(answers)
        if positions not in state.times(repeat):
            raise NotInTheForm(path)
        form, outer = self.flow.form, positions[:-1]
        moved = {_moved(form, name, repeat, positions): value for name, value in answers.items()}
        kept = {name: value for name, value in moved.items() if name}
        kept[instance_key(path, outer)] = str(state.count(repeat, outer) - 1)
        return self._followed(state, kept, (repeat, positions)).answers

    def _followed(self, before: State, answers: Answers, removed: _Removed = None) -> State:
        """The state after all that follows from a change, maybe the removal of one time of a repeat."""
        for _ in range(_ROUNDS):
            now = self.state(answers)
            settled = self._settled(answers, now)
            following = {**self._recomputed(before, now, settled, removed), **self._set_off(before, now, removed)}
            before, removed = now, None
            if following == answers:
                return now
            answers = following
        return self.state(answers)

    def _recomputed(self, before: State, now: State, answers: Answers, removed: _Removed) -> Answers:
        """Without what was written over a calculation, where it comes to something else now or is relevant again."""
        form, left = self.flow.form, dict(answers)
        for key in form.edited:
            rules = form.rules[key]
            for positions in now.times(rules.place):
                name = instance_key(key, positions)
                if name not in left or not now.relevance[name]:
                    continue
                made = _made(now, rules, positions)
                was = _before(rules.place, positions, removed)
                if before.relevance.get(instance_key(key, was)) and _made(before, rules, was) == made:
                    continue
                if key in form.kept:
                    left[name] = stored(made, rules.question)
                else:
                    del left[name]
        return left

    def _set_off(self, before: State, now: State, removed: _Removed) -> dict[str, str]:
        """What triggers write: each fires where its question held something else before."""
        form, written = self.flow.form, dict[str, str]()
        for key, targets in form.triggered.items():
            place = form.tree.questions[key]
            for positions in now.times(place):
                held = before.values.get(instance_key(key, _before(place, positions, removed)))
                if held in (None, now.text(place, positions)):
                    continue
                for target in targets:
                    written |= _written_by(now, target, positions[: target.shared_with(place)])
        return written

    def _settled(self, answers: Answers, state: State) -> Answers:
        """With what a state brings about: counts that stay, first values; without what went with its time."""
        form, settled = self.flow.form, dict(answers)
        counts = dict(_counts(state, answers))
        settled |= counts
        if any(name not in answers for name in counts):
            state = self.state(settled)
        settled = {name: value for name, value in settled.items() if _is_there(name, state)}
        for key in form.kept:
            rules = form.rules[key]
            for positions in state.times(rules.place):
                name = instance_key(key, positions)
                if state.relevance[name] and not (rules.is_kept and name in settled):
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


def _before(place: Place, positions: Positions, removed: _Removed) -> Positions:
    """Which time it was before one time of a repeat was removed."""
    if removed is None or removed[0] not in place.repeats:
        return positions
    depth = len(removed[1]) - 1
    if positions[:depth] != removed[1][:-1] or positions[depth] < removed[1][-1]:
        return positions
    return (*positions[:depth], positions[depth] + 1, *positions[depth + 1 :])


def _made(state: State, rules: Rules, positions: Positions) -> str:
    """What a calculation, or a trigger without one, comes to, whether or not the question can hold it."""
    context = state.here(instance_key(rules.place.key, positions), positions)
    return to_text(rules.calculation(context)) if rules.calculation else ""


def _written_by(state: State, target: Place, shared: Positions) -> dict[str, str]:
    """What a trigger writes in each time of its target that goes with the time it fired in."""
    rules, depth = state.rules[target.key], len(shared)
    return {
        instance_key(target.key, positions): stored(_made(state, rules, positions), rules.question)
        for positions in state.times(target)
        if positions[:depth] == shared
    }


def _counts(state: State, answers: Answers) -> Iterator[tuple[str, str]]:
    """How many times each counted repeat is there, and what is nested in those that are new."""
    for path, rules in state.form.groups.items():
        if rules.count and rules.place.parent:
            for outer in state.times(rules.place.parent):
                name, count = instance_key(path, outer), state.count(rules.place, outer)
                is_opened_with = not rules.place.parent.is_repeat or all(time == 1 for time in outer)
                had = max(int(answers.get(name, "0")), int(is_opened_with))
                yield from _empty_within(rules.place, outer, had, count).items()
                yield name, str(count)


def _empty_within(repeat: Place, outer: Positions, had: int, has: int) -> dict[str, str]:
    """What is nested in the new times of a repeat: nothing yet, where the respondent decides.

    pyxform writes it so: only the time that a form is opened with, and groups, have a first time of what is in them.
    """
    inner = [
        child.key
        for child in repeat.children.values()
        if child.is_repeat and isinstance(child.node, Group) and not child.node.repeat_count
    ]
    return {instance_key(key, (*outer, time)): "0" for time in range(had + 1, has + 1) for key in inner}
