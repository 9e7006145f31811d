"""What changed since an earlier consultation that asked the same questions; from released tables alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request
from flask_babel import get_locale
from markupsafe import Markup

from consultations.analysis.figures.comparing import ComparedRow
from consultations.analysis.regional import REGION
from consultations.analysis.releases.earlier import Compared, compared_with, earlier_than
from consultations.analysis.shown.presenting import asked, row_name
from consultations.analysis.shown.presenting_changes import change_table, then_and_now
from consultations.analysis.tables import ReleasedTable
from consultations.errors import NotFound
from consultations.pages import wording
from consultations.pages.pictures import picture
from consultations.pages.reached import consultation_for, reaches, regions_reached
from consultations.pages.results import shown_to
from consultations.pages.web import database, needs, staff
from consultations.registry.models import REGIONS
from consultations.rounds.models import Consultation
from consultations.staff.roles import Permission
from exports.document import Table
from translations.formats import written_date

pages = Blueprint("comparing", __name__, url_prefix="/staff/consultations/<slug>")


@dataclass(frozen=True, slots=True)
class Line:
    """A question that both asked: how the list names it, and how many of its changes are clear."""

    table: ReleasedTable
    clear: int


@pages.get("/compare")
@needs(Permission.READ_TABLES)
def compare(slug: str) -> str:
    """`with`: the earlier consultation's word; `question`: a released table's id, `safe.by.region`."""
    consultation = consultation_for(slug)
    offered = [each for each in earlier_than(database(), consultation) if reaches(each)]
    before = _chosen(offered)
    found = _compared(consultation, before) if before else {}
    one = _question(found)
    return render_template(
        "comparing/compare.html",
        consultation=consultation,
        offered=[(each.slug, wording.line(each.title, _closed(each))) for each in offered],
        before=before,
        lines=[Line(each.comparison.after, each.comparison.clear_changes) for each in found.values()],
        chosen=one,
        shown=_shown(one) if one else None,
        pictures=_pictures(one) if one else [],
        asked=asked,
    )


def _closed(consultation: Consultation) -> str:
    return f" ({written_date(consultation.closed_on, _language())})" if consultation.closed_on else ""


def _chosen(offered: list[Consultation]) -> Consultation | None:
    """The one that is asked for, else the newest; None where there is none. Raises NotFound."""
    wanted = request.args.get("with", "")
    if not wanted:
        return offered[0] if offered else None
    found = next((each for each in offered if each.slug == wanted), None)
    if found is None:
        raise NotFound
    return found


def _question(found: dict[str, Compared]) -> Compared | None:
    """Raises NotFound."""
    wanted = request.args.get("question", "")
    if wanted and wanted not in found:
        raise NotFound
    return found[wanted] if wanted else None


def _compared(consultation: Consultation, before: Consultation) -> dict[str, Compared]:
    """Every question that both asked, cut to what the reader is shown of released tables."""
    cut = ((key, _cut(each)) for key, each in compared_with(database(), consultation, before).items())
    return {key: each for key, each in cut if each}


def _cut(whole: Compared) -> Compared | None:
    tables = shown_to([whole.comparison.after], staff().user.role, regions_reached())
    if not tables:
        return None
    if len(regions_reached()) == len(REGIONS):
        return whole
    if whole.comparison.after.question == REGION:
        return None  # a column for each region, the others' too
    kept = {(row.kind, row.name) for row in tables[0].rows}
    rows = tuple(row for row in whole.comparison.rows if (row.after.kind, row.after.name) in kept)
    # Which of the others' regions have no counterpart is theirs to know.
    return replace(whole, comparison=replace(whole.comparison, after=tables[0], rows=rows, left_out=()))


def _shown(one: Compared) -> Table:
    return change_table(one, _language())


def _pictures(one: Compared) -> list[tuple[str, Markup]]:
    """(group, chart) of every group with a change that is shown."""
    return [(row_name(row.after, _language()), _drawn(one, row)) for row in one.comparison.rows if any(row.changes)]


def _drawn(one: Compared, row: ComparedRow) -> Markup:
    return picture(then_and_now(one, row, _language()))


def _language() -> str:
    return str(get_locale() or "en")
