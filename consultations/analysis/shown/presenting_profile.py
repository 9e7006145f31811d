"""Who answered -> the tables, charts and sentences that papers and pages show, in one language."""

from __future__ import annotations

from consultations.analysis.disclosure import LEAST_COUNT
from consultations.analysis.figures.profile import ABOUT, FEWER, LANGUAGE, MORE, Coverage, Group, Part, Profile
from consultations.analysis.shown.presenting import ALL, FEW_NOTE, LANGUAGES, NOISE_NOTE, PEOPLE, own_name, worded
from consultations.analysis.tables import FEW
from consultations.errors import N_
from consultations.registry.models import REGIONS
from exports.document import Chart, Row, Series, Table
from translations.catalogues import words
from translations.formats import joined, separated, signed, written_number, written_share
from translations.phrases import filled

COVERAGE = N_("Answers and member organisations by region")
WHO = N_("Who answered: %(question)s")
GROUP, SHARE = N_("Group"), N_("Share")
REGION_HEAD = N_("Region")
COLUMNS = (
    N_("Answers"),
    N_("Share of answers"),
    N_("Member organisations"),
    N_("Countries with members"),
    N_("Share of organisations"),
    N_("Answers per organisation"),
)
PARTS = {
    MORE: N_("More answers than their share of the member organisations came from: %(names)s."),
    FEWER: N_("Fewer answers than their share of the member organisations came from: %(names)s."),
    ABOUT: N_("About as many answers as their share of the member organisations came from: %(names)s."),
    "": N_("No member organisation is in the registry from: %(names)s."),
}
SIZE_NOTE = N_(
    "Organisations differ in size: this compares answers with organisations in the registry, not with people. “More”"
    " and “fewer” are said only of differences of more than a fifth that the random changes cannot explain."
)
NOBODY_KNOWS = "–"


def coverage_table(profile: Profile, language: str) -> Table:
    """Regions down; the last row is all of them."""
    translate = words(language).gettext
    lines = [Row(translate(REGIONS[each.region]), _cells(each, language)) for each in profile.coverage]
    return Table(
        caption=translate(COVERAGE),
        corner=translate(REGION_HEAD),
        columns=tuple(translate(column) for column in COLUMNS),
        rows=(*lines, Row(translate(ALL), _total(profile, language))),
        note=joined(_notes(profile, language), language),
    )


def sentences(profile: Profile, language: str) -> tuple[str, ...]:
    """In plain words, which regions are in it by more, by less and by about what their organisations would make."""
    translate = words(language).gettext
    return tuple(
        translate(message) % {"names": separated((translate(REGIONS[name]) for name in names), language)}
        for part, message in PARTS.items()
        if (names := [each.region for each in profile.coverage if each.part == part])
    )


def part_table(part: Part, language: str) -> Table:
    """Groups down with people and shares; the last row is everybody who answered the question."""
    translate = words(language).gettext
    lines = [
        Row(group_name(part, group, language), (_people(group.people, language), _share(group.percent, language)))
        for group in part.groups
    ]
    everybody = Row(translate(PEOPLE), (written_number(part.base, language), ""))
    few = [translate(FEW_NOTE) % {"count": LEAST_COUNT}] if any(group.people is None for group in part.groups) else []
    return Table(
        caption=part_caption(part, language),
        corner=translate(GROUP),
        columns=(translate(N_("Number of people")), translate(SHARE)),
        rows=(*lines, everybody),
        note=joined((*few, translate(NOISE_NOTE)), language),
    )


def part_chart(part: Part, language: str) -> Chart:
    """Bars of the shares."""
    return Chart(
        kind="bars",
        caption=part_caption(part, language),
        categories=tuple(group_name(part, group, language) for group in part.groups),
        series=(Series(words(language).gettext(ALL), tuple(group.percent for group in part.groups)),),
    )


def shows_shares(part: Part) -> bool:
    return any(group.percent is not None for group in part.groups)


def part_caption(part: Part, language: str) -> str:
    return filled(words(language).gettext(WHO), {"question": part_name(part, language)})


def part_name(part: Part, language: str) -> str:
    """The question in the author's words."""
    if part.question == LANGUAGE:
        return words(language).gettext(LANGUAGES)
    return worded(part.label, part.question, language)


def group_name(part: Part, group: Group, language: str) -> str:
    """The answer in the author's words; a language in its own."""
    if part.question == LANGUAGE:
        return own_name(group.name, language)
    return worded(group.label, group.name, language)


def _cells(each: Coverage, language: str) -> tuple[str, ...]:
    return (
        _people(each.answers, language),
        _share(each.share_of_answers, language),
        written_number(each.members.organisations, language),
        written_number(each.members.countries, language),
        _share(each.share_of_members, language),
        _each(each.answers_per_organisation, language),
    )


def _total(profile: Profile, language: str) -> tuple[str, ...]:
    whole = written_share(100, language)
    return (
        written_number(profile.answers, language),
        whole,
        written_number(profile.organisations, language),
        written_number(profile.countries, language),
        whole,
        _each(profile.answers / profile.organisations, language),
    )


def _notes(profile: Profile, language: str) -> tuple[str, ...]:
    translate = words(language).gettext
    few = any(each.answers is None for each in profile.coverage)
    return (
        translate(SIZE_NOTE),
        *([translate(FEW_NOTE) % {"count": LEAST_COUNT}] if few else []),
        translate(NOISE_NOTE),
    )


def _people(people: int | None, language: str) -> str:
    return signed(FEW, language) if people is None else written_number(people, language)


def _share(percent: float | None, language: str) -> str:
    return NOBODY_KNOWS if percent is None else written_share(round(percent), language)


def _each(number: float | None, language: str) -> str:
    return NOBODY_KNOWS if number is None else written_number(round(number, 1), language)
