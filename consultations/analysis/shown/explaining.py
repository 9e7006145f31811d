"""How people are protected in tables: one plain paragraph in every language, for papers and for files."""

from __future__ import annotations

from consultations.analysis.disclosure import LEAST_BASE, LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.analysis.releases.growth import MOST_RELEASES
from consultations.errors import N_
from translations.catalogues import words
from translations.formats import joined, written_number

PROTECTED = N_(
    "So that nobody can be recognised in a table, groups of fewer than %(base)s people are joined with others, counts"
    " below %(count)s are shown as “<%(count)s”, no shares are given for fewer than %(share)s people, and every count"
    " is changed by a small random amount. Totals can therefore differ a little from the sum of their parts. Countries"
    " are never published, only regions."
)
GATED = N_(
    "Which groups are joined, and how, was fixed before the consultation opened. Figures are released at most"
    " %(releases)s times. Every release was attacked with our own software before it was published, as somebody would"
    " who wants to find a person in it; a release in which that succeeds is not published."
)


def explained(language: str) -> str:
    """The disclosure control in plain words: what is joined, hidden and changed, and that it was attacked."""
    translate = words(language).gettext
    protected = translate(PROTECTED) % {
        "base": LEAST_BASE,
        "count": LEAST_COUNT,
        "share": LEAST_BASE_FOR_SHARES,
    }
    return joined((protected, translate(GATED) % {"releases": written_number(MOST_RELEASES, language)}), language)
