"""Who speaks in a quote, said in the paper's language and no further than consent goes."""

from __future__ import annotations

from consultations.errors import N_
from consultations.fieldwork.consent import ROLES
from consultations.papers.sources import Speaker
from consultations.registry.countries import country_name
from consultations.registry.models import REGIONS
from translations.catalogues import words

RESPONDENT = N_("Respondent")
WITHHELD = N_("Name and place withheld")
ROLE_AND_PLACE = N_("%(role)s, %(place)s")


def attribution_of(speaker: Speaker, language: str) -> str:
    """`Respondent, Latin America`; `Name and place withheld` where nothing may be said."""
    translate = words(language).gettext
    role = translate(RESPONDENT) if speaker.role == "respondent" else translate(ROLES.get(speaker.role, ""))
    place = _place(speaker, language)
    if speaker.role and place:
        return translate(ROLE_AND_PLACE) % {"role": role, "place": place}
    return (role if speaker.role else place) or translate(WITHHELD)


def _place(speaker: Speaker, language: str) -> str:
    if speaker.country_code:
        return country_name(speaker.country_code, language)
    return words(language).gettext(REGIONS[speaker.region]) if speaker.region else ""
