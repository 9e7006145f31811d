"""Released tables say of themselves what they show."""

from __future__ import annotations

import dataclasses

from consultations.analysis.tables import (
    EVERYBODY,
    FEW,
    ReleasedCell,
    ReleasedColumn,
    ReleasedRow,
    ReleasedTable,
    from_json,
    to_json,
)

COLUMN = ReleasedColumn("yes", {"en": "Yes"})


def table(*cells: ReleasedCell) -> ReleasedTable:
    rows = (ReleasedRow(EVERYBODY, "", (), 30, cells),) if cells else ()
    return ReleasedTable("q", "q", {"en": "Question"}, "", {}, "categories", (COLUMN,), rows)


def test_a_table_with_a_share_can_be_drawn() -> None:
    assert table(ReleasedCell("20", 67)).shows_shares
    assert not table(ReleasedCell(FEW, None)).shows_shares
    assert not table().shows_shares


def test_a_table_survives_being_stored() -> None:
    tables = (table(ReleasedCell("20", 67)), dataclasses.replace(table(), hidden=({"en": "Nobody"},)))
    assert from_json(to_json(tables)) == tables
