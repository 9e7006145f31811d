"""Words of other tables and the choices that they mean: names, labels in any language, yes and no, lists of several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from forms.labels import plain
from forms.questionnaire import Choice
from forms.running.typed_choices import folded

_YES = frozenset(
    "1 true yes y x ✓ ✔ checked selected ticked oui o vrai да д истина sí si s verdadero 是 √ نعم صحيح".split()  # noqa: SIM905 - a list of fifty quoted words is harder to read
)
_NO = frozenset(
    "0 false no n unchecked - – — non faux нет н ложь falso 否 لا خطأ".split()  # noqa: SIM905 - a list of fifty quoted words is harder to read
) | {"not selected", "not checked", "unticked", "quoted: no"}
#: LimeSurvey's code for what was not in its list, and what others call it.
_OTHER = frozenset({"oth", "other", "otro", "otra", "autre", "другое", "其他"})
_BETWEEN = re.compile(r"[\s,;|/]*")


class Words:
    """What one list of choices is called."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self.names = frozenset(choice.name for choice in choices)
        labels = [(_plain(text), choice.name) for choice in choices for text in choice.label.by_language.values()]
        self._by_name = {name.casefold(): name for name in self.names}
        self._by_label = _unambiguous((spaced(label), name) for label, name in labels)
        own = [(name, name) for name in self.names]
        self._folded = _unambiguous((folded(text), name) for text, name in (*labels, *own))
        written = ((text, name) for text, name in (*labels, *own) if text)
        self._longest_first = sorted(written, key=lambda pair: -len(pair[0]))

    def meant(self, text: str, names_first: bool = True) -> str | None:
        """The choice that a cell names; None where it names none, or more than one.

        `names_first`: 3 is the choice of that name and not the one that is labelled so. Signs count before they are
        left out: “<5” and “>5” are two choices.
        """
        ways = [self._by_name.get(text.casefold()), self._by_label.get(spaced(text))]
        found = next(filter(None, ways if names_first else reversed(ways)), None)
        return found or self._folded.get(folded(text)) or self._by_custom(text)

    def several(self, text: str, names_first: bool = True) -> tuple[str, ...] | None:
        """The choices that a cell lists, with spaces, commas, semicolons, slashes or lines between them.

        The longest name that fits is taken first, so that a label with a comma in it stays whole. None where something
        is left over.
        """
        whole = self.meant(text, names_first)
        if whole:
            return (whole,)
        found: list[str] = []
        rest = spaced(text)
        while rest:
            hit = next((pair for pair in self._longest_first if _begins_with(rest, spaced(pair[0]))), None)
            if hit is None:
                return None
            found.append(hit[1])
            rest = rest[len(spaced(hit[0])) :]
            rest = rest[_end_of(rest) :]
        return tuple(dict.fromkeys(found))

    def _by_custom(self, text: str) -> str | None:
        """Y for the one choice that is a yes, `-oth-` for the one that is something else."""
        ticked = is_tick(text)
        if ticked is None:
            return self._one_of(_OTHER) if folded(text) in _OTHER else None
        return self._one_of(_YES if ticked else _NO)

    def _one_of(self, words: frozenset[str]) -> str | None:
        found = {name for text, name in self._folded.items() if text in words}
        return found.pop() if len(found) == 1 else None


def is_tick(text: str, own: Iterable[str] = ()) -> bool | None:
    """Whether a cell says that something was chosen; None where it says neither.

    `own` are further words that say yes: many tools write what was chosen, or nothing.
    """
    word = spaced(text)
    if not word or word in _NO:
        return False
    if word in _YES or word in {spaced(each) for each in own} or folded(text) in {folded(each) for each in own}:
        return True
    return None


def spaced(text: str) -> str:
    """Without case, and with one plain space where there are others."""
    return " ".join(text.casefold().split())


def labels_of(choice: Choice) -> tuple[str, ...]:
    """All that a choice is called."""
    return (choice.name, *map(_plain, choice.label.by_language.values()))


def _plain(text: str) -> str:
    return plain(text, lambda _: "")


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    twice: set[str] = set()
    for text, name in pairs:
        if found.setdefault(text, name) != name:
            twice.add(text)
    return {text: name for text, name in found.items() if text and text not in twice}


def _begins_with(rest: str, text: str) -> bool:
    return rest.startswith(text) and (len(rest) == len(text) or _end_of(rest[len(text) :]) > 0)


def _end_of(rest: str) -> int:
    found = _BETWEEN.match(rest)
    return found.end() if found else 0
