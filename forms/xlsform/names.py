"""The names of rows: what a name may be, which may not meet, and the one name that each question has in the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from forms.questionnaire import Group, Question
from forms.xlsform.cells import is_name, name_in
from forms.xlsform.headers import Record
from forms.xlsform.survey_reading import Reading

_RESERVED = frozenset({"meta"})
#: The root of every form: a repeat of that name could not be told from it (pyxform's NAMES_003).
_ROOT = "data"


def named(reading: Reading, record: Record, stand_in: str, *, is_needed: bool = True) -> str:
    """The row's name, reported where it cannot be one; `stand_in` where it has none."""
    name = name_in(record.cell("name"))
    if not name:
        if is_needed:
            reading.report("name.missing", record, "name")
        return stand_in
    if not is_name(name):
        reading.report("name.invalid", record, "name", name=name)
        # The tree goes on to be checked, so its paths must stay paths.
        return stand_in
    return name


def take(reading: Reading, record: Record, name: str) -> None:
    """Notes that the innermost open group has something of this name; reported where it had before."""
    around = reading.stack[-1]
    first = around.names.setdefault(name, record.row)
    small = around.small_names.setdefault(name.lower(), record.row)
    if name in _RESERVED:
        reading.report("name.reserved", record, "name", name=name)
    elif first != record.row:
        reading.report("name.twice", record, "name", name=name, first=str(first))
    elif small != record.row:
        reading.report("name.case", record, "name", name=name, first=str(small))


def take_repeat(reading: Reading, record: Record, name: str) -> None:
    """Notes the name of a repeat: no two repeats may share one, and none may be the form's own."""
    if name == _ROOT:
        reading.report("name.root", record, "name", name=name)
    first = reading.repeats.setdefault(name, record.row)
    if first != record.row:
        reading.report("name.repeat_twice", record, "name", name=name, first=str(first))


def with_unique_names(children: tuple[Question | Group, ...]) -> tuple[Question | Group, ...]:
    """The tree with a name of its own for every question: `age`, then `b.age` for the one in group b."""
    written = Counter(xform_name(node) for node in _walk(children) if isinstance(node, Question))
    taken = Counter({name: 1 for name, rows in written.items() if rows == 1})
    return _renamed(children, taken, written)


def xform_name(node: Question | Group) -> str:
    """The name that the author wrote."""
    return node.path.rsplit("/", 1)[-1]


def _walk(children: tuple[Question | Group, ...]) -> Iterator[Question | Group]:
    for node in children:
        yield node
        if isinstance(node, Group):
            yield from _walk(node.children)


def _renamed(
    children: tuple[Question | Group, ...], taken: Counter[str], written: Counter[str]
) -> tuple[Question | Group, ...]:
    """`taken` counts how often each name was wanted: from the second time on a number goes behind it."""
    found: list[Question | Group] = []
    for node in children:
        if isinstance(node, Group):
            found.append(replace(node, children=_renamed(node.children, taken, written)))
        elif written[xform_name(node)] == 1:
            found.append(node)
        else:
            name = _own_name(node, taken)
            taken[name] += 1
            found.append(replace(node, name=name))
    return tuple(found)


def _own_name(question: Question, taken: Counter[str]) -> str:
    """`age`, `b.age`, `a.b.age`; with a number behind it should another question really be called that."""
    steps = question.path.split("/")[2:]
    name = longest = ".".join(steps)
    for first in range(len(steps) - 1, -1, -1):
        if not taken[name := ".".join(steps[first:])]:
            return name
    while taken[name]:
        taken[longest] += 1
        name = f"{longest}.{taken[longest]}"
    return name
