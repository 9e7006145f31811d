"""What is known while the rows of a survey are read one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.checking.problems import Problem
from forms.questionnaire import UNNAMED, Choice, Group, Question
from forms.xlsform.headers import Record


@dataclass(slots=True)
class Open:
    """A group whose end has not come yet; the outermost one is the form itself, row 0."""

    record: Record
    name: str
    #: group or repeat
    what: str
    path: str
    children: list[Question | Group] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """The form's languages, its lists so far (types may bring lists of their own), its problems, the open groups."""

    languages: tuple[str, ...]
    choices: dict[str, tuple[Choice, ...]]
    problems: list[Problem]
    stack: list[Open] = field(default_factory=lambda: [Open(Record("survey", 0), "", "", "/data")])
    #: Files that came with the workbook, by name: `forms.xlsform.choice_files` takes choices from them.
    files: Mapping[str, bytes] = field(default_factory=dict)
    default_language: str = UNNAMED
    file_lists: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    external: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)

    def report(self, code: str, record: Record, column: str = "", **values: str) -> None:
        """Adds a problem that stands in this row."""
        self.problems.append(Problem(code, record.sheet, record.row, column, values))
