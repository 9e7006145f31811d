"""The functions of ODK expressions that look something up in a list of choices, or put one in another order."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from types import MappingProxyType
from typing import TypeVar

from forms.expressions.context import Context
from forms.expressions.values import Value, flat, to_number, to_text

Thing = TypeVar("Thing")

# Park and Miller, "Random number generators: good ones are hard to find", Communications of the ACM 31 (1988).
_MODULUS, _MULTIPLIER = 2**31 - 1, 16_807
_LARGEST_SEED = 2**63


def shuffled(things: Sequence[Thing], chances: Iterator[float]) -> list[Thing]:
    """The things in another order: Fisher and Yates from the inside out, as ODK's engines do it.

    With the chances of a seed, the order is the same on every device.
    https://getodk.github.io/xforms-spec/#fn:randomize
    """
    order: list[Thing] = []
    for place, thing in enumerate(things):
        drawn = int(next(chances) * (place + 1))
        order.append(thing)
        order[place], order[drawn] = order[drawn], thing
    return order


def chances(seed: Value) -> Iterator[float]:
    """Numbers from 0 up to, not including, 1, without end; always the same for a seed.

    A seed is a number without its fraction, cut to 64 bits; a text that is no number counts by its checksum.
    """
    whole = _seed(seed)
    state = whole % _MODULUS if whole >= 0 else -(-whole % _MODULUS)
    if state <= 0:
        state += _MODULUS - 1
    while True:
        state = state * _MULTIPLIER % _MODULUS
        yield (state - 1) / (_MODULUS - 1)


def _seed(value: Value) -> int:
    number = to_number(value)
    if not math.isnan(number):
        return int(max(-_LARGEST_SEED, min(_LARGEST_SEED - 1, number)))
    text = to_text(value)
    return int.from_bytes(hashlib.sha256(text.encode(errors="replace")).digest()[:8], "big", signed=True) if text else 0


def _randomized(context: Context, given: list[Value]) -> Value:
    things = [to_text(thing) for thing in flat(given[:1])]
    return tuple(shuffled(things, chances(given[1]) if len(given) == 2 else iter(context.random, None)))


def _pulled(context: Context, given: list[Value]) -> Value:
    """`pulldata()`: one column of the first row whose key column holds the key; '' when there is none."""
    name, column, key_column, key = map(to_text, given)
    rows = context.lists.get(name) or context.lists.get(name.removesuffix(".csv"), ())
    return next((row.get(column, "") for row in rows if row.get(key_column, "") == key), "")


def _selected_at(_: Context, given: list[Value]) -> Value:
    choices = to_text(given[0]).split()
    place = to_number(given[1])
    # Towards zero, so that -0.5 is the first as well.
    return choices[int(place)] if -1 < place < math.inf and int(place) < len(choices) else ""


def _choice_name(context: Context, given: list[Value]) -> Value:
    """`jr:choice-name(value, '${question}')`; pyxform writes the second as a path, so its last step counts."""
    question = to_text(given[1]).strip().removeprefix("${").removesuffix("}").strip()
    return context.choice_label(question.rsplit("/", 1)[-1].strip(), to_text(given[0]))


#: Name -> work.
LIST_FUNCTIONS: MappingProxyType[str, Callable[[Context, list[Value]], Value]] = MappingProxyType(
    {
        "selected-at": _selected_at,
        "jr:choice-name": _choice_name,
        # Where others keep the key of a translated text, our lists have the text, in the language of whoever reads.
        "jr:itext": lambda _, given: to_text(given[0]),
        "randomize": _randomized,
        "pulldata": _pulled,
    }
)
