"""What a person who was interviewed agreed to, and how far a quote may say who speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from consultations.errors import N_, Problem

#: Who speaks, or who asked, as a role that many people have: never a name, a job title or a workplace.
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "sex_worker": N_("Sex worker"),
        "organiser": N_("Organiser in a sex-worker-led organisation"),
        "outreach_worker": N_("Outreach worker"),
        "health_worker": N_("Health worker"),
        "legal_worker": N_("Lawyer or paralegal"),
        "ally": N_("Person in an allied organisation"),
        "official": N_("Public official"),
        "other": N_("Key informant"),
    }
)

#: Who asked the questions.
ASKERS: Mapping[str, str] = MappingProxyType(
    {
        "community_consultant": N_("Community consultant"),
        "peer": N_("Peer researcher"),
        "regional_network": N_("Member of staff of the regional network"),
        "secretariat": N_("Member of staff of the secretariat"),
    }
)

#: From the most that a quote may say to the least.
ATTRIBUTIONS: Mapping[str, str] = MappingProxyType(
    {
        "role_country": N_("Role and country"),
        "role_region": N_("Role and region"),
        "region": N_("Region only"),
        "none": N_("Nothing at all"),
    }
)


class NotToBeKept(Problem):
    message = N_("Without this consent the interview may not be kept here.")


@dataclass(frozen=True, slots=True)
class Consent:
    """Each is a permission of its own; what was not given is not given."""

    #: The interview may be kept with the case study, and the case study may build on it.
    recorded: bool
    quoted: bool
    #: A key of `ATTRIBUTIONS`.
    attribution: str
    translated: bool


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks, as far as consent goes: what is not agreed to is '' here, so that no page can show it by mistake."""

    role: str = ""
    country_code: str = ""
    region: str = ""


def attribution(consent: Consent, role: str, country_code: str, region: str) -> Attribution:
    """What a quote from this interview may say; nothing when it may not be quoted or the level is not known."""
    if not consent.quoted:
        return Attribution()
    levels = {
        "role_country": Attribution(role=role, country_code=country_code, region=region),
        "role_region": Attribution(role=role, region=region),
        "region": Attribution(region=region),
    }
    return levels.get(consent.attribution, Attribution())


def check_kept(consent: Consent) -> None:
    """Raises NotToBeKept: an interview that its person did not agree to have recorded is not stored at all."""
    if not consent.recorded:
        raise NotToBeKept
