"""A released table -> the table of its means, middles, boxes and places, in one language; all of them estimates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consultations.analysis.figures import grouped
from consultations.analysis.figures.group_summary import place_summary, steps
from consultations.analysis.figures.measures import MEASURES, Group, groups_of, row_of
from consultations.analysis.figures.unanswered import left_out, profile_of
from consultations.analysis.figures.weights import equal_voice
from consultations.analysis.shown.presenting import (
    ANSWER,
    EQUAL_HIDDEN_NOTE,
    EQUAL_NOTE,
    HIDDEN_NOTE,
    IMPUTED_NOTE,
    MERGED_NOTE,
    NOTHING,
    RANKED,
    about,
    caption,
    column_names,
    item_name,
    question_text,
    said,
)
from consultations.analysis.tables import EVERYBODY, ReleasedTable
from consultations.errors import N_
from exports.document import Row, Table
from translations.catalogues import words
from translations.formats import joined, separated, written_number, written_rounded, written_share
from translations.phrases import filled

ESTIMATED = N_("%(table)s – estimates")
MEASURE = N_("Measure")
UNANSWERED = N_("Not asked, or not answered")

ESTIMATE_NOTE = N_("Everything in this table is an estimate from published figures alone.")
BAND_NOTE = N_("Everybody in a band is taken for its middle, in an open band for its closed end.")
SCALE_NOTE = N_(
    "Step 1 is “%(worst)s”, step %(steps)s “%(best)s”. Polarisation is 0 where all answered the same, 50 where equally"
    " many chose each step, 100 where half are at each end."
)
APART_NOTE = N_("Left out, unless it says “of everybody who answered”: %(names)s.")
PLACE_NOTE = N_(
    "Each cell shows the mean place and, in brackets, the share of the Borda points that an answer could get:"
    " %(all)s if everybody puts it first, %(none)s if everybody puts it last."
)


def summary_table(table: ReleasedTable, language: str, tables: Iterable[ReleasedTable] = ()) -> Table | None:
    """Measures down, groups of people across; None for kinds that have no measure, and where all would be empty.

    `tables` are all of the release. The one that says how many people are in each group lets the table tell how many of
    them left the question out; those of a ranking's places make its table.
    """
    tables = tuple(tables)
    if table.kind in ("ranking", "places"):
        return ranking_table(places_of(table, tables) or (table,), language)
    groups = groups_of(table, language)
    make = MEASURES.get(table.kind)
    rows = make(table, groups, language) if make else []
    if all(cell == NOTHING for row in rows for cell in row.cells):
        return None
    return Table(
        caption=filled(words(language).gettext(ESTIMATED), {"table": caption(table, language)}),
        corner=words(language).gettext(MEASURE),
        columns=tuple(group.name for group in groups),
        rows=(*rows, *_left_out(table, groups, tables, language)),
        note=_note(table, language),
    )


def places_of(table: ReleasedTable, tables: Iterable[ReleasedTable]) -> tuple[ReleasedTable, ...]:
    """The tables of the same ranking, breakdown and region that count the places of each of its choices."""
    wanted = (table.question, table.breakdown, table.within, "places")
    return tuple(other for other in tables if (other.question, other.breakdown, other.within, other.kind) == wanted)


def ranking_table(tables: Sequence[ReleasedTable], language: str) -> Table | None:
    """Of one ranking: its answers down, best place first, groups across; a cell has the mean place and the Borda share.

    `tables` are those of kind `places` of one question, breakdown and region. None where nothing may be shown.
    """
    shown = [table for table in tables if table.rows and table.kind == "places"]
    if not shown:
        return None
    names = list(dict.fromkeys(group.name for table in shown for group in groups_of(table, language)))
    lines = sorted((_place_line(table, names, language) for table in shown), key=lambda line: line[0])
    rows = tuple(row for _, row in lines)
    if all(cell == NOTHING for row in rows for cell in row.cells):
        return None
    translate = words(language).gettext
    first = shown[0]
    question = filled(translate(RANKED), {"question": question_text(first, language)})
    ends = {"all": written_share(100, language), "none": written_share(0, language)}
    notes = (translate(ESTIMATE_NOTE), translate(PLACE_NOTE) % ends)
    return Table(
        caption=about(first, question, language),
        corner=translate(ANSWER),
        columns=tuple(names),
        rows=rows,
        note=joined((*notes, *said(_group_notes(first), first, language)), language),
    )


def _place_line(table: ReleasedTable, names: list[str], language: str) -> tuple[float, Row]:
    """(the mean place that everybody gives it, its row); what has no mean place comes last."""
    bands = grouped.number_bands(table)
    cells, order = dict.fromkeys(names, NOTHING), float("inf")
    for group in groups_of(table, language):
        made = place_summary(bands, group.weights) if bands and group.weights else None
        if made is None:
            continue
        cells[group.name] = f"{written_rounded(made.mean, language)} ({written_share(made.borda, language)})"
        order = made.mean if group.row and group.row.kind == EVERYBODY else order
    return order, Row(item_name(table, language), tuple(cells.values()))


def _left_out(
    table: ReleasedTable, groups: Sequence[Group], tables: Iterable[ReleasedTable], language: str
) -> list[Row]:
    profile = profile_of(table, tables)
    if profile is None:
        return []
    shares = [left_out(group.row, profile) if group.row else None for group in groups]
    return [row_of(words(language).gettext(UNANSWERED), shares, lambda share: written_share(share, language))]


def _note(table: ReleasedTable, language: str) -> str:
    translate = words(language).gettext
    notes = [translate(ESTIMATE_NOTE), *said(_group_notes(table), table, language)]
    if table.kind in ("number", "date"):
        notes.append(translate(BAND_NOTE))
    if table.kind == "scale":
        notes += _scale_notes(table, language)
    return joined(notes, language)


def _scale_notes(table: ReleasedTable, language: str) -> list[str]:
    names, places, translate = column_names(table, language), steps(table), words(language).gettext
    ends = {"worst": names[places[0]], "best": names[places[-1]], "steps": written_number(len(places), language)}
    apart = [name for place, name in enumerate(names) if place not in places]
    notes = [filled(translate(SCALE_NOTE), ends)]
    return [*notes, filled(translate(APART_NOTE), {"names": separated(apart, language)})] if apart else notes


def _group_notes(table: ReleasedTable) -> tuple[str, ...]:
    voice = equal_voice(table)
    applying = {
        IMPUTED_NOTE: table.has_few,
        MERGED_NOTE: bool(table.merged),
        HIDDEN_NOTE: bool(table.hidden),
        EQUAL_NOTE: voice is not None,
        EQUAL_HIDDEN_NOTE: voice is not None and bool(voice.left_out),
    }
    return tuple(message for message, applies in applying.items() if applies)
