"""Ladders: which answers of a breakdown are put together, level by level, where one of them has too few people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from consultations.errors import N_, Problem

#: Groups of choice names; together they hold every choice once.
Level = tuple[tuple[str, ...], ...]
#: By breakdown; of a breakdown without one, small answers are put together as `merging.others_together` does.
Ladders = Mapping[str, "Ladder"]


class LadderUnfit(Problem):
    status = 422


class NotALadder(LadderUnfit):
    message = N_("The ladder of “%(question)s” cannot be read. A ladder has levels, and a level has groups of answers.")


class NoSuchBreakdown(LadderUnfit):
    message = N_("There is a ladder for “%(question)s”, which no table is broken down by. Leave it out.")


class AnswerNotInQuestion(LadderUnfit):
    message = N_("Level %(level)s of the ladder of “%(question)s” has “%(answer)s”, which is no answer to it.")


class AnswerTwice(LadderUnfit):
    message = N_("Level %(level)s of the ladder of “%(question)s” has “%(answer)s” twice. Each answer is in one group.")


class AnswerLeftOut(LadderUnfit):
    message = N_(
        "Level %(level)s of the ladder of “%(question)s” leaves out “%(answer)s”. Each answer is in one group."
    )


class LevelNotCoarser(LadderUnfit):
    message = N_(
        "Level %(level)s of the ladder of “%(question)s” does not put together whole groups of the level before."
        " Each level joins groups of the one before, and takes none apart."
    )


class LevelOfOneGroup(LadderUnfit):
    message = N_(
        "Level %(level)s of the ladder of “%(question)s” puts all answers together. That is the row of everybody:"
        " leave this level out."
    )


@dataclass(frozen=True, slots=True)
class Ladder:
    """Levels above the answers themselves, each coarser than the one before; groups and answers in list order."""

    levels: tuple[Level, ...]

    def places(self, choices: Sequence[str]) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """The levels as places of choices, from 1, which is how the rows of a raw table are numbered."""
        place = {name: number for number, name in enumerate(choices, 1)}
        return tuple(tuple(tuple(place[name] for name in group) for group in level) for level in self.levels)


def parse(stored: Mapping[str, Any], choices: Mapping[str, Sequence[str]]) -> Ladders:
    """`Consultation.ladders` -> checked ladders; `choices` are those of every breakdown, in list order.

    `stored` is {breakdown: levels}; levels are lists of groups, and those are lists of choice names. A breakdown with
    no levels has no ladder. Raises a LadderUnfit whose words name the question, the level (from 1) and the answer.
    """
    for question in stored:
        if question not in choices:
            raise NoSuchBreakdown(question=question)
    found = {question: ladder(question, levels, choices[question]) for question, levels in stored.items() if levels}
    return MappingProxyType(found)


def ladder(question: str, levels: Any, choices: Sequence[str]) -> Ladder:
    """One ladder, its groups sorted as the list of choices is. Raises as `parse` does."""
    if not _is_nested(levels):
        raise NotALadder(question=question)
    before: Level = tuple((name,) for name in choices)
    checked: list[Level] = []
    for number, level in enumerate(levels, 1):
        before = _level(question, number, level, choices, before)
        checked.append(before)
    return Ladder(tuple(checked))


def to_stored(ladders: Ladders) -> dict[str, Any]:
    """What `parse` reads, as plain lists for a database column."""
    return {
        question: [[list(group) for group in level] for level in ladder.levels] for question, ladder in ladders.items()
    }


def _is_nested(levels: Any) -> bool:
    return (
        isinstance(levels, list)
        and all(isinstance(level, list) for level in levels)
        and all(isinstance(group, list) and group for level in levels for group in level)
        and all(isinstance(name, str) for level in levels for group in level for name in group)
    )


def _level(question: str, number: int, level: list[list[str]], choices: Sequence[str], before: Level) -> Level:
    place = {name: at for at, name in enumerate(choices)}
    words = {"question": question, "level": number}
    seen: set[str] = set()
    for name in (name for group in level for name in group):
        if name not in place:
            raise AnswerNotInQuestion(**words, answer=name)
        if name in seen:
            raise AnswerTwice(**words, answer=name)
        seen.add(name)
    for name in choices:
        if name not in seen:
            raise AnswerLeftOut(**words, answer=name)
    found = tuple(sorted((tuple(sorted(group, key=place.__getitem__)) for group in level), key=lambda g: place[g[0]]))
    of = {name: group for group in found for name in group}
    if len(found) >= len(before) or any(len({of[name] for name in group}) > 1 for group in before):
        raise LevelNotCoarser(**words)
    if len(found) == 1:
        raise LevelOfOneGroup(**words)
    return found
