"""A long list of choices as a reader looks through it: in the order of their alphabet, in parts that open.

Choices keep the order of the form: an author may begin with what is near, or end with “other”. Only a list that stands
in the alphabetical order of the form's own language is put into that of the reader, for that is what its order meant;
what follows after the alphabet (“other”, “I would rather not say”) stays at the end.
"""

from __future__ import annotations

from collections.abc import Sequence

from forms.questionnaire import Choice
from forms.running.typed_choices import folded

#: Choices of one part that opens: what a phone shows at once, nearly.
PART = 15
#: How many of a list's last choices may stand outside its alphabet.
_MOST_AT_THE_END = 4
#: One choice in so many may be out of order: every program has an alphabet of its own for “São Tomé” and “St. Lucia”.
_ONE_IN = 10
#: A shorter run in alphabetical order can be chance.
_SHORTEST = 10


def for_reader(choices: Sequence[Choice], own: str, language: str) -> tuple[Choice, ...]:
    """The choices in the order that a reader of `language` looks for them in; `own` is the form's own language."""
    if language == own:
        return tuple(choices)
    keys = [_key(choice, own) for choice in choices]
    falls = [at for at in range(1, len(keys)) if keys[at] < keys[at - 1]]
    end = next((at for at in falls if at >= len(keys) - _MOST_AT_THE_END), len(keys))
    if end < _SHORTEST or sum(at < end for at in falls) > end // _ONE_IN:
        return tuple(choices)
    return (*sorted(choices[:end], key=lambda choice: _key(choice, language)), *choices[end:])


def in_parts(count: int) -> tuple[range, ...]:
    """Where the parts of a list of so many choices begin and end: of much the same length, PART at most."""
    parts = -(-count // PART)
    return tuple(range(count * at // parts, count * (at + 1) // parts) for at in range(parts))


def _key(choice: Choice, language: str) -> bytes:
    """Chinese by its sound as far as GB 18030 goes, which has its 3,755 commonest characters in that order."""
    label = choice.label.in_language(language)
    return label.encode("gb18030", "replace") if language.startswith("zh") else folded(label).encode()
