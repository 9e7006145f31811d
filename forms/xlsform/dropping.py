"""Which rows are left out: what would identify a respondent, what we do not collect, what cannot be had."""

from __future__ import annotations

from collections.abc import Mapping

from forms.xlsform.cells import REFERENCE, is_yes, name_in
from forms.xlsform.choice_files import is_there
from forms.xlsform.headers import Record, Table
from forms.xlsform.type_column import RowType, row_type

#: pyxform lets expressions refer to it; we give no response a number of its own that its expressions could see.
_INSTANCE_ID = "instanceID"


def dropped_names(table: Table, files: Mapping[str, bytes] | None = None) -> Mapping[str, int]:
    """The names of the rows that are not taken over, with their row numbers; so are groups that are empty for it."""
    dropped: dict[str, int] = {_INSTANCE_ID: 0}
    kept: set[str] = set()
    #: Of each open group: its name and row, whether something in it is kept, whether something is dropped.
    stack: list[tuple[str, int, list[bool]]] = [("", 0, [True, False])]
    for record in table.records:
        row = row_type(record.cell("type"))
        if is_yes(record.cell("disabled")) or not record.cell("type"):
            continue
        if row.kind == "begin":
            stack.append((name_in(record.cell("name")), record.row, [False, False]))
        elif row.kind == "end":
            if len(stack) > 1:
                _leave(stack, dropped, kept)
        elif is_dropped(row, files or {}):
            stack[-1][2][1] = True
            dropped[name_of(record)] = record.row
        else:
            stack[-1][2][0] = True
            kept.add(name_in(record.cell("name")))
    kept |= {name for name, _, _ in stack}
    found = {name: row for name, row in dropped.items() if name not in kept}
    return found | _without_choices(table, found)


def _without_choices(table: Table, dropped: Mapping[str, int]) -> dict[str, int]:
    """Selects whose choices would be the answers of a dropped row: `select_one ${photo}`."""
    return {
        name_in(record.cell("name")): record.row
        for record in table.records
        if not dropped.keys().isdisjoint(REFERENCE.findall(record.cell("type")))
    }


def is_dropped(row: RowType, files: Mapping[str, bytes]) -> bool:
    """Whether a row of this type is left out of the form."""
    if row.choices_from == "file":
        return not is_there(files, row.list_name)
    return row.kind.startswith("drop")


def name_of(record: Record) -> str:
    """What a row is called that may have no name of its own, such as `start`."""
    return name_in(record.cell("name")) or record.cell("type")


def _leave(stack: list[tuple[str, int, list[bool]]], dropped: dict[str, int], kept: set[str]) -> None:
    name, row, (is_kept, is_lost) = stack.pop()
    around = stack[-1][2]
    if is_kept or not is_lost:
        around[0] = True
        kept.add(name)
    else:
        around[1] = True
        dropped[name] = row
