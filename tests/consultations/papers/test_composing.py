"""A draft and its sources become one Document in each language; a block without a source is none."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from consultations.analysis.tables import ReleasedColumn
from consultations.papers.blocks import KINDS, heading, shown, written
from consultations.papers.composing import MAKERS, SYNTHETIC, SourceGone, composed, quoted
from consultations.papers.drafting import Draft
from consultations.papers.sources import Sources, Speaker, UsableQuote
from consultations.registry.models import REGIONS
from exports import document

#: 60, 30 and 10 of 100 people: (60 * 2 + 30 * 4 + 10 * 6) / 100 = 3.
BANDS = tuple(ReleasedColumn(str(day), {"": str(day)}, low=day, high=day) for day in (2, 4, 6))
DAY = datetime.date(2026, 11, 2)


def paper(consultation, sources, *blocks, language="en"):
    draft = Draft({"en": "Rights", "fr": "Droits"}, {"en": "Briefing paper"}, list(blocks))
    return composed(consultation, draft, sources, language, DAY)


def kinds(made):
    return [type(block).__name__ for block in made.blocks]


def test_every_kind_of_block_has_a_maker():
    assert MAKERS.keys() == KINDS.keys()


def test_each_block_becomes_what_it_shows(consultation, sources):
    table = "safe.by.region"
    made = paper(
        consultation,
        sources,
        heading({"en": "Health"}, 2),
        written({"en": "*So* it is."}),
        *(shown(kind, table) for kind in ("chart", "table", "reading")),
        shown("quote", "q1"),
        shown("case_study", "7"),
    )
    assert kinds(made) == ["Heading", "Paragraph", "Chart", "Table", "Paragraph", "Quote", "Box"]
    assert made.blocks[0] == document.Heading("Health", 2)
    assert made.blocks[-1].title == "Kenya"


def test_a_hidden_table_says_so_in_words(consultation, table):
    hidden = table(())
    made = paper(
        consultation, Sources({hidden.id: hidden}, {}, {}), shown("chart", hidden.id), shown("table", hidden.id)
    )
    assert kinds(made) == ["Paragraph", "Paragraph"]


def test_a_map_is_drawn_of_all_regions_and_a_chart_of_fewer(consultation, table):
    everywhere = dict.fromkeys(REGIONS, (50, 40, 10))
    whole, part, hidden = table(**everywhere), table(question="part", africa=(50, 40, 10)), table((), question="hidden")
    given = Sources({each.id: each for each in (whole, part, hidden)}, {}, {})
    made = paper(consultation, given, *(shown("map", each.id) for each in (whole, part, hidden)), language="fr")
    assert kinds(made) == ["Chart", "Chart", "Paragraph"]
    assert [made.blocks[0].kind, made.blocks[1].kind] == ["tiles", "bars"]
    assert "Oui" in made.blocks[0].caption


def test_a_question_is_drawn_in_each_region_where_there_are_tables_of_them(consultation, table):
    whole = table(breakdown="setting", street=(60, 30, 10), indoors=(50, 40, 10))
    within = [
        replace(whole, id=f"{whole.id}.in.{name}", within=name, within_label={"en": name.title()})
        for name in ("africa", "europe")
    ]
    given = Sources({each.id: each for each in (whole, *within)}, {}, {})
    [made] = paper(consultation, given, shown("panels", whole.id)).blocks
    assert (made.kind, made.sections) == ("multiples", (("Africa", 2), ("Europe", 2)))


def test_all_places_of_a_ranking_are_one_picture(consultation, table):
    first = table(question="needs", kind="ranking")
    places = [
        replace(first, id=f"needs.place.{name}", kind="places", item=name, item_label={"en": name})
        for name in ("rent", "care")
    ]
    given = Sources({each.id: each for each in (first, *places)}, {}, {})
    [made] = paper(consultation, given, shown("panels", first.id)).blocks
    assert (made.kind, made.categories) == ("stacked", ("rent", "care"))


def test_what_has_nothing_beside_it_is_drawn_alone_or_told_in_words(consultation, sources, table):
    hidden = table((), question="hidden")
    given = replace(sources, tables={**sources.tables, hidden.id: hidden})
    made = paper(consultation, given, shown("panels", "safe.by.region"), shown("panels", hidden.id))
    assert kinds(made) == ["Chart", "Paragraph"]
    assert made.blocks[0].kind == "dots"


def test_a_summary_is_one_of_measures_where_there_are_any_and_else_the_figures(consultation, table):
    choices, days = table(), replace(table(kind="number", question="days"), columns=BANDS)
    given = Sources({each.id: each for each in (choices, days)}, {}, {})
    made = paper(consultation, given, shown("summary", days.id), shown("summary", choices.id))
    assert [block.rows[0].cells for block in made.blocks] == [("3.0",), ("60%",)]


@pytest.mark.parametrize(
    "block",
    [*(shown(kind, "gone") for kind in ("chart", "map", "panels", "reading", "quote")), shown("case_study", "8")],
)
def test_what_may_no_longer_be_shown_stops_the_paper(consultation, sources, block):
    with pytest.raises(SourceGone):
        paper(consultation, sources, block)


def test_the_title_and_texts_stand_in_the_nearest_language(consultation, sources):
    made = paper(consultation, sources, written({"en": "Only English"}), language="ru")
    assert (made.title, made.blocks[0].markdown) == ("Rights", "Only English")
    assert paper(consultation, sources, language="fr").title == "Droits"


def test_dates_and_fixed_words_are_of_the_paper_s_language(consultation, sources):
    made = paper(consultation, sources, language="fr")
    assert (made.date, made.date_written, made.direction) == ("2026-11-02", "2 novembre 2026", "ltr")
    assert "{number}" in made.words.table
    assert {"{page}", "{pages}"} <= set(made.words.page.split())


def test_a_synthetic_consultation_says_so_on_every_page(consultation, sources):
    assert paper(consultation, sources).running_notice == ""
    consultation.synthetic = True
    assert paper(consultation, sources).running_notice == SYNTHETIC


def test_a_quote_is_translated_only_for_readers_of_another_language(sources):
    quote = sources.quotes["q1"]
    assert quoted(quote, "en").translation == "Nobody wrote it down."
    assert quoted(quote, "fr").translation == ""
    assert quoted(quote, "es").translation == ""
    near = UsableQuote("q2", "Olá", "pt-BR", "law", Speaker(), {"pt": "never"})
    assert quoted(near, "pt").translation == ""


def test_the_methods_tell_of_interviews_only_where_there_were_some(consultation, sources):
    with_boxes = paper(consultation, sources, {"kind": "method"}).blocks
    without = paper(consultation, Sources(sources.tables, {}, {}), {"kind": "method"}).blocks
    assert (len(with_boxes), len(without)) == (3, 2)
    assert "between 1 September 2026 and 15 October 2026. About 100 people" in without[0].markdown


def test_the_methods_say_what_every_release_went_through(consultation, sources):
    protected = paper(consultation, sources, {"kind": "method"}).blocks[-1].markdown
    assert "was fixed before the consultation opened" in protected
    assert "at most 3 times" in protected
    assert "attacked with our own software before it was published" in protected


def test_the_methods_stand_also_before_anything_was_opened_or_released(consultation):
    consultation.opened_on = consultation.closed_on = None
    assert "About 0 people" in paper(consultation, Sources({}, {}, {}), {"kind": "method"}).blocks[0].markdown


def test_the_same_draft_always_makes_the_same_document(consultation, sources):
    block = shown("chart", "safe.by.region")
    assert paper(consultation, sources, block) == paper(consultation, sources, block)
