"""How we asked and how people are protected: generated from what really happened, in every language."""

from __future__ import annotations

from consultations.analysis.disclosure import LEAST_BASE, LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.analysis.growth import MOST_RELEASES
from consultations.errors import N_
from consultations.papers.sources import Sources
from consultations.rounds.models import Consultation
from exports import document
from translations.catalogues import words
from translations.formats import joined, written_date, written_number

ASKED = N_(
    "Members of the network answered a questionnaire between %(opened)s and %(closed)s."
    " About %(people)s people answered. Nobody was asked for a name,"
    " and no address, device or time was kept with an answer."
)
OPEN_TO_ALL = N_("Everybody who knew the address could answer, so that one person may have answered more than once.")
INVITED = N_("Only members with a code from their organisation could answer, once for each code.")
PROMISED = N_(
    "What they read before the first question was made from the questionnaire and fixed when the consultation opened."
    " Number of questions: %(questions)s, of them in people's own words: %(texts)s. Nothing was stored before they"
    " pressed “Send”, unless they saved it for later. Number of people who can unlock the answers: %(holders)s; months"
    " until everything is destroyed: %(months)s."
)
INTERVIEWED = N_(
    "Community consultants interviewed key informants and wrote country case studies. Each person decided whether and"
    " how their words may be quoted."
)
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


def method(consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    """How we asked, what we promised, whom we interviewed, and the disclosure control in plain words."""
    translate = words(language).gettext
    people = max((row.base for table in sources.tables.values() for row in table.rows), default=0)
    opened, closed = consultation.opened_on, consultation.closed_on
    asked = translate(ASKED) % {
        "opened": written_date(opened, language) if opened else "",
        "closed": written_date(closed, language) if closed else "",
        "people": written_number(people, language),
    }
    protected = translate(PROTECTED) % {
        "base": LEAST_BASE,
        "count": LEAST_COUNT,
        "share": LEAST_BASE_FOR_SHARES,
    }
    gated = translate(GATED) % {"releases": written_number(MOST_RELEASES, language)}
    promised = [translate(PROMISED) % _facts(consultation, language)] if consultation.statement else []
    interviewed = [translate(INTERVIEWED)] if sources.case_studies else []
    asked = joined((asked, translate(INVITED if consultation.invited else OPEN_TO_ALL)), language)
    return tuple(
        document.Paragraph(text) for text in (asked, *promised, *interviewed, joined((protected, gated), language))
    )


def _facts(consultation: Consultation, language: str) -> dict[str, str]:
    """The same frozen facts that respondents read (`rounds.statement`)."""
    facts = consultation.statement
    numbers = {
        "questions": facts.get("questions"),
        "texts": facts.get("open_questions"),
        "holders": facts.get("key_holders"),
        "months": facts.get("retention_months"),
    }
    return {name: written_number(int(number or 0), language) for name, number in numbers.items()}
