"""Member organisations, counted."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultations.registry.models import REGIONS, Country, Organisation


def organisations_by_region(session: Session) -> dict[str, int]:
    """How many there are in each of the network's regions, in the order of its plan."""
    joined = select(Country.region, func.count()).join(Organisation, Organisation.country_code == Country.code)
    found = {row.region: row[1] for row in session.execute(joined.group_by(Country.region))}
    return {region: found.get(region, 0) for region in REGIONS}
