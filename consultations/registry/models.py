"""Countries in their regions, and the organisations that are members."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consultations.database import Base
from consultations.errors import N_

#: The network's five regions, in the order of its plan; their names are words of the interface.
REGIONS = {
    "africa": N_("Africa"),
    "asia-pacific": N_("Asia and the Pacific"),
    "europe": N_("Europe"),
    "latin-america": N_("Latin America"),
    "north-america-caribbean": N_("North America and the Caribbean"),
}


class Country(Base):
    """A country or territory; its name in each language comes from CLDR by its code."""

    __tablename__ = "countries"
    __table_args__ = (CheckConstraint(f"region IN {tuple(REGIONS)}", name="region_known"),)

    #: ISO 3166-1 alpha-2.
    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    region: Mapped[str] = mapped_column(String(40))


class Organisation(Base):
    """A member organisation of the network."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    country_code: Mapped[str] = mapped_column(ForeignKey("countries.code"))
    #: The language it is written to in.
    language: Mapped[str] = mapped_column(String(20))
