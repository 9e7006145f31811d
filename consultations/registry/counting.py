"""How many member organisations, in how many countries, each region has."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultations.registry.models import REGIONS, Country, Organisation


def members_by_region(session: Session) -> dict[str, tuple[int, int]]:
    """(organisations, countries that they are in) of every region in the order of the network's plan."""
    counted = (
        select(Country.region, func.count(Organisation.id), func.count(Country.code.distinct()))
        .join(Organisation, Organisation.country_code == Country.code)
        .group_by(Country.region)
    )
    found = {region: (organisations, countries) for region, organisations, countries in session.execute(counted)}
    return {region: found.get(region, (0, 0)) for region in REGIONS}
