"""How far apart releases are: few of them, and each row with enough people who are new."""

from __future__ import annotations

from consultations.analysis.disclosure import LEAST_BASE
from consultations.analysis.tables import ReleasedTable
from consultations.errors import N_, Problem

#: Every further release is one more equation about the same people; the database holds this number as well.
MOST_RELEASES = 3


class NoMoreReleases(Problem):
    status = 409
    message = N_(
        "The tables of this consultation were released three times. Comparing more releases could show who is new."
    )


class TooFewNewAnswers(Problem):
    status = 409
    message = N_(
        "Tables are released again only when every row has at least %(least)s new answers:"
        " comparing two releases could show what single people answered."
    )


def check_growth(before: tuple[ReleasedTable, ...], after: tuple[ReleasedTable, ...]) -> None:
    """Raises TooFewNewAnswers unless every row of `after` that `before` showed has grown by `LEAST_BASE` people.

    Bases as published are compared: what an attacker has is what counts.
    """
    bases = {(table.id, row.kind, row.name): row.base for table in before for row in table.rows}
    for table in after:
        for row in table.rows:
            shown = bases.get((table.id, row.kind, row.name))
            if shown is not None and row.base - shown < LEAST_BASE:
                raise TooFewNewAnswers(least=LEAST_BASE)
