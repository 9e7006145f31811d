"""What each column of a table is, and what its words mean: chosen once, used for every row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from forms.incoming.tables import Table
from forms.question_types import is_asked
from forms.questionnaire import Question, Questionnaire
from forms.running.anonymising import is_never_stored

#: The column says in which language somebody answered.
LANGUAGE = "@language"
#: (list of choices, what stands in a cell) -> the choice that is meant, '' for none, None where nobody said.
Meaning = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column goes; `written` is `` for nowhere, `sex`, `needs/care`, `needs#2` or `@language`."""

    #: '' for nowhere.
    question: str = ""
    #: The choice whose tick the column is.
    option: str = ""
    #: The place in a ranking that the column names a choice for, from 1.
    place: int = 0

    @property
    def written(self) -> str:
        return self.question + (f"/{self.option}" if self.option else "") + (f"#{self.place}" if self.place else "")


NOWHERE = Target()


def parsed(written: str) -> Target:
    """What `Target.written` gives; a place that is none becomes part of the name, which no form then has."""
    name, mark, option = written.partition("/")
    if mark:
        return Target(name, option)
    name, _, place = written.partition("#")
    return Target(name, place=int(place)) if place.isdecimal() else Target(written)


def targets_of(form: Questionnaire) -> frozenset[Target]:
    """Every target that columns of answers to the form can have."""
    found = {NOWHERE, Target(LANGUAGE)}
    for question in takers(form):
        found.add(Target(question.name))
        choices = form.choices.get(question.list_name, ())
        if question.type == "select_multiple":
            found.update(Target(question.name, choice.name) for choice in choices)
        if question.type == "rank":
            found.update(Target(question.name, place=place) for place, _ in enumerate(choices, 1))
    return frozenset(found)


def takers(form: Questionnaire) -> Iterator[Question]:
    """The questions that a column can go to: asked of people once each, and kept.

    A repeat has any number of answers, which other tools write into tables of their own.
    """
    for groups, question in form.walk():
        if is_asked(question) and not is_never_stored(question) and not any(group.is_repeat for group in groups):
            yield question


def no_meaning(list_name: str, text: str) -> str | None:
    """Of a mapping that says nothing about words."""
    return None


def digest_of(table: Table) -> bytes:
    """32 bytes that two files share when they have the same columns in the same order; nothing of any row is in it."""
    return hashlib.sha256(json.dumps(table.headings, ensure_ascii=False).encode("utf-8", "replace")).digest()


def meaning_of(words: Mapping[str, Mapping[str, str]]) -> Meaning:
    """Of a mapping that has words in clear, by list and by what stands in the cell."""
    return lambda list_name, text: words.get(list_name, {}).get(text)
