"""The numbers that a `range` question offers: those between two ends that lie equal steps apart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.questionnaire import Question
from forms.ranges import bounds

_USUAL = (Decimal(1), Decimal(10), Decimal(1))


@dataclass(frozen=True, slots=True)
class NumberLine:
    """`low` to `high`, `step` (above 0) apart, counted from `start`, which is one of the two."""

    start: Decimal
    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def points(self) -> int:
        """How many numbers there are to choose from."""
        return int((self.high - self.low) // self.step) + 1

    @property
    def is_whole(self) -> bool:
        """Whether all of them are whole numbers."""
        return self.start == int(self.start) and self.step == int(self.step)

    def holds(self, number: Decimal) -> bool:
        return self.low <= number <= self.high

    def is_on_step(self, number: Decimal) -> bool:
        return not (number - self.start) % self.step

    def numbers(self) -> tuple[Decimal, ...]:
        """All of them from the start on; ask for `points` before."""
        towards = self.step if self.start == self.low else -self.step
        return tuple(self.start + towards * place for place in range(self.points))


def number_line(question: Question) -> NumberLine:
    """What the question's parameters say; ODK's usual 1 to 10 where they cannot be read."""
    start, end, step = bounds(question.parameters) or _USUAL
    return NumberLine(start, min(start, end), max(start, end), abs(step))


def written(number: Decimal) -> str:
    """As XForms write a number: no exponent, no zeros at the end."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
