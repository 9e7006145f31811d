"""Released tables made up for tests of how they are shown."""

from __future__ import annotations

from consultations.analysis.tables import (
    EVERYBODY,
    FEW,
    ONE,
    ReleasedCell,
    ReleasedColumn,
    ReleasedRow,
    ReleasedTable,
)

AFRICA, ASIA, EUROPE = ({"en": name, "fr": f"{name} (fr)"} for name in ("Africa", "Asia", "Europe"))


def row(kind: str, *members: dict[str, str], base: int = 1200, cells: tuple[str, ...] = ("600", FEW)) -> ReleasedRow:
    shown = (
        ReleasedCell(cell, round(100 * int(cell) / base) if base >= 20 and cell != FEW else None) for cell in cells
    )
    return ReleasedRow(kind, "+".join(m["en"] for m in members), members, base, tuple(shown))


def table(
    *rows: ReleasedRow, kind: str = "categories", names: tuple[str, ...] = ("yes", "no"), **more: object
) -> ReleasedTable:
    columns = tuple(ReleasedColumn(name, {"en": name.title()}, name == "dk") for name in names)
    return ReleasedTable(
        "q.by.region", "q", {"en": "Is it so?"}, "region", {"en": "Where?"}, kind, columns, rows, **more
    )


ALL, ONE_REGION, ANOTHER = row(EVERYBODY), row(ONE, AFRICA), row(ONE, ASIA, base=15, cells=("9", "6"))
