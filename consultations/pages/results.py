"""Released tables with their pictures, a part of the questionnaire at a time; before a release, the way there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request
from flask_babel import get_locale
from markupsafe import Markup

from consultations.analysis.disclosure import LEAST_BASE, LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.analysis.figures.summaries import summary_table
from consultations.analysis.regional import REGION
from consultations.analysis.releases.growth import LEAST_NEW
from consultations.analysis.releases.releasing import newest
from consultations.analysis.shown import charting
from consultations.analysis.shown.presenting import asked, row_name, to_table
from consultations.analysis.tables import ONE, Label, ReleasedTable, from_json
from consultations.pages.downloading import FILES, may_download
from consultations.pages.guiding import guide
from consultations.pages.pictures import pictures
from consultations.pages.reached import consultation_for, regions_reached
from consultations.pages.switching import shown
from consultations.pages.web import database, needs, staff
from consultations.registry.models import REGIONS
from consultations.responses.counting import unopened
from consultations.rounds.questionnaires import questionnaire_of
from consultations.staff.roles import Permission, may
from exports.document import Row, Table

pages = Blueprint("responses", __name__, url_prefix="/staff/consultations/<slug>")

#: The rules of `analysis.disclosure`, for sentences that explain them.
RULES = {"base": LEAST_BASE, "count": LEAST_COUNT, "shares": LEAST_BASE_FOR_SHARES, "new": LEAST_NEW}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A released table as a page shows it; `chart` is finished SVG. Nothing but the table where it is hidden."""

    table: ReleasedTable
    heading: str
    shown: Table | None = None
    chart: Markup | None = None
    #: Means, middles and the like, all of them estimates.
    summary: Table | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One question: its table, and for a ranking the tables of its answers' places."""

    question: str
    label: Label
    heading: str
    exhibits: tuple[Exhibit, ...]
    places: tuple[Exhibit, ...]


@pages.get("/results")
@needs(Permission.READ_TABLES)
def results(slug: str) -> str:
    consultation = consultation_for(slug)
    release = newest(database(), consultation)
    if release is None:
        return guide(consultation, RULES)
    whole = from_json(release.tables)
    tables = shown_to(whole, staff().user.role, regions_reached())
    chosen = shown(tables, questionnaire_of(consultation.questionnaire), request.args)
    return render_template(
        "responses/results.html",
        consultation=consultation,
        unopened=unopened(database(), consultation),
        release=release,
        chosen=chosen,
        findings=findings(chosen.tables, whole, tables),
        asked=asked,
        rules=RULES,
        files=FILES if may_download() else (),
    )


def shown_to(tables: Iterable[ReleasedTable], role: str, regions: Collection[str]) -> tuple[ReleasedTable, ...]:
    """What a reader is shown of released tables: the rows of their regions; the rest as their role has it.

    Everybody, and regions that were too small to stand alone, are all regions together: they stay. Tables of the people
    of one region alone are that region's.
    """
    kept = (
        table
        for table in tables
        if (table.breakdown == REGION or may(role, Permission.READ_TABLES_OF_ALL))
        and (not table.within or table.within in regions)
    )
    return tuple(
        replace(table, rows=tuple(row for row in table.rows if row.kind != ONE or row.name in regions))
        if table.breakdown == REGION and len(regions) < len(REGIONS)
        else table
        for table in kept
    )


def findings(
    tables: Iterable[ReleasedTable], whole: Sequence[ReleasedTable], reached: Sequence[ReleasedTable]
) -> list[Finding]:
    """Tables by question, in their order; `whole` are all of the release, as it was made, `reached` what is shown."""
    language = str(get_locale() or "en")
    of: dict[str, list[ReleasedTable]] = {}
    for table in tables:
        of.setdefault(table.question, []).append(table)
    return [
        Finding(
            question=question,
            label=found[0].question_label,
            heading=asked(found[0], language),
            exhibits=tuple(exhibit(each, whole, reached, language) for each in found if each.kind != "places"),
            places=tuple(exhibit(each, whole, reached, language) for each in found if each.kind == "places"),
        )
        for question, found in of.items()
    ]


def exhibit(
    table: ReleasedTable, whole: Sequence[ReleasedTable], reached: Sequence[ReleasedTable], language: str
) -> Exhibit:
    """The table and its chart in the reader's language; neither where too few people answered.

    What counts every region the same is reckoned from the table as it was released; then the rows of other people's
    regions are taken out.
    """
    heading = asked(table, language)
    if table.is_hidden:
        return Exhibit(table, heading)
    released = next(each for each in whole if each.id == table.id)
    others = {row_name(row, language) for row in released.rows if row not in table.rows}
    # A ranking's means are one table of all its answers: beside its first places, not again beside each answer's.
    summary = None if table.kind == "places" else summary_table(released, language, whole)
    return Exhibit(
        table=table,
        heading=heading,
        shown=_without(to_table(released, language), others),
        chart=pictures(charting.pictures(table, language, reached)) or None,
        summary=_without(summary, others) if summary else None,
    )


def _without(table: Table, groups: Collection[str]) -> Table:
    """The table without the columns of these groups of people."""
    kept = [place for place, name in enumerate(table.columns) if name not in groups]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(Row(row.head, tuple(row.cells[place] for place in kept)) for row in table.rows),
    )
