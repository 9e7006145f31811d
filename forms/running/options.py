"""The choices that a question offers now: what its filter leaves of its list, or of the answers within a repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from forms.expressions.context import Context, Positions
from forms.expressions.lists import chances, shuffled
from forms.expressions.values import to_boolean
from forms.question_types import SELECTS, SEVERAL
from forms.questionnaire import UNNAMED, Choice, Text
from forms.running.places import Place
from forms.running.rules import Rules


class Answers(Protocol):
    """What a list that is made of answers asks: `forms.running.state.State`."""

    def text(self, place: Place, positions: Positions) -> str: ...

    def times(self, place: Place) -> Iterator[Positions]: ...


def offered(answers: Answers, rules: Rules, context: Context) -> tuple[Choice, ...]:
    """The choices that a question's filter lets through, in the order of the list."""
    if rules.answers:
        return tuple(_answered(answers, rules, context))
    looked_up = rules.lookup.found(context) if rules.lookup else None
    if looked_up is not None:
        return looked_up
    return tuple(_left(rules, range(len(rules.choices)), context))


def in_order(rules: Rules, choices: tuple[Choice, ...], context: Context) -> tuple[Choice, ...]:
    """As they are shown: shuffled where the author says so, always alike for one response."""
    if rules.question.parameters.get("randomize", "").lower() != "true":
        return choices
    drawn = chances(rules.seed(context)) if rules.seed else iter(context.random, None)
    return tuple(shuffled(choices, drawn))


def chosen(answers: Answers, rules: Rules, given: str, context: Context) -> str:
    """What is left of an answer: choices that are offered; several of them each once, in the order of the list."""
    if rules.choice_filter is None and not rules.answers and rules.question.type != "rank":
        return as_offered(rules, given)
    ticked = given.split() if rules.question.type in SEVERAL else [given]
    if rules.answers or rules.question.type == "rank":
        found = offered(answers, rules, context)
    else:
        # What nobody chose need not be looked at: some lists have thousands of rows.
        found = tuple(_left(rules, sorted(place for name in ticked for place in rules.index.get(name, ())), context))
    names = {choice.name: None for choice in found}
    if rules.question.type == "rank":
        return given if len(ticked) == len(names) == len(set(ticked) & set(names)) else ""
    return " ".join(name for name in names if name in ticked)


def as_offered(rules: Rules, given: str) -> str:
    """What is left of an answer where a list is offered whole; what has no list is left as it is."""
    if rules.question.type not in SELECTS or not given:
        return given
    if rules.question.type not in SEVERAL:
        return given if given in rules.index else ""
    known = {rules.index[name][0]: name for name in given.split() if name in rules.index}
    return " ".join(known[place] for place in sorted(known))


def _left(rules: Rules, places: Iterable[int], context: Context) -> Iterator[Choice]:
    """The choices at these places of the list that the filter lets through."""
    keep, here = rules.choice_filter, context.beside({})
    for choice, here.item in map(rules.choices.__getitem__, places):  # one for all: some lists have thousands of rows
        if keep is None or to_boolean(keep(here)):
            yield choice


def _answered(answers: Answers, rules: Rules, context: Context) -> Iterator[Choice]:
    """`select_one ${name}`: one choice for each time of the repeat that the question of that name is answered in."""
    place, keep = rules.answers, rules.choice_filter
    for positions in answers.times(place) if place else ():
        text = answers.text(place, positions) if place else ""
        if text and (keep is None or to_boolean(keep(context.looking_at(positions, 1, 1)))):
            yield Choice(text, Text({UNNAMED: text}))
