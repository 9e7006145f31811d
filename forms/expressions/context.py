"""What an expression may ask about while it runs: given, never reached for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType

#: One row of a choices list by column: `name`, `label` and the author's own columns.
Item = Mapping[str, str]

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Context:
    """The answers, the clock and the chance that one evaluation works with."""

    #: The XForm string of a question by name; '' where it is unanswered, irrelevant or unknown.
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

    # Both of these in place of dataclasses.replace(), which takes four times as long: lists may have thousands of rows.

    def at(self, current: str, random: Callable[[], float]) -> Context:
        """The same, at one question: its answer, and its own row of chances."""
        return Context(self.value, current, self.today, self.now, random, self.choice_label, None, self.lists)

    def beside(self, item: Item) -> Context:
        """The same, looking at one row of choices."""
        return Context(self.value, self.current, self.today, self.now, self.random, self.choice_label, item, self.lists)
