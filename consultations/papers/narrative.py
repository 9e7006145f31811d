"""Sentences over released figures, from templates in each language: nothing is invented, nothing is counted again."""

from __future__ import annotations

from consultations.analysis.tables import ONE, ReleasedRow, ReleasedTable
from consultations.errors import N_
from forms.questionnaire import Text
from translations.catalogues import words
from translations.formats import joined, written_number, written_share

MOST_OFTEN = N_("Most often, people answered “%(answer)s”: %(share)s of about %(people)s people.")
FIRST_MOST_OFTEN = N_("Most often, people put “%(answer)s” first: %(share)s of about %(people)s people.")
MIDDLE = N_("Ranked from one end to the other, the answer in the middle is “%(answer)s”.")
SPREAD = N_("This share was highest in %(highest)s (%(high)s) and lowest in %(lowest)s (%(low)s).")
TOO_FEW = N_("Too few people answered this question to show figures.")


def reading(table: ReleasedTable, language: str) -> str:
    """What the table says, in up to three whole sentences of `language`; only from figures that are shown in it."""
    translate = words(language).gettext
    if table.is_hidden:
        return translate(TOO_FEW)
    everybody = table.rows[0]
    top = _most_frequent(everybody, table)
    sentences = []
    if top is not None:
        sentences.append(
            translate(FIRST_MOST_OFTEN if table.kind == "ranking" else MOST_OFTEN)
            % {
                "answer": _label(table, top, language),
                "share": written_share(everybody.cells[top].percent or 0, language),
                "people": written_number(everybody.base, language),
            }
        )
        sentences += _spread(table, top, language)
    if table.kind == "scale" and everybody.median is not None:
        sentences.append(translate(MIDDLE) % {"answer": _label(table, everybody.median, language)})
    return joined(sentences, language) or translate(TOO_FEW)


def _most_frequent(row: ReleasedRow, table: ReleasedTable) -> int | None:
    """Index of the column with the largest share; the first of equals, None where no share may be shown."""
    shares = [(cell.percent, -index) for index, cell in enumerate(row.cells) if cell.percent is not None]
    return -max(shares)[1] if shares else None


def _spread(table: ReleasedTable, column: int, language: str) -> list[str]:
    rows = [row for row in table.rows if row.kind == ONE and row.cells[column].percent is not None]
    if len(rows) < 2:
        return []
    shares = {row.name: row.cells[column].percent for row in rows}
    highest = max(rows, key=lambda row: shares[row.name] or 0)
    lowest = min(rows, key=lambda row: shares[row.name] or 0)
    if shares[highest.name] == shares[lowest.name]:
        return []
    values = {
        "highest": Text(highest.members[0]).in_language(language),
        "high": written_share(shares[highest.name] or 0, language),
        "lowest": Text(lowest.members[0]).in_language(language),
        "low": written_share(shares[lowest.name] or 0, language),
    }
    return [words(language).gettext(SPREAD) % values]


def _label(table: ReleasedTable, column: int, language: str) -> str:
    return Text(table.columns[column].label).in_language(language)
