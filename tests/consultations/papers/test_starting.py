"""A first draft writes itself from what was released, in five languages at once."""

from __future__ import annotations

from dataclasses import replace

from consultations.analysis.profile import Part, Profile
from consultations.papers.blocks import unwritten
from consultations.papers.sources import Sources
from consultations.papers.starting import in_all, leading_tables, starting_draft


def kinds(draft):
    return [block["kind"] for block in draft.blocks]


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


def test_an_author_s_words_stand_in_for_languages_that_they_did_not_write():
    assert in_all({"en": "Health", "fr": "Santé"}) == {
        "zh": "Health",
        "en": "Health",
        "fr": "Santé",
        "ru": "Health",
        "es": "Health",
    }
