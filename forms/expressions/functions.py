"""The functions of ODK expressions, as a table: what each takes and does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from forms.expressions.context import Context
from forms.expressions.dates import DATE_FUNCTIONS
from forms.expressions.geometry import PLACE_FUNCTIONS
from forms.expressions.lists import LIST_FUNCTIONS
from forms.expressions.numbers import NUMBER_FUNCTIONS
from forms.expressions.signatures import counts
from forms.expressions.texts import TEXT_FUNCTIONS
from forms.expressions.truths import TRUTH_FUNCTIONS
from forms.expressions.values import Value

Arguments = list[Value]


@dataclass(frozen=True, slots=True)
class Function:
    """How many arguments a function takes (`most` None: any number) and what it makes of their values."""

    least: int
    most: int | None
    run: Callable[[Context, Arguments], Value]


#: Every function but those that choose which of their arguments to look at, or that look at where these stand.
FUNCTIONS: MappingProxyType[str, Function] = MappingProxyType(
    {
        name: Function(*counts(name), run)
        for table in (
            TRUTH_FUNCTIONS,
            TEXT_FUNCTIONS,
            NUMBER_FUNCTIONS,
            DATE_FUNCTIONS,
            LIST_FUNCTIONS,
            PLACE_FUNCTIONS,
        )
        for name, run in table.items()
    }
)
