"""`python -m forms play FILE`: walks a form by JSON lines on standard input, without a server."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from forms.commands.checking import as_text
from forms.commands.opening import UNREADABLE, opened, status
from forms.expressions.context import Positions
from forms.question_types import SELECTS
from forms.questionnaire import Questionnaire
from forms.running.filling import Filling, NotInTheForm
from forms.running.flow import Flow, State
from forms.running.places import Place, instance_key, node_path, place_at
from forms.running.written import accepted
from translations.languages import code_of

_COMPUTED = frozenset({"calculate", "hidden"})


class NotAStep(ValueError):
    """A line that cannot be done; says why."""


class Play:
    """One walk through a form: the answers so far, in one language."""

    def __init__(self, questionnaire: Questionnaire, today: date, language: str = "", seed: str = "") -> None:
        self.flow = Flow(questionnaire)
        self.filling = Filling(self.flow, today, language or questionnaire.default_language, seed)
        self.answers: Mapping[str, str] = self.filling.begun()

    def step(self, line: Mapping[str, Any]) -> dict[str, Any] | None:
        """Does one step; returns the state of the form where it is asked for. Raises NotAStep."""
        for name, work in _STEPS.items():
            if name in line:
                try:
                    return work(self, line)
                except KeyError as problem:
                    raise NotAStep(f"There is nothing like {line[name]!r} in the form to do this with.") from problem
        raise NotAStep(f"A step has one of {', '.join(_STEPS)}.")

    def _set(self, line: Mapping[str, Any]) -> None:
        place, positions = place_at(self.flow.form.tree, _text(line, "set"))
        name = instance_key(place.key, positions)
        state = self.filling.state(self.answers)
        question = state.question(name)
        if question.type in _COMPUTED or name not in state.values:
            raise NotInTheForm(line["set"])
        if state.read_only(name):
            raise NotAStep(f"{line['set']} is read-only")
        value = accepted(_text(line, "value"), question)
        if question.type in SELECTS and value:
            value = self._offered(state, name, value)
        self.answers = self.filling.changed(self.answers, {name: value})

    def _offered(self, state: State, name: str, value: str) -> str:
        if state.question(name).type == "select_one":
            return value if value in {choice.name for choice in state.options(name)} else ""
        names = [choice.name for choice in state.options(name)]
        ticked = dict.fromkeys(tick for tick in value.split() if tick in names)
        if state.question(name).type != "rank":
            return " ".join(choice for choice in names if choice in ticked)
        if len(ticked) < len(set(names)):
            raise NotAStep("a rank has all choices in it")
        return " ".join(ticked)

    def _add(self, line: Mapping[str, Any]) -> None:
        place, positions = place_at(self.flow.form.tree, _text(line, "add_repeat"))
        count = line.get("count", 1)
        if not isinstance(count, int) or count < 1:
            raise NotAStep("A count is a whole number from 1.")
        outer = positions[: len(place.repeats) - 1]
        self.answers = self.filling.with_another(self.answers, place.key, outer, count)

    def _remove(self, line: Mapping[str, Any]) -> None:
        place, positions = place_at(self.flow.form.tree, _text(line, "remove_repeat"))
        self.answers = self.filling.without(self.answers, place.key, positions)

    def _speak(self, line: Mapping[str, Any]) -> None:
        asked = _text(line, "language")
        language = code_of(asked) or asked
        self.filling = Filling(self.flow, self.filling.today, language, self.filling.seed)

    def _state(self, line: Mapping[str, Any]) -> dict[str, Any]:
        return {"nodes": dict(nodes(self.filling.state(self.answers)))}


_STEPS: Mapping[str, Callable[[Play, Mapping[str, Any]], dict[str, Any] | None]] = MappingProxyType(
    {
        "set": Play._set,
        "add_repeat": Play._add,
        "remove_repeat": Play._remove,
        "language": Play._speak,
        "state": Play._state,
    }
)


def _text(line: Mapping[str, Any], name: str) -> str:
    found = line.get(name)
    if not isinstance(found, str):
        raise NotAStep(f"The {name} of a step is a text.")
    return found


def nodes(state: State) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every question and group of a form, each time of it, by its XForm path in document order."""
    yield from _below(state, state.form.tree.root, ())


def _below(state: State, place: Place, positions: Positions) -> Iterator[tuple[str, dict[str, Any]]]:
    for child in place.children.values():
        if child.key in state.form.rules:
            name = instance_key(child.key, positions)
            yield node_path(child, positions), _question(state, name)
        elif child.is_flat:
            yield from _below(state, child, positions)
        elif not child.is_repeat:
            yield node_path(child, positions), {"relevant": state.is_inside(child, positions)}
            yield from _below(state, child, positions)
        else:
            yield from _times(state, child, positions)


def _times(state: State, repeat: Place, outer: Positions) -> Iterator[tuple[str, dict[str, Any]]]:
    path = node_path(repeat, (*outer, 1)).removesuffix("[1]")
    yield path, {"relevant": state.is_inside(repeat, (*outer, 1))}
    for time in range(1, state.count(repeat, outer) + 1):
        positions = (*outer, time)
        yield node_path(repeat, positions), {"relevant": state.is_inside(repeat, positions)}
        yield from _below(state, repeat, positions)


def _question(state: State, name: str) -> dict[str, Any]:
    node: dict[str, Any] = {
        "relevant": state.relevance[name],
        "value": state.value(name),
        "required": state.is_bound("required", name),
        "readonly": state.read_only(name),
        "constraint_violated": state.violates(name),
    }
    if state.question(name).type in SELECTS:
        node["options"] = [choice.name for choice in state.options(name)]
    return node


def add_to(commands: Any) -> None:
    """The sub-command and its arguments."""
    play = commands.add_parser("play", help="walk through the form by JSON lines on standard input")
    play.add_argument("file", type=Path)
    play.add_argument("--language", default="", help="a BCP 47 code; the form's default language if none is given")
    play.add_argument("--today", type=date.fromisoformat, default=None, help="the day that today() gives (YYYY-MM-DD)")
    play.add_argument("--seed", default="", help="what random() and random orders are drawn from")
    play.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Answers every line that asks for the state; one that cannot be done is told on standard error.

    So standard output has one line for each state, whatever a form lacks that somebody else's steps set.
    """
    imported = opened(given.file)
    if imported is None:
        return UNREADABLE
    if imported.questionnaire is None:
        print(as_text(imported), file=sys.stderr)
        return status(imported)
    play = Play(imported.questionnaire, given.today or date.today(), given.language, given.seed)
    # Broken bytes do not end the walk.
    for answer in answered(play, (line.decode(errors="replace") for line in sys.stdin.buffer)):
        print(json.dumps(answer, ensure_ascii=False), file=sys.stderr if "error" in answer else sys.stdout, flush=True)
    return status(imported)


def answered(play: Play, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """What is printed for these lines."""
    for line in lines:
        if not line.strip():
            continue
        try:
            found = play.step(_step(line))
        except NotAStep as problem:
            yield {"error": str(problem)}
            continue
        if found is not None:
            yield found


def _step(line: str) -> Mapping[str, Any]:
    try:
        step = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise NotAStep(f"This is no JSON: {problem}") from problem
    if not isinstance(step, dict):
        raise NotAStep("A step is a JSON object.")
    return step
