"""Which question each column of a table goes to, as far as headings and words tell: a first proposal for staff."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from forms.incoming.cells import Reader
from forms.incoming.heading_rows import Reading, readings
from forms.incoming.identifying import is_named_so, tells_who
from forms.incoming.mapping import NOWHERE, Target, no_meaning, takers
from forms.incoming.tables import Table
from forms.incoming.words import Words, spaced
from forms.labels import plain
from forms.questionnaire import Question, Questionnaire
from forms.running.typed_choices import folded

#: Cells of a column that a proposal is tried on.
_TRIED = 300
#: Words fit a text question always: what fits closely goes before.
_FIT_OF_TEXT = 0.5
_PLACE = re.compile(r"(?:[^\W\d]+[ .#]*)?(\d{1,3})")
_OTHER = frozenset({"other", "comment", "other please specify", "autre", "otro", "другое", "其他"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is proposed for one column; `identifies` says why it goes nowhere, and that it can go nowhere else."""

    target: Target
    identifies: bool = False


def suggestions(table: Table, form: Questionnaire) -> tuple[Suggestion, ...]:
    """One for each column.

    Headings are compared with names and labels in any language, cells with the names and labels of choices. A column
    that identifies people is only taken for a question that has its very name.
    """
    index, taken = _Index(form), set[Target]()
    found = []
    for at, heading in enumerate(table.headings):
        cells = list(islice(table.column(at), _TRIED))
        target = _best(index, heading, cells, taken)
        if identifies(heading, cells) and not index.has(heading[0]):
            found.append(Suggestion(NOWHERE, identifies=True))
            continue
        if not index.takes_several(target):
            taken.add(target)
        found.append(Suggestion(target))
    return tuple(found)


def identifies(heading: tuple[str, ...], cells: list[str]) -> bool:
    """Whether a column says who answered, when or from where."""
    return is_named_so(heading) or tells_who(cells)


class _Index:
    """What the questions of a form are called."""

    def __init__(self, form: Questionnaire) -> None:
        self.form = form
        self._by_text: dict[str, list[Question]] = {}
        self._words: dict[str, Words] = {}
        for question in takers(form):
            step = question.path.rpartition("/")[2]
            labels = (plain(text, lambda _: "") for text in question.label.by_language.values())
            for text in dict.fromkeys(map(_key, (question.name, step, *labels))):
                self._by_text.setdefault(text, []).append(question)

    def questions(self, text: str) -> list[Question]:
        return self._by_text.get(_key(text), [])

    def has(self, name: str) -> bool:
        return any(spaced(question.name) == spaced(name) for question in self.questions(name))

    def takes_several(self, target: Target) -> bool:
        """Whether columns may share a target: options of one question that all have its name for a heading."""
        if target == NOWHERE:
            return True
        return self.form.question(target.question).type == "select_multiple" and not target.option

    def words(self, list_name: str) -> Words:
        if list_name not in self._words:
            self._words[list_name] = Words(self.form.choices.get(list_name, ()))
        return self._words[list_name]


def _best(index: _Index, heading: tuple[str, ...], cells: list[str], taken: set[Target]) -> Target:
    candidates = dict.fromkeys(target for reading in readings(heading) for target in _targets(index, reading))
    free = [target for target in candidates if target not in taken]
    if len(free) < 2:
        return free[0] if free else NOWHERE
    return max(free, key=lambda target: _fit(index.form, target, cells))


def _targets(index: _Index, reading: Reading) -> Iterator[Target]:
    base, part = reading
    for question in index.questions(base):
        if not part:
            yield Target(question.name)
            continue
        if question.type == "rank" and (place := _PLACE.fullmatch(part)):
            yield Target(question.name, place=int(place[1]))
        if question.type == "select_multiple" and (option := index.words(question.list_name).meant(part)):
            yield Target(question.name, option)
        if folded(part) in _OTHER:
            yield from (Target(other.name) for other in index.questions(f"{question.name}_other"))


def _fit(form: Questionnaire, target: Target, cells: list[str]) -> float:
    """The share of cells that can be read so, 0 to 1."""
    reader = Reader(target, form, cells, no_meaning)
    if reader.question.type == "text":
        return _FIT_OF_TEXT
    return sum(not reader.read(cell).problem for cell in cells) / max(1, len(cells))


def _key(text: str) -> str:
    return folded(text) or spaced(text)
