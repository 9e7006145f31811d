"""The rows of a choices sheet -> lists of choices; every row that cannot be used is reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.checking.problems import Problem
from forms.questionnaire import Choice
from forms.xlsform.cells import name_in
from forms.xlsform.headers import Record, Table


def read_choices(table: Table, problems: list[Problem], *, may_repeat: bool) -> dict[str, tuple[Choice, ...]]:
    """The lists by name, in the order of the sheet; `may_repeat` is the setting allow_choice_duplicates.

    A name that stands in a list twice is two choices, each with its own label and columns for filters, as in ODK.
    """
    lists: dict[str, list[Choice]] = {}
    seen: set[tuple[str, str]] = set()
    for record, list_name, name in _named(table, problems):
        if (list_name, name) in seen and not may_repeat:
            problems.append(Problem("choice.twice", table.name, record.row, "name", {"name": name, "list": list_name}))
            continue
        seen.add((list_name, name))
        lists.setdefault(list_name, []).append(Choice(name, record.text("label"), dict(record.extra)))
        if not record.text("label"):
            problems.append(Problem("choice.label_missing", table.name, record.row, "label", {"name": name}))
    return {list_name: tuple(choices) for list_name, choices in lists.items()}


def has_repeated_names(lists: Mapping[str, tuple[Choice, ...]]) -> bool:
    """Whether a list has a name twice, which a choices sheet may only have where the settings say so."""
    names = [[choice.name for choice in choices] for choices in lists.values()]
    return any(len(set(each)) < len(each) for each in names)


def _named(table: Table, problems: list[Problem]) -> Iterator[tuple[Record, str, str]]:
    for record in table.records:
        list_name, name = name_in(record.cell("list_name")), name_in(record.cell("name"))
        if list_name and name:
            yield record, list_name, name
        elif list_name:
            problems.append(Problem("choice.no_name", table.name, record.row, "name"))
        elif name:
            problems.append(Problem("choice.no_list", table.name, record.row, "list_name", {"name": name}))
