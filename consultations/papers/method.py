"""How we asked and how people are protected: generated from what really happened, in every language."""

from __future__ import annotations

from consultations.analysis.shown.explaining import explained
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
IMPORTED = N_(
    "Answers from other surveys were added from their files. Those people were asked there, in other ways, and promised"
    " other things. Whatever in the files would say who they are was left out."
)
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
    imported = [translate(IMPORTED)] if consultation.imported_answers else []
    promised = [translate(PROMISED) % _facts(consultation, language)] if consultation.statement else []
    # A box that does not open is still a case study that was written.
    interviewed = [translate(INTERVIEWED)] if sources.case_studies or sources.damaged_boxes else []
    asked = joined((asked, translate(INVITED if consultation.invited else OPEN_TO_ALL)), language)
    return tuple(document.Paragraph(text) for text in (asked, *imported, *promised, *interviewed, explained(language)))


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
