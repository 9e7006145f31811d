"""What a consultation's answers amount to: a total while it is open, released tables afterwards, nothing in between."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request
from flask_babel import get_locale, gettext
from markupsafe import Markup

from consultations.analysis.charting import to_chart
from consultations.analysis.disclosure import LEAST_BASE, LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.analysis.presenting import to_table
from consultations.analysis.regional import REGION
from consultations.analysis.releasing import newest
from consultations.analysis.tables import ONE, ReleasedTable, from_json
from consultations.pages.reached import consultation_for, regions_reached
from consultations.pages.web import database, needs, staff
from consultations.registry.models import REGIONS
from consultations.responses.counting import answer_count, unopened
from consultations.staff.roles import Permission, may
from exports.charts import svg
from exports.document import Table
from translations.languages import direction

pages = Blueprint("responses", __name__, url_prefix="/staff/consultations/<slug>")

#: The rules of `analysis.disclosure`, for sentences that explain them.
RULES = {"base": LEAST_BASE, "count": LEAST_COUNT, "shares": LEAST_BASE_FOR_SHARES}
#: While a consultation is open its total is rounded down: who opens the page again and again, and sees a member pick up
#: a phone, would otherwise see that this person answered.
STEP = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """A released table as a page shows it; `chart` is finished SVG."""

    table: ReleasedTable
    shown: Table | None
    chart: Markup | None


@pages.get("/results")
@needs(Permission.READ_TABLES)
def results(slug: str) -> str:
    consultation = consultation_for(slug)
    release = newest(database(), consultation)
    tables = shown_to(from_json(release.tables) if release else (), staff().user.role, regions_reached())
    by = request.args.get("by", REGION)
    breakdowns = {table.breakdown: table.breakdown_label for table in tables if table.breakdown}
    return render_template(
        "responses/results.html",
        consultation=consultation,
        answers=answer_count(database(), consultation),
        step=STEP,
        unopened=unopened(database(), consultation),
        release=release,
        breakdowns=breakdowns,
        by=by if by in breakdowns else next(iter(breakdowns), ""),
        findings=[finding(table) for table in one_each(tables, by if by in breakdowns else next(iter(breakdowns), ""))],
        rules=RULES,
    )


def shown_to(tables: Iterable[ReleasedTable], role: str, regions: Collection[str]) -> tuple[ReleasedTable, ...]:
    """What a reader is shown of released tables: the rows of their regions; the rest as their role has it.

    Everybody, and regions that were too small to stand alone, are all regions together: they stay.
    """
    kept = (table for table in tables if table.breakdown == REGION or may(role, Permission.READ_TABLES_OF_ALL))
    return tuple(
        replace(table, rows=tuple(row for row in table.rows if row.kind != ONE or row.name in regions))
        if table.breakdown == REGION and len(regions) < len(REGIONS)
        else table
        for table in kept
    )


def one_each(tables: Iterable[ReleasedTable], by: str) -> list[ReleasedTable]:
    """The table of each question that is broken down by `by`; everybody together where it has no breakdown at all."""
    return [table for table in tables if table.breakdown in (by, "")]


def finding(table: ReleasedTable) -> Finding:
    """The table and its chart in the reader's language; neither where too few people answered."""
    if table.is_hidden:
        return Finding(table, None, None)
    language = str(get_locale() or "en")
    picture = svg(to_chart(table, language), language, direction(language), gettext("not shown"))
    # Finished SVG: exports.charts escapes every text that it draws.
    return Finding(table, to_table(table, language), Markup(picture))  # noqa: S704 - drawn and escaped by exports.charts
