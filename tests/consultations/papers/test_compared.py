"""Papers can tell who answered and what changed; without what these rest on, they cannot be made."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from consultations.analysis.figures.comparing import compared
from consultations.analysis.figures.profile import profile
from consultations.analysis.releases.earlier import Asked, Compared
from consultations.papers.blocks import BlockUnfit, shown
from consultations.papers.composing import MAKERS, SourceGone
from consultations.papers.sources import comparison_id

BLOCK = shown("comparison", comparison_id("spring", "safe.by.region"))
REGISTRY = {"africa": (2, 2), "europe": (1, 1)}


@pytest.fixture
def with_changes(sources, table):
    before, after = table(africa=(70, 20, 10)), table((80, 10, 10), africa=(90, 5, 5))
    asked = [Asked({"en": f"Rights {year}"}, datetime.date(year, 6, 1)) for year in (2025, 2026)]
    changes = Compared(compared(before, after), *asked)
    return replace(sources, comparisons={BLOCK["comparison"]: changes})


def made(block, consultation, sources, language="en"):
    return MAKERS[block["kind"]](block, consultation, sources, language)


def test_a_comparison_is_a_picture_of_everybody_and_a_table_of_every_group(consultation, with_changes):
    picture, shown_table = made(BLOCK, consultation, with_changes)
    assert [type(each).__name__ for each in (picture, shown_table)] == ["Chart", "Table"]
    assert shown_table.columns == ("Everybody", "Africa")
    assert shown_table.rows[0].cells[0].startswith("+20 (")  # 60 to 80 per cent


def test_where_no_change_is_shown_there_is_no_picture(consultation, sources, table):
    hidden = table((None, None, None))
    found = Compared(
        compared(hidden, hidden), Asked({}, datetime.date(2025, 6, 1)), Asked({}, datetime.date(2026, 6, 1))
    )
    blocks = made(BLOCK, consultation, replace(sources, comparisons={BLOCK["comparison"]: found}))
    assert [type(each).__name__ for each in blocks] == ["Table"]


def test_a_comparison_whose_releases_are_gone_stops_the_paper(consultation, sources):
    with pytest.raises(SourceGone):
        made(BLOCK, consultation, sources)


def test_a_comparison_has_to_name_what_it_compares():
    with pytest.raises(BlockUnfit):
        shown("comparison", "")


def test_who_answered_is_a_table_of_regions_and_one_for_each_other_question(consultation, sources, table):
    regions = replace(table(africa=(60, 30, 10)), question="region", breakdown="")
    columns = tuple(
        replace(column, name=name) for column, name in zip(regions.columns, ("africa", "europe", "x"), strict=True)
    )
    place = table(question="place")
    asked = profile(
        [replace(regions, columns=columns), place, replace(place, question="safe", breakdown="place")], REGISTRY
    )
    blocks = made({"kind": "profile"}, consultation, replace(sources, profile=asked))
    assert blocks[0].markdown.endswith("came from: Africa; Europe.")
    assert [block.caption for block in blocks[1:]] == [
        "Answers and member organisations by region",
        "Who answered: About place",
    ]
    assert [line.head for line in blocks[1].rows] == ["Africa", "Europe", "Everybody"]


def test_without_a_registry_regions_have_a_table_of_their_own(consultation, sources, table):
    regions = replace(table(), question="region", breakdown="")
    asked = profile([regions], dict.fromkeys(REGISTRY, (0, 0)))
    blocks = made({"kind": "profile"}, consultation, replace(sources, profile=asked))
    assert [block.caption for block in blocks] == ["Who answered: About safe"]


def test_before_a_release_nobody_can_say_who_answered(consultation, sources):
    with pytest.raises(SourceGone):
        made({"kind": "profile"}, consultation, sources)
