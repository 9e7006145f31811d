"""With hundreds of released tables the page of results stays light: a part of the questionnaire at a time."""

from __future__ import annotations

import re

import pytest

from consultations.analysis.models import Release
from consultations.analysis.tables import ONE, ReleasedCell, ReleasedColumn, ReleasedRow, ReleasedTable, to_json
from consultations.registry.models import REGIONS

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

MOST_BYTES = 150_000
QUESTIONS, BREAKDOWNS = 60, {"region": tuple(REGIONS), "setting": tuple(f"setting {number}" for number in range(3))}


def made_up(question: int, breakdown: str, within: str = "") -> ReleasedTable:
    """A scale of seven steps, with the long words that questionnaires have, and few enough groups to be drawn."""
    label = {"en": f"Question {question}: how far is this right protected where you live and work?"}
    names = [f"Step {step} of how far it is protected" for step in range(7)]
    columns = tuple(ReleasedColumn(name, {"en": name}) for name in names)
    cells = tuple(ReleasedCell(str(100 + step), 14) for step in range(7))
    rows = [ReleasedRow("everybody", "", (), 4000, cells, 3)]
    rows += [ReleasedRow(ONE, name, ({"en": name},), 700, cells, 3) for name in BREAKDOWNS[breakdown]]
    shown = {"en": breakdown}
    return ReleasedTable(
        f"q{question}.by.{breakdown}.in.{within}",
        f"q{question}",
        label,
        breakdown,
        shown,
        "scale",
        columns,
        tuple(rows),
        within=within,
        within_label={"en": within},
    )


def test_hundreds_of_tables_make_no_heavy_page(database_url, two_rounds, desk_of):
    tables = tuple(made_up(question, breakdown) for question in range(QUESTIONS) for breakdown in BREAKDOWNS)
    tables += tuple(made_up(question, "setting", region) for question in range(QUESTIONS) for region in REGIONS)
    assert len(tables) == 420
    with two_rounds.extensions["sessions"].begin() as session:
        for release in session.query(Release):
            release.tables = to_json(tables)
    desk, seen = desk_of("ana"), set()
    for part in range(1, 11):
        page = desk.client.get(f"/staff/consultations/spring/results?by=setting&part=more-{part}")
        assert page.status_code == 200
        assert len(page.data) <= MOST_BYTES
        seen.update(re.findall(r'<h3 id="q\d"><bdi>(Question \d+):', page.text))
    assert len(seen) == QUESTIONS
