"""The way through a form's pages: each page once, and a repeat's pages once for each time of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.expressions.context import Positions
from forms.questionnaire import Group, Page
from forms.running.places import instance_key
from forms.running.state import State


@dataclass(frozen=True, slots=True)
class Spot:
    """One page as it is shown: its index among the form's pages, and which time of the repeats around it.

    A last position of 0 is a repeat that is there no time yet, and that the respondent may add to.
    """

    page: int
    positions: Positions = ()

    @property
    def is_empty(self) -> bool:
        return self.positions[-1:] == (0,)

    def key(self, name: str) -> str:
        """What the answer to a question of this page is kept under."""
        return instance_key(name, self.positions)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A repeat's part of the way: pages, and repeats within it."""

    repeat: Group
    parts: tuple[int | Stretch, ...]

    @property
    def first_page(self) -> int:
        first = self.parts[0]
        return first if isinstance(first, int) else first.first_page


def stretches(pages: tuple[Page, ...]) -> tuple[int | Stretch, ...]:
    """The pages' indices, those of each repeat together."""
    return tuple(_gathered(list(enumerate(pages)), 0))


def spots(parts: tuple[int | Stretch, ...], pages: tuple[Page, ...], state: State) -> Iterator[Spot]:
    """Every page that has something to show now, in order."""
    return _walked(parts, pages, state, ())


def _gathered(pages: list[tuple[int, Page]], depth: int) -> Iterator[int | Stretch]:
    at = 0
    while at < len(pages):
        index, page = pages[at]
        if len(page.repeats) == depth:
            yield index
            at += 1
            continue
        repeat = page.repeats[depth]
        end = at
        while end < len(pages) and is_within(pages[end][1], depth, repeat):
            end += 1
        yield Stretch(repeat, tuple(_gathered(pages[at:end], depth + 1)))
        at = end


def is_within(page: Page, depth: int, repeat: Group) -> bool:
    """Whether that repeat is the page's repeat of that depth, 0 being the outermost."""
    return len(page.repeats) > depth and page.repeats[depth].path == repeat.path


def _walked(
    parts: tuple[int | Stretch, ...], pages: tuple[Page, ...], state: State, outer: Positions
) -> Iterator[Spot]:
    for part in parts:
        if isinstance(part, int):
            if any(state.relevance[instance_key(question.name, outer)] for question in pages[part].questions):
                yield Spot(part, outer)
            continue
        place = state.form.tree.groups[part.repeat.path]
        count = state.count(place, outer)
        for time in range(1, count + 1):
            yield from _walked(part.parts, pages, state, (*outer, time))
        if not count and not part.repeat.repeat_count and state.is_inside(place, (*outer, 1)):
            yield Spot(part.first_page, (*outer, 0))
