"""Made-up tables, quotes and boxes for papers."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from consultations.analysis.tables import EVERYBODY, ONE, ReleasedCell, ReleasedColumn, ReleasedRow, ReleasedTable
from consultations.fieldwork.case_studies import BoxText, CaseStudyBox
from consultations.papers.sources import Sources, Speaker, UsableQuote
from consultations.rounds.models import Consultation

#: Three answers, in two languages.
ANSWERS = ({"en": "Yes", "fr": "Oui"}, {"en": "No", "fr": "Non"}, {"en": "Not sure"})


def _row(name: str, shares: tuple[int | None, ...], base: int, median: int | None) -> ReleasedRow:
    cells = tuple(ReleasedCell("<5" if share is None else str(share * base // 100), share) for share in shares)
    members = ({"en": name.title(), "fr": f"{name.title()} (fr)"},) if name else ()
    return ReleasedRow(ONE if name else EVERYBODY, name, members, base, cells, median)


@pytest.fixture
def table() -> Callable[..., ReleasedTable]:
    """A table from the shares of everybody and of each region; none of either makes a hidden one."""

    def make(
        everybody: tuple[int | None, ...] = (60, 30, 10),
        *,
        question: str = "safe",
        breakdown: str = "region",
        kind: str = "categories",
        base: int = 100,
        median: int | None = None,
        **regions: tuple[int | None, ...],
    ) -> ReleasedTable:
        rows = [_row("", everybody, base, median)] if everybody else []
        rows += [_row(name, shares, base // 2, None) for name, shares in regions.items()]
        return ReleasedTable(
            id=f"{question}.by.{breakdown}" if breakdown else question,
            question=question,
            question_label={"en": f"About {question}", "fr": f"Sur {question}"},
            breakdown=breakdown,
            breakdown_label={"en": breakdown},
            kind=kind,
            columns=tuple(ReleasedColumn(str(number), label) for number, label in enumerate(ANSWERS)),
            rows=tuple(rows),
        )

    return make


QUOTE = UsableQuote(
    id="q1",
    text="Nadie lo escribió.",
    language="es",
    theme="law",
    speaker=Speaker(role="respondent", region="latin-america"),
    translations={"en": "Nobody wrote it down."},
)
BOX = CaseStudyBox(case_study_id=7, country_code="KE", by_language={"en": BoxText("Kenya", "What happened there.")})


@pytest.fixture
def sources(table: Callable[..., ReleasedTable]) -> Sources:
    made = table(africa=(70, 20, 10), europe=(50, 40, 10))
    return Sources(tables={made.id: made}, quotes={"q1": QUOTE}, case_studies={"7": BOX})


@pytest.fixture
def consultation() -> Consultation:
    """One that no database knows."""
    return Consultation(
        id=3,
        slug="spring",
        title={"en": "Our rights", "fr": "Nos droits"},
        asked_by={"en": "The network"},
        table_plan=["region", "setting"],
        opened_on=datetime.date(2026, 9, 1),
        closed_on=datetime.date(2026, 10, 15),
        synthetic=False,
    )
