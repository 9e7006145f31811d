"""How far apart releases are: few of them, and each row with enough people who are new."""

from __future__ import annotations

from consultations.analysis.tables import ReleasedTable
from consultations.errors import N_, Problem

#: Every further release is one more equation about the same people; the database holds this number as well.
MOST_RELEASES = 3
#: A row is shown again only when so many people are new in it. Measured with `attacks.newcomers.gain`, the newcomer
#: being in the row of each breakdown that grew least and all answers equally frequent: after ten new answers, whoever
#: has both releases names the answer 10 points more often than whoever has one; by region and one more breakdown 16,
#: and by two more 20. After thirty it is 9, 10 to 12 and 15. What is left above 10 points the gate finds itself.
LEAST_NEW = 30


class NoMoreReleases(Problem):
    status = 409
    message = N_(
        "The tables of this consultation were released three times. Comparing more releases could show who is new."
    )


class NothingToShow(Problem):
    status = 409
    message = N_("Too few people answered: there is no table that could be shown. So nothing was released.")


class TooFewNewAnswers(Problem):
    status = 409
    message = N_(
        "Tables are released again only when every row has at least %(least)s new answers:"
        " comparing two releases could show what single people answered."
    )


def too_few(before: int, after: int) -> bool:
    """Whether a row has too few new answers to be shown again; bases as published, as an attacker has no others."""
    return after - before < LEAST_NEW


def check_growth(before: tuple[ReleasedTable, ...], after: tuple[ReleasedTable, ...]) -> None:
    """Raises TooFewNewAnswers unless every row of `after` that `before` showed has grown by `LEAST_NEW` people.

    Bases as published are compared: what an attacker has is what counts.
    """
    bases = {(table.id, row.kind, row.name): row.base for table in before for row in table.rows}
    for table in after:
        for row in table.rows:
            shown = bases.get((table.id, row.kind, row.name))
            if shown is not None and too_few(shown, row.base):
                raise TooFewNewAnswers(least=LEAST_NEW)
