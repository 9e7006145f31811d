"""What the signed-in account reaches: one function for each noun, and foreign is the same as not there.

A page whose address names a consultation, a case study, an interview or a paper asks here for it, never the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from flask import g

from consultations.errors import NotFound
from consultations.fieldwork import case_studies as studies
from consultations.fieldwork import interviews
from consultations.fieldwork.models import CaseStudy, Interview
from consultations.fieldwork.passages import rows_of
from consultations.fieldwork.turning import make_ready
from consultations.pages.web import database, staff, today
from consultations.papers import drafting
from consultations.papers.models import Paper
from consultations.papers.sources import Sources, sources_of
from consultations.registry.models import REGIONS, Country
from consultations.rounds import consultations
from consultations.rounds.consultations import ConsultationNotFound
from consultations.rounds.models import Consultation
from consultations.staff import limits as limiting
from consultations.staff.given_limits import limits_of
from consultations.staff.limits import Limits, Place
from consultations.staff.roles import Limit
from translations.languages import OFFICIAL_LANGUAGES


def limits() -> Limits:
    """What the signed-in account was given, read once a request."""
    if "limits" not in g:
        g.limits = limits_of(database(), staff().user)
    return cast(Limits, g.limits)


def consultation_for(slug: str) -> Consultation:
    """Raises ConsultationNotFound, also where it is not reached."""
    found = consultations.by_slug(database(), slug)
    if not reaches(found):
        raise ConsultationNotFound
    return found


def reaches(consultation: Consultation) -> bool:
    countries = studies.countries_of(database(), consultation)
    place = Place(consultation.slug, countries, frozenset(consultation.languages))
    return limiting.may_see_consultation(limits(), place)


def consultations_reached() -> list[Consultation]:
    """Newest first."""
    return [each for each in consultations.newest_first(database()) if reaches(each)]


def consultations_to_begin_in() -> list[Consultation]:
    """Where the account may begin a case study: what it reaches, and, for who is limited by country, what members met.

    A country's first case study is how a consultant comes to reach a consultation at all.
    """
    allowed = limits()
    if not allowed.of(Limit.COUNTRY):
        return []
    return [
        each
        for each in consultations.newest_first(database())
        if allowed.allow(Limit.CONSULTATION, {each.slug}) and (each.opened_on or reaches(each))
    ]


def case_study_for(case_study_id: int) -> CaseStudy:
    """Raises NotFound, also where it is not reached and for those who do not hold its key."""
    found = studies.case_study_with(database(), case_study_id, staff())
    if not reaches_case_study(found):
        raise NotFound
    make_ready(database(), found, staff(), today())
    return found


def case_studies_reached() -> list[CaseStudy]:
    """Those whose key the account holds, newest first."""
    return [each for each in studies.case_studies_of(database(), staff()) if reaches_case_study(each)]


def interview_for(interview_id: str) -> Interview:
    """Raises NotFound, also where its case study is not reached."""
    found = interviews.interview_with(database(), interview_id)
    case_study_for(found.case_study_id)
    return found


def paper_for(paper_id: int) -> Paper:
    """Raises PaperNotFound, also where its consultation is not reached."""
    found = drafting.by_id(database(), paper_id)
    if not reaches(database().get_one(Consultation, found.consultation_id)):
        raise drafting.PaperNotFound
    return found


def papers_reached(papers: Iterable[Paper]) -> list[Paper]:
    return [each for each in papers if reaches(database().get_one(Consultation, each.consultation_id))]


def sources_reached(consultation: Consultation) -> Sources:
    """What the account can put into a paper: of fieldwork, only what it reaches, whatever keys it holds."""
    found = _with_comparisons_reached(sources_of(database(), consultation, staff()))
    studies_held = {each.id: each for each in studies.case_studies_of(database(), staff(), consultation)}
    foreign = {number for number, each in studies_held.items() if not reaches_case_study(each)}
    if not foreign:
        return found
    interviews_there = [each for number in foreign for each in studies_held[number].interviews]
    words = {passage.id.hex() for each in interviews_there for passage in rows_of(database(), each)}
    return replace(
        found,
        quotes={key: each for key, each in found.quotes.items() if key not in words},
        case_studies={key: each for key, each in found.case_studies.items() if int(key) not in foreign},
        damaged_quotes=found.damaged_quotes - words,
        damaged_boxes=found.damaged_boxes - {str(number) for number in foreign},
    )


def _with_comparisons_reached(found: Sources) -> Sources:
    """Without those with consultations that are not there for this account."""
    slugs = {key.partition("/")[0] for key in found.comparisons}
    reached = {slug for slug in slugs if reaches(consultations.by_slug(database(), slug))}
    return replace(
        found, comparisons={key: each for key, each in found.comparisons.items() if key.partition("/")[0] in reached}
    )


def paper_languages() -> tuple[str, ...]:
    """The languages in which this account reads papers: a translator's are their own."""
    return limiting.languages_of(limits(), OFFICIAL_LANGUAGES)


def regions_reached() -> tuple[str, ...]:
    """In the order of the network's plan."""
    return limiting.regions_of(limits(), REGIONS)


def reaches_country(country_code: str) -> bool:
    """Whether the account may begin a case study of this country."""
    country = database().get(Country, country_code)
    region = country.region if country else ""
    return limiting.may_open_case_study(limits(), country=country_code, region=region)


def reaches_case_study(case_study: CaseStudy) -> bool:
    slug = database().get_one(Consultation, case_study.consultation_id).slug
    region = database().get_one(Country, case_study.country_code).region
    return limiting.may_see_case_study(limits(), slug=slug, country=case_study.country_code, region=region)
