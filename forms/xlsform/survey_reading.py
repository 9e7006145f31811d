"""What is known while the rows of a survey are read one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.checking.problems import Problem
from forms.checking.suggestions import Guesses
from forms.questionnaire import UNNAMED, Choice, Group, Question
from forms.xlsform.headers import Record
from forms.xlsform.type_column import RowType


@dataclass(slots=True)
class Open:
    """A group whose end has not come yet; the outermost one is the form itself, row 0."""

    record: Record
    name: str
    row: RowType
    path: str
    children: list[Question | Group] = field(default_factory=list)
    #: The names in it so far, with their rows; the same in small letters.
    names: dict[str, int] = field(default_factory=dict)
    small_names: dict[str, int] = field(default_factory=dict)
    #: Something in it was dropped.
    lost: bool = False

    @property
    def what(self) -> str:
        """group, repeat or loop."""
        return self.row.type


def _outermost() -> list[Open]:
    return [Open(Record("survey", 0), "", RowType("begin", "group"), "/data")]


@dataclass(slots=True)
class Reading:
    """The form's languages, its lists so far (types may bring lists of their own), its problems, the open groups."""

    languages: tuple[str, ...]
    choices: dict[str, tuple[Choice, ...]]
    problems: list[Problem]
    stack: list[Open] = field(default_factory=_outermost)
    default_language: str = UNNAMED
    #: Files that came with the workbook, by name: `forms.xlsform.choice_files` takes choices from them.
    files: Mapping[str, bytes] = field(default_factory=dict)
    #: The lists of the sheet external_choices.
    external: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    #: File, value column, label column -> the list that they became; None where it could not be had.
    file_lists: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    #: The names of repeats with their rows: no two may be the same, wherever they stand.
    repeats: dict[str, int] = field(default_factory=dict)
    #: Inside a group with the appearance table-list: its list, '' until its first select; None outside.
    table_list: str | None = None
    guesses: Guesses = field(default_factory=Guesses)

    def report(self, code: str, record: Record, column: str = "", **values: str) -> None:
        """Adds a problem that stands in this row."""
        self.problems.append(Problem(code, record.sheet, record.row, column, values))
