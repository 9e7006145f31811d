"""Who answered, from released tables alone, and how that compares with the registry of member organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from consultations.analysis.axes import LANGUAGE_PROFILE
from consultations.analysis.noise import MOST_NOISE
from consultations.analysis.regional import REGION
from consultations.analysis.tables import EVERYBODY, Label, ReleasedTable

#: The question that stands for the language that people answered in; its categories are BCP 47 codes.
LANGUAGE = LANGUAGE_PROFILE
#: Share of answers divided by share of members, the participation-to-prevalence ratio of clinical trials, in which
#: 0.8 to 1.2 counts as comparable (Scott et al., "Participation of Women in Clinical Trials", Journal of the American
#: College of Cardiology 71, 2018).
LEAST_RATIO, MOST_RATIO = 0.8, 1.2
#: What a region's part is: well below its part of the members, near it or not to be told, well above it.
FEWER, ABOUT, MORE = "fewer", "about", "more"


@dataclass(frozen=True, slots=True)
class Members:
    """Of one region: organisations in the registry, and the countries that they are in."""

    organisations: int = 0
    countries: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """People who gave one answer about themselves; `people` has noise, None stands for fewer than five or none."""

    name: str
    label: Label
    people: int | None
    #: Whole per cent of all who answered this question; None where no share is shown.
    percent: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One question about people: how many answered it, and how."""

    question: str
    label: Label
    base: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A region's answers beside its member organisations."""

    region: str
    members: Members
    answers: int | None
    #: In per cent of all answers that name a region, and of all organisations.
    share_of_answers: float | None
    share_of_members: float
    #: FEWER, ABOUT or MORE; '' for a region without members.
    part: str

    @property
    def answers_per_organisation(self) -> float | None:
        """None where the answers are not shown, or nobody is a member."""
        return self.answers / self.members.organisations if self.answers and self.members.organisations else None


@dataclass(frozen=True, slots=True)
class Profile:
    """Who answered: every question that tables are broken down by, and regions beside the registry."""

    parts: tuple[Part, ...]
    coverage: tuple[Coverage, ...]
    #: Answers that name a region, with noise; organisations in the registry, and the countries that they are in.
    answers: int
    organisations: int
    countries: int


def profile(tables: Iterable[ReleasedTable], registry: Mapping[str, tuple[int, int]]) -> Profile | None:
    """None where no released table tells who answered.

    `registry`: by region (organisations, countries that they are in), in the order that regions are shown.
    """
    members = {region: Members(*counts) for region, counts in registry.items()}
    known = tuple(table for table in tables if not table.within and not table.item)
    asked = dict.fromkeys((REGION, LANGUAGE, *(table.breakdown for table in known if table.breakdown)))
    parts = tuple(part for question in asked for part in _parts(question, known))
    if not parts:
        return None
    regions = next((part for part in parts if part.question == REGION), None)
    coverage = _coverage(regions, members) if regions else ()
    return Profile(
        parts,
        coverage,
        answers=regions.base if regions else 0,
        organisations=sum(each.organisations for each in members.values()),
        countries=sum(each.countries for each in members.values()),
    )


def within_regions(whole: Profile, regions: Collection[str]) -> Profile:
    """What a reader who is limited to `regions` is shown: their rows, and everything that names no region."""
    parts = tuple(
        replace(part, groups=tuple(group for group in part.groups if group.name in regions))
        if part.question == REGION
        else part
        for part in whole.parts
    )
    return replace(whole, parts=parts, coverage=tuple(each for each in whole.coverage if each.region in regions))


def _parts(question: str, tables: tuple[ReleasedTable, ...]) -> Iterable[Part]:
    """At most one: from the table without a breakdown where there is one; everybody's figures are the same in all."""
    mine = [table for table in tables if table.question == question]
    found = min(mine, key=lambda table: bool(table.breakdown), default=None)
    rows = [row for row in found.rows if row.kind == EVERYBODY] if found else []
    if found and rows:
        groups = tuple(
            Group(column.name, column.label, cell.count, cell.percent)
            for column, cell in zip(found.columns, rows[0].cells, strict=True)
        )
        yield Part(question, found.question_label, rows[0].base, groups)


def _coverage(part: Part, members: Mapping[str, Members]) -> tuple[Coverage, ...]:
    """Regions of the registry that the questionnaire offers; none where nobody is a member anywhere."""
    organisations = sum(each.organisations for each in members.values())
    groups = {group.name: group for group in part.groups}
    if not organisations:
        return ()
    return tuple(
        _of_region(groups[name], each, part.base, organisations) for name, each in members.items() if name in groups
    )


def _of_region(group: Group, members: Members, base: int, organisations: int) -> Coverage:
    share = 100 * members.organisations / organisations
    return Coverage(
        region=group.name,
        members=members,
        answers=group.people,
        share_of_answers=None if group.percent is None or group.people is None else 100 * group.people / base,
        share_of_members=share,
        part=_part(group.people, base, share) if members.organisations else "",
    )


def _part(people: int | None, base: int, share: float) -> str:
    """Said only where no noise could have made the difference: the true count is within three of the shown one."""
    least, most = (0, 4 + MOST_NOISE) if people is None else (people - MOST_NOISE, people + MOST_NOISE)
    if 100 * most / base < LEAST_RATIO * share:
        return FEWER
    return MORE if 100 * least / base > MOST_RATIO * share else ABOUT
