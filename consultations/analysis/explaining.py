"""How people are protected in tables: one plain paragraph in every language, for papers and for files."""

from __future__ import annotations

from consultations.analysis.disclosure import LEAST_BASE, LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.errors import N_
from translations.catalogues import words

PROTECTED = N_(
    "So that nobody can be recognised in a table, groups of fewer than %(base)s people are joined with others, counts"
    " below %(count)s are shown as “<%(count)s”, no shares are given for fewer than %(share)s people, and every count"
    " is changed by a small random amount. Totals can therefore differ a little from the sum of their parts. Countries"
    " are never published, only regions."
)


def explained(language: str) -> str:
    return words(language).gettext(PROTECTED) % {
        "base": LEAST_BASE,
        "count": LEAST_COUNT,
        "share": LEAST_BASE_FOR_SHARES,
    }
