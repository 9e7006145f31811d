"""One cell of a column -> what it says of the column's question, as a member's own answer would be kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from types import MappingProxyType

from forms.coders import ACKNOWLEDGED
from forms.incoming.mapping import LANGUAGE, NOWHERE, Meaning, Target
from forms.incoming.words import Words, is_tick, labels_of
from forms.questionnaire import Question, Questionnaire, Source
from forms.running.answer_problems import NotAnAnswer
from forms.running.canonical import answer_from
from translations.fallback import best_match

_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ T](.+))?")
_PARTS = re.compile(r"\s*[;,\n|]\s*")
#: Stands for the question of a column that goes to none.
_NONE = Question("", "text", "", Source("", 0))
#: Cells of a column that its way of writing is told from.
_LOOKED_AT = 2_000
_KNOWN_CELLS = 100_000


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell says: an answer, choices that were ticked, or what is the matter with it."""

    #: The XForm string; of a select_multiple and of a ranking choice names with spaces between.
    value: str = ""
    #: A key of `problems.MESSAGES`.
    problem: str = ""
    #: A word that nobody gave a meaning to: it can be given one.
    unknown: str = ""
    #: Of a tick: that the question was asked, whether or not it was ticked.
    was_asked: bool = False


NOTHING = Said()


class Reader:
    """Reads the cells of one column; what it has read once it knows."""

    def __init__(self, target: Target, form: Questionnaire, cells: Iterable[str], meaning: Meaning) -> None:
        """`cells` are some or all of the column's: how it writes choices and days is told from them."""
        self.target = target
        self._known: dict[str, Said] = {"": NOTHING}
        self._form, self._meaning = form, meaning
        self.question = _question(target, form)
        looked_at = list(islice(cells, _LOOKED_AT))
        choices = form.choices.get(self.question.list_name, ())
        self._words = Words(choices)
        self._names_first = all(name in self._words.names for cell in looked_at for name in cell.split())
        self._own = next((labels_of(choice) for choice in choices if choice.name == target.option), ())
        self._day_first = _is_day_first(looked_at)
        self._read = self._way()

    def read(self, cell: str) -> Said:
        said = self._known.get(cell)
        if said is None:
            said = self._read(cell)
            if self.question.type != "text" and len(self._known) < _KNOWN_CELLS:
                self._known[cell] = said
        return said

    def _way(self) -> Callable[[str], Said]:
        if self.target == NOWHERE:
            return lambda cell: NOTHING
        if self.target.question == LANGUAGE:
            return self._language
        if self.target.option:
            return self._tick
        if self.target.place:
            return self._one
        return partial(_WAYS.get(self.question.type, Reader._typed), self)

    def _language(self, cell: str) -> Said:
        """One that the form is written in; where it is not, nothing is said rather than the nearest."""
        found = best_match(cell, self._form.languages) or ""
        is_the_same = found.partition("-")[0].casefold() == cell.partition("-")[0].casefold()
        return Said(found if is_the_same else "")

    def _tick(self, cell: str) -> Said:
        ticked = is_tick(cell, self._own)
        if ticked is None:
            return Said(problem="not_a_tick")
        return Said(self.target.option if ticked else "", was_asked=True)

    def _one(self, cell: str) -> Said:
        found = self._meant(cell)
        return Said(problem="unknown_word", unknown=cell) if found is None else Said(found)

    def _several(self, cell: str) -> Said:
        known = self._words.several(cell, self._names_first)
        if known:
            return Said(" ".join(known), was_asked=True)
        parts = cell.split() if self._words.names & set(cell.split()) else _PARTS.split(cell)
        meant = {part: self._meant(part) for part in parts if part}
        unknown = next((part for part, found in meant.items() if found is None), "")
        if unknown:
            return Said(problem="unknown_word", unknown=unknown)
        value = " ".join(dict.fromkeys(filter(None, meant.values())))
        return Said(value, was_asked=bool(value))

    def _meant(self, word: str) -> str | None:
        """The choice; '' where a word is to be left out, None where nobody said what it means."""
        meant = self._meaning(self.question.list_name, word)
        if meant is None:
            return self._words.meant(word, self._names_first)
        return meant if meant in self._words.names else ""

    def _acknowledged(self, cell: str) -> Said:
        ticked = is_tick(cell, (ACKNOWLEDGED,))
        return Said(problem="not_a_tick") if ticked is None else Said(ACKNOWLEDGED if ticked else "")

    def _dated(self, cell: str) -> Said:
        found = _DAY.fullmatch(cell)
        if not found:
            day, mark, clock = cell.partition(" ")
            return self._typed(f"{day}T{clock}" if mark and day[:4].isdecimal() else cell)
        if self._day_first is None:
            return Said(problem="day_or_month")
        first, second, year, clock = found.groups()
        day, month = (first, second) if self._day_first else (second, first)
        return self._typed(f"{year}-{int(month):02}-{int(day):02}" + (f"T{clock}" if clock else ""))

    def _typed(self, cell: str) -> Said:
        if self.question.type == "date":
            cell = cell.partition("T")[0]  # other tools give a day a midnight
        try:
            return Said(answer_from(self.question, {self.question.name: [cell]}))
        except NotAnAnswer as problem:
            return Said(problem=problem.code)


def _question(target: Target, form: Questionnaire) -> Question:
    return _NONE if target.question in ("", LANGUAGE) else form.question(target.question)


def _is_day_first(cells: Iterable[str]) -> bool | None:
    """Of 5/13/2014 the month comes first, of 13/5/2014 the day; None where no cell of the column tells."""
    found = [match for match in map(_DAY.fullmatch, cells) if match]
    if any(int(match[1]) > 12 for match in found):
        return True
    return False if any(int(match[2]) > 12 for match in found) else None


_WAYS: Mapping[str, Callable[[Reader, str], Said]] = MappingProxyType(
    {
        "select_one": Reader._one,
        "select_multiple": Reader._several,
        "rank": Reader._several,
        "acknowledge": Reader._acknowledged,
        "date": Reader._dated,
        "datetime": Reader._dated,
    }
)
