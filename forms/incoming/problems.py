"""What is said of a cell that cannot be taken over: where it is, of what kind it is, what to do. Never what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from forms.marking import N_

_NUMBER = re.compile(r"[-+]?[\d\s.,'’]*\d[\d\s.,'’]*%?")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[ T].*)?")
#: Characters up to which words are few.
_FEW = 30

#: Code -> (what is the matter, what to do).
MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "unknown_word": (
            N_("No option of the question is called so."),
            N_("Say which option is meant, or that such words are left out."),
        ),
        "not_a_tick": (
            N_("This says neither that the option was chosen nor that it was not."),
            N_("Write 1 or 0 there, or leave the cell blank where it was not chosen."),
        ),
        "two_answers": (
            N_("Two columns give this question different answers."),
            N_("Leave one of the two columns out."),
        ),
        "not_offered": (
            N_("The questionnaire does not offer this option after the other answers of the row."),
            N_("Look at the filter of the question's options, or leave such answers out."),
        ),
        "constraint": (
            N_("The questionnaire does not allow this answer."),
            N_("Correct it in the file, or leave such answers out."),
        ),
        "not_a_whole_number": (N_("This is not a whole number."), N_("Write digits alone, such as 12.")),
        "not_a_number": (N_("This is not a number."), N_("Write digits alone, such as 12 or 3.5.")),
        "too_many_digits": (N_("This number has more than 15 digits."), N_("Shorten it, or leave such answers out.")),
        "not_a_date": (N_("This is not a date."), N_("Write year-month-day, such as 2019-03-08.")),
        "not_a_month": (N_("This is not a month of a year."), N_("Write year-month-day, such as 2019-03-01.")),
        "not_a_year": (N_("This is not a year."), N_("Write the year with four digits, such as 2019.")),
        "day_or_month": (
            N_("Nothing in the column tells whether the day or the month comes first."),
            N_("Write year-month-day, such as 2019-03-08."),
        ),
        "not_a_time": (N_("This is not a time of day."), N_("Write it with 24 hours, such as 21:30.")),
        "not_a_moment": (N_("This is not a date with a time."), N_("Write it as 2019-03-08 21:30.")),
        "out_of_range": (
            N_("This number lies outside what is asked for."),
            N_("Correct it, or leave such answers out."),
        ),
        "between_steps": (N_("This number lies between the steps that are asked for."), N_("Round it in the file.")),
        "too_long": (N_("This text is longer than 20,000 characters."), N_("Shorten it in the file.")),
        "does_not_fit": (N_("This answer cannot be stored."), N_("Correct it in the file, or leave such answers out.")),
    }
)

#: Kind of a cell -> what it is called.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "number": N_("a number"),
        "date": N_("a date"),
        "word": N_("one word"),
        "words": N_("a few words"),
        "text": N_("a longer text"),
    }
)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One cell, or one answer made of several cells, that cannot be taken over as it stands."""

    #: As a spreadsheet counts, headings included.
    row: int
    #: From 0.
    column: int
    #: A key of `MESSAGES`.
    code: str
    #: A key of `KINDS`.
    kind: str


def kind_of(cell: str) -> str:
    """Of what kind a cell is, which is all that may be said of it where others read along."""
    if _NUMBER.fullmatch(cell):
        return "number"
    if _DATE.fullmatch(cell):
        return "date"
    if len(cell) > _FEW:
        return "text"
    return "words" if len(cell.split()) > 1 else "word"


def grouped(problems: tuple[CellProblem, ...]) -> dict[tuple[int, str, str], list[int]]:
    """(column, code, kind) -> rows, in the order of columns and rows."""
    found: dict[tuple[int, str, str], list[int]] = {}
    for problem in sorted(problems, key=lambda each: (each.column, each.code, each.kind, each.row)):
        found.setdefault((problem.column, problem.code, problem.kind), []).append(problem.row)
    return found


def ranges(rows: list[int]) -> str:
    """`3–5, 9` of 3, 4, 5, 9."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1][1:] = [row]
        elif not runs or row != runs[-1][-1]:
            runs.append([row])
    return ", ".join("–".join(map(str, run)) for run in runs)
