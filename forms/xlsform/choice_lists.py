"""The rows of a choices sheet -> lists of choices; every row that cannot be used is reported."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checking.problems import Problem
from forms.questionnaire import Choice
from forms.xlsform.cells import name_in
from forms.xlsform.headers import Record, Table


def read_choices(table: Table, problems: list[Problem], *, may_repeat: bool) -> dict[str, tuple[Choice, ...]]:
    """The lists by name, in the order of the sheet; `may_repeat` is the setting allow_choice_duplicates."""
    lists: dict[str, dict[str, Choice]] = {}
    for record, list_name, name in _named(table, problems):
        choices = lists.setdefault(list_name, {})
        if name not in choices:
            choices[name] = Choice(name, record.text("label"), dict(record.extra))
            if not record.text("label"):
                problems.append(Problem("choice.label_missing", table.name, record.row, "label", {"name": name}))
        elif not may_repeat:
            problems.append(Problem("choice.twice", table.name, record.row, "name", {"name": name, "list": list_name}))
        else:
            problems.append(Problem("choice.merged", table.name, record.row, "name", {"name": name, "list": list_name}))
    return {list_name: tuple(choices.values()) for list_name, choices in lists.items()}


def _named(table: Table, problems: list[Problem]) -> Iterator[tuple[Record, str, str]]:
    for record in table.records:
        list_name, name = name_in(record.cell("list_name")), name_in(record.cell("name"))
        if list_name and name:
            yield record, list_name, name
        elif list_name:
            problems.append(Problem("choice.no_name", table.name, record.row, "name"))
        elif name:
            problems.append(Problem("choice.no_list", table.name, record.row, "list_name", {"name": name}))
