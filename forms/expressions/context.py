"""What an expression may ask about while it runs: given, never reached for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

#: One row of a choices list by column: `name`, `label` and the author's own columns.
Item = Mapping[str, str]
#: Which time of each repeat around a node, outermost first, counting from 1; () outside repeats.
Positions = tuple[int, ...]

_EPOCH = date(1970, 1, 1)


# Not frozen: a frozen one takes three times as long to make, and each question of each page makes one.
@dataclass(slots=True)
class Context:
    """The answers, the clock and the chance that one evaluation works with; only whoever made it changes it."""

    #: The XForm string of a question by name, for expressions that stand alone; '' where it is unanswered or unknown.
    value: Callable[[str], str] = lambda name: ""
    #: What `.` stands for.
    current: str = ""
    today: date = _EPOCH
    #: With its time zone, which is also the zone that dates are read in.
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    #: A number from 0 up to, not including, 1.
    random: Callable[[], float] = lambda: 0.5
    #: Question name and choice name -> the label as the reader sees it, for `jr:choice-name()`.
    choice_label: Callable[[str, str], str] = lambda question, choice: choice
    #: The row of choices that a filter looks at.
    item: Item | None = None
    #: List name -> rows, for `instance('list')/root/item[...]`.
    lists: Mapping[str, tuple[Item, ...]] = field(default_factory=lambda: MappingProxyType({}))
    #: BCP 47, of whoever reads what the expression makes.
    language: str = "en"
    #: The answers of a whole form, for references compiled with a scope: `forms.running.state.State`.
    answers: Any = None
    #: Where the expression stands (`current()`), and the node that a condition in square brackets looks at.
    positions: Positions = ()
    here: Positions = ()
    #: The place of that node among the nodes found so far, and how many they are.
    position: int = 1
    size: int = 1

    # These in place of dataclasses.replace(), which takes four times as long: lists may have thousands of rows.

    def at(self, current: str, random: Callable[[], float], positions: Positions = ()) -> Context:
        """The same, at one question: its answer, its own row of chances, its place in the repeats around it."""
        return Context(
            *(self.value, current, self.today, self.now, random, self.choice_label, None, self.lists, self.language),
            *(self.answers, positions, positions),
        )

    def beside(self, item: Item, position: int = 1, size: int = 1) -> Context:
        """The same, looking at one row of choices: the one at `position` of `size` rows."""
        return Context(
            *(self.value, self.current, self.today, self.now, self.random, self.choice_label, item, self.lists),
            *(self.language, self.answers, self.positions, self.here, position, size),
        )

    def looking_at(self, here: Positions, position: int, size: int) -> Context:
        """The same, inside the square brackets of a path, at one of the nodes found so far."""
        return Context(
            *(self.value, self.current, self.today, self.now, self.random, self.choice_label, None, self.lists),
            *(self.language, self.answers, self.positions, here, position, size),
        )
