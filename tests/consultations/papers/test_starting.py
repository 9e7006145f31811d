"""A first draft writes itself from what was released, in five languages at once."""

from __future__ import annotations

import datetime
from dataclasses import replace

from consultations.analysis.figures.comparing import compared
from consultations.analysis.figures.profile import Part, Profile
from consultations.analysis.releases.earlier import Asked, Compared
from consultations.papers.blocks import unwritten
from consultations.papers.sources import Sources
from consultations.papers.starting import changed_most, in_all, leading_tables, starting_draft

#: Shares in every region of the network, so that there is a map.
REGIONS = {
    "africa": (50, 40, 10),
    "asia-pacific": (60, 30, 10),
    "europe": (50, 40, 10),
    "latin-america": (40, 50, 10),
    "north-america-caribbean": (30, 60, 10),
}


def kinds(draft):
    return [block["kind"] for block in draft.blocks]


def change(before, after):
    days = (Asked({"en": "Rights"}, datetime.date(year, 6, 1)) for year in (2024, 2026))
    return Compared(compared(before, after), *days)


def with_changes(table, **shares):
    """Tables by question, and what became of each since two earlier consultations, the newest first."""
    now = {name: table(question=name) for name in shares}
    then = {name: table(given, question=name) for name, given in shares.items()}
    found = {
        f"{slug}/{now[name].id}": change(then[name], now[name]) for slug in ("winter", "autumn") for name in shares
    }
    return Sources({each.id: each for each in now.values()}, {}, {}, found)


def test_it_shows_every_table_every_quote_and_every_case_study(consultation, sources):
    draft = starting_draft(consultation, sources)
    assert kinds(draft)[:2] == ["heading", "method"]
    assert kinds(draft)[2:] == ["heading", "heading", "chart", "reading", "heading", "quote", "heading", "case_study"]
    assert draft.before is None


def test_everything_that_it_writes_is_written_in_all_five_languages(consultation, sources):
    draft = starting_draft(consultation, sources)
    assert unwritten(draft.blocks) == []
    assert all(draft.title.values())
    assert draft.title["fr"] == "Nos droits"
    assert len(set(draft.subtitle.values())) >= 4


def test_it_says_nothing_of_quotes_and_case_studies_where_there_are_none(consultation):
    assert kinds(starting_draft(consultation, Sources({}, {}, {}))) == ["heading", "method", "heading"]


def test_questions_with_too_few_answers_are_named_and_not_drawn(consultation, table):
    hidden = table((), question="hours")
    draft = starting_draft(consultation, Sources({hidden.id: hidden}, {}, {}))
    assert "chart" not in kinds(draft)
    assert draft.blocks[-1]["text"]["fr"] == "- Sur hours"


def test_each_question_is_shown_once_by_region_before_anything_else(table):
    made = [
        table(question=name, breakdown=by)
        for name, by in (("a", "setting"), ("a", "region"), ("b", "setting"), ("c", ""))
    ]
    leading = leading_tables({each.id: each for each in made}, ["setting"])
    assert [each.id for each in leading] == ["a.by.region", "b.by.setting", "c"]


def test_regions_alone_single_places_and_languages_have_no_chapter_of_their_own(table):
    made = table(question="needs", kind="ranking", breakdown="region")
    within = replace(made, id="needs.by.setting.in.africa", breakdown="setting", within="africa")
    place = replace(made, id="needs.place.rent.by.region", kind="places", item="rent")
    languages = table(question="_language", breakdown="")
    tables = {each.id: each for each in (languages, within, place, made)}
    assert leading_tables(tables, ["setting"]) == [made]


def test_a_ranking_brings_its_mean_places_along(consultation, table):
    first = table(question="needs", kind="ranking", breakdown="region")
    place = replace(first, id="needs.place.rent.by.region", kind="places", item="rent")
    draft = starting_draft(consultation, Sources({each.id: each for each in (first, place)}, {}, {}))
    assert kinds(draft)[-3:] == ["chart", "reading", "summary"]
    assert kinds(starting_draft(consultation, Sources({first.id: first}, {}, {})))[-2:] == ["chart", "reading"]


def test_who_answered_stands_once_before_what_they_answered(consultation, table):
    asked, setting = table(), table(question="setting")
    part = Part("setting", {}, 100, ())
    profile = Profile((part,), (), answers=100, organisations=0, countries=0)
    draft = starting_draft(consultation, Sources({each.id: each for each in (asked, setting)}, {}, {}, profile=profile))
    assert kinds(draft) == ["heading", "method", "heading", "profile", "heading", "heading", "chart", "reading"]
    assert [block["table"] for block in draft.blocks if "table" in block] == [asked.id, asked.id]


def test_what_changed_most_since_the_newest_earlier_consultation_has_a_chapter(consultation, table):
    sources = with_changes(table, a=(20, 70, 10), b=(60, 30, 10), c=(20, 30, 50), d=(30, 60, 10), e=(10, 80, 10))
    draft = starting_draft(consultation, sources)
    assert kinds(draft)[-4:] == ["heading", "comparison", "comparison", "comparison"]
    assert draft.blocks[-4]["text"]["fr"] == "Ce qui a changé depuis une consultation antérieure"
    assert changed_most(sources) == [f"winter/{name}.by.region" for name in ("a", "c", "d")]


def test_where_no_change_is_clear_nothing_is_said_of_changes(consultation, table):
    sources = with_changes(table, a=(60, 30, 10), b=(58, 32, 10))
    assert "comparison" not in kinds(starting_draft(consultation, sources))


def test_who_answered_and_languages_and_single_places_are_no_change_of_answers(table):
    sources = with_changes(table, setting=(20, 70, 10), _language=(20, 70, 10), a=(20, 70, 10))
    place = replace(table(question="needs"), id="needs.place.rent", item="rent", kind="places")
    sources.comparisons["winter/needs.place.rent"] = change(table((20, 70, 10)), place)
    told = Profile((Part("setting", {}, 100, ()),), (), answers=100, organisations=0, countries=0)
    assert changed_most(replace(sources, profile=told)) == ["winter/a.by.region"]


def test_the_first_two_scales_with_all_regions_have_a_map(consultation, table):
    made = [table(question=name, kind="scale", **REGIONS) for name in ("a", "b", "c")]
    made.insert(0, table(question="one_region", kind="scale", africa=(60, 30, 10)))
    made.insert(1, table(question="no_scale", **REGIONS))
    draft = starting_draft(consultation, Sources({each.id: each for each in made}, {}, {}))
    assert [block["table"] for block in draft.blocks if block["kind"] == "map"] == ["a.by.region", "b.by.region"]


def test_an_author_s_words_stand_in_for_languages_that_they_did_not_write():
    assert in_all({"en": "Health", "fr": "Santé"}) == {
        "zh": "Health",
        "en": "Health",
        "fr": "Santé",
        "ru": "Health",
        "es": "Health",
    }
