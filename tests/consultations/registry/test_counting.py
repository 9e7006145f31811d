"""Members by region: organisations, and the countries that they are in."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultations.registry.counting import members_by_region
from consultations.registry.importing import import_organisations, load_countries, rows_of
from consultations.registry.models import REGIONS


def test_organisations_and_their_countries_are_counted_by_region(session: Session) -> None:
    load_countries(session)
    import_organisations(session, rows_of("name,country,language\nOne,KE,en\nTwo,KE,en\nThree,GH,en\nFour,FR,fr\n"))
    counted = members_by_region(session)
    assert list(counted) == list(REGIONS)
    assert (counted["africa"], counted["europe"], counted["asia-pacific"]) == ((3, 2), (1, 1), (0, 0))


def test_an_empty_registry_has_every_region_with_nobody(session: Session) -> None:
    assert set(members_by_region(session).values()) == {(0, 0)}
