"""What an account reaches of what its role may do: consultations, countries, regions, languages. No database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from consultations.errors import N_
from consultations.staff.roles import LIMITED_BY, Limit, Role

#: Everything of its kind, also what comes later. No consultation's address, country or language is written so.
ALL = "*"

#: What a kind of limit is called on a page.
LIMIT_NAMES: Mapping[Limit, str] = MappingProxyType(
    {
        Limit.CONSULTATION: N_("Consultations"),
        Limit.COUNTRY: N_("Countries"),
        Limit.REGION: N_("Regions"),
        Limit.LANGUAGE: N_("Languages"),
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """A role with what its account was given of each kind. Kinds that are not there hold nothing: deny by default."""

    role: str
    given: Mapping[Limit, frozenset[str]] = field(default_factory=dict)

    def of(self, kind: Limit) -> frozenset[str]:
        """What is reached of a kind; `{ALL}` where the role is not limited by it, nothing for an unknown role."""
        if self.role not in Role.__members__.values():
            return frozenset()
        if kind not in LIMITED_BY[Role(self.role)]:
            return frozenset({ALL})
        return self.given.get(kind, frozenset())

    def allow(self, kind: Limit, values: Iterable[str]) -> bool:
        """Whether one of `values` is reached, or all of them are."""
        given = self.of(kind)
        return ALL in given or not given.isdisjoint(values)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a consultation stands: its word, the countries of its case studies, the languages it is put in."""

    slug: str
    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


def may_see_consultation(limits: Limits, place: Place) -> bool:
    """Whether the consultation is there for this account; a region reaches every consultation, cut to that region."""
    met: Mapping[Limit, Callable[[], bool]] = {
        Limit.CONSULTATION: lambda: limits.allow(Limit.CONSULTATION, {place.slug}),
        Limit.COUNTRY: lambda: limits.allow(Limit.COUNTRY, place.countries),
        Limit.REGION: lambda: bool(limits.of(Limit.REGION)),
        Limit.LANGUAGE: lambda: limits.allow(Limit.LANGUAGE, place.languages),
    }
    return all(met[kind]() for kind in Limit)


def may_see_case_study(limits: Limits, *, slug: str, country: str, region: str) -> bool:
    """Whether a case study is there for this account, whoever holds its key."""
    return (
        limits.allow(Limit.CONSULTATION, {slug})
        and limits.allow(Limit.COUNTRY, {country})
        and limits.allow(Limit.REGION, {region})
    )


def may_open_case_study(limits: Limits, *, country: str, region: str) -> bool:
    """Whether this account may begin a case study of a country."""
    return limits.allow(Limit.COUNTRY, {country}) and limits.allow(Limit.REGION, {region})


def regions_of(limits: Limits, regions: Iterable[str]) -> tuple[str, ...]:
    """Those of `regions` that are reached, in their order."""
    return tuple(region for region in regions if limits.allow(Limit.REGION, {region}))


def languages_of(limits: Limits, languages: Iterable[str]) -> tuple[str, ...]:
    """Those of `languages` that are reached, in their order."""
    return tuple(language for language in languages if limits.allow(Limit.LANGUAGE, {language}))


def everything() -> Mapping[Limit, frozenset[str]]:
    """All of every kind."""
    return {kind: frozenset({ALL}) for kind in Limit}
