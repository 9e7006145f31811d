"""Rows of a table -> packed records, judged as members' own answers are; nothing is stored here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forms.incoming.cells import Reader, Said
from forms.incoming.mapping import LANGUAGE, Meaning, Target, takers
from forms.incoming.problems import CellProblem, kind_of
from forms.incoming.tables import Row, Table
from forms.packing import AnswerDoesNotFit, Layout, pack
from forms.question_types import SELECTS
from forms.running.answers import final_answers
from forms.running.flow import Flow, State


@dataclass(slots=True)
class Converted:
    """What became of a table."""

    #: (hot, cold) of each row with an answer in it.
    records: list[tuple[bytes, bytes]] = field(default_factory=list, repr=False)
    problems: list[CellProblem] = field(default_factory=list)
    #: Rows in which nothing was answered: they are no answers.
    blank_rows: int = 0
    #: Single answers that did not fit and were left out, as was asked for.
    left_out: int = 0
    #: By question: relevant, required, and not answered. Taken over all the same.
    required_missing: Counter[str] = field(default_factory=Counter)
    #: By question: answered although the questionnaire would not have asked. Left out, as in members' answers.
    not_asked: Counter[str] = field(default_factory=Counter)
    #: List of choices -> words that were met and mean nothing yet, and how often.
    unknown: dict[str, Counter[str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Way:
    """How a table is converted."""

    flow: Flow
    layout: Layout
    targets: Sequence[Target]
    meaning: Meaning
    today: date
    #: Single answers that do not fit are left out and counted; otherwise each is a problem.
    leave_out: bool = False


@dataclass(slots=True)
class _Answer:
    """One row while it is read."""

    answers: dict[str, str] = field(default_factory=dict)
    #: Which column each answer came from, for messages.
    columns: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    places: dict[str, dict[int, str]] = field(default_factory=dict)
    language: str = ""


def convert(table: Table, way: Way, new_key: Callable[[], int]) -> Converted:
    """Every row, and every problem there is; `new_key` draws a record's key, a random uint32.

    Records are in the order of the rows: whoever stores them draws another one. A record has no number of a row, no
    time, no receipt, and the language that a column gives, or none.
    """
    converter = _Converter(table, way, new_key)
    for row in table.rows:
        converter.take(row)
    return converter.done


class _Converter:
    def __init__(self, table: Table, way: Way, new_key: Callable[[], int]) -> None:
        self.way, self.done = way, Converted()
        self._new_key = new_key
        form = way.flow.questionnaire
        readers = ((at, Reader(target, form, table.column(at), way.meaning)) for at, target in enumerate(way.targets))
        self._readers = [(at, reader) for at, reader in readers if reader.target.question]
        # What a form would fill in for a member who leaves it is not what somebody else answered.
        self._cleared = {name: "" for name, rules in way.flow.form.rules.items() if _would_fill_in(way.flow, name)}
        self._names = frozenset(question.name for question in takers(form))
        self._required = [
            name for name, rules in way.flow.form.rules.items() if rules.required and not rules.place.repeats
        ]

    def take(self, row: Row) -> None:
        answer = _Answer()
        for at, reader in self._readers:
            cell = row.cells[at]
            if cell:
                self._add(row, at, reader, reader.read(cell), answer)
        for name, places in answer.places.items():
            answer.answers[name] = " ".join(places[place] for place in sorted(places))
        if not any(answer.answers.values()) and not answer.asked:
            self.done.blank_rows += 1
            return
        self._keep(row, answer)

    def _add(self, row: Row, at: int, reader: Reader, said: Said, answer: _Answer) -> None:
        name = reader.target.question
        if said.problem:
            if said.unknown:
                words = self.done.unknown.setdefault(reader.question.list_name, Counter())
                words[said.unknown] += 1
            self._report(row, at, said.problem)
            return
        if said.was_asked:
            answer.asked.add(name)
        if not said.value:
            return
        if name == LANGUAGE:
            answer.language = said.value
            return
        answer.columns[name] = at
        if reader.target.place:
            answer.places.setdefault(name, {})[reader.target.place] = said.value
            return
        before = answer.answers.get(name, "")
        joined = _JOINED.get(reader.question.type, _the_same)(before, said.value) if before else said.value
        if joined is None:
            self._report(row, at, "two_answers")
            return
        answer.answers[name] = joined

    def _keep(self, row: Row, answer: _Answer) -> None:
        state = self._state(answer.answers)
        unfit = list(_unfit(state, answer.answers))
        for name, code in unfit:
            self._report(row, answer.columns[name], code)
        if unfit:
            given = {name: value for name, value in answer.answers.items() if name not in dict(unfit)}
            state = self._state(given)
        self.done.not_asked.update(name for name in answer.answers if not state.relevance[name])
        self.done.required_missing.update(
            name for name in self._required if not state.value(name) and state.required(name)
        )
        # Nobody said how often a repeat was answered, nor anything within it.
        final = {name: value for name, value in final_answers(state).items() if name in self._names}
        kept = {name: value for name, value in final.items() if value or name in answer.asked}
        self._pack(row, answer, kept)

    def _state(self, answers: Mapping[str, str]) -> State:
        return self.way.flow.state({**self._cleared, **answers}, self.way.today, "", "")

    def _pack(self, row: Row, answer: _Answer, kept: dict[str, str]) -> None:
        while True:
            try:
                self.done.records.append(pack(self.way.layout, kept, answer.language, self._new_key()))
                return
            except AnswerDoesNotFit as unfit:
                kept.pop(str(unfit))
                self._report(row, answer.columns.get(str(unfit), 0), "does_not_fit")

    def _report(self, row: Row, at: int, code: str) -> None:
        if self.way.leave_out:
            self.done.left_out += 1
            return
        self.done.problems.append(CellProblem(row.number, at, code, kind_of(row.cells[at])))


def _unfit(state: State, answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Answers that the form does not take, and why; of those alone that it would have asked for."""
    for name, given in answers.items():
        if not given or not state.relevance[name]:
            continue
        rules, value = state.rules[name], state.value(name)
        if rules.question.type in SELECTS and value != given and set(value.split()) != set(given.split()):
            yield name, "not_offered"
        elif rules.constraint is not None and state.violates(name):
            yield name, "constraint"


def _would_fill_in(flow: Flow, name: str) -> bool:
    return flow.fills_in(name) and not flow.form.rules[name].calculation


def _ticks(before: str, more: str) -> str:
    return " ".join(dict.fromkeys((*before.split(), *more.split())))


def _the_same(before: str, more: str) -> str | None:
    return before if before == more else None


def _lines(before: str, more: str) -> str:
    return f"{before}\n{more}"


#: How two columns of one question come together; None where they contradict each other.
_JOINED: Mapping[str, Callable[[str, str], str | None]] = {"select_multiple": _ticks, "text": _lines}
