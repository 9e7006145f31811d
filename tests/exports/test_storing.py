"""A published paper comes back from plain JSON as it was, so that it renders to the same bytes."""

from __future__ import annotations

import json

import pytest

from exports import document as d
from exports.storing import from_json, to_json

WORDS = d.Words("Contents", "Table {number}", "Figure {number}", "Page {page} of {pages}", "our translation", "–")
BLOCKS = (
    d.Heading("Health", 2),
    d.Paragraph("*Yes*"),
    d.Table("Caption", "Answer", ("Africa", "Europe"), (d.Row("Yes", ("12", "<5")),), note="Note"),
    d.Chart("bars", "Caption", ("Yes", "No"), (d.Series("All", (12.5, None)),), middle=None),
    d.Chart("stacked", "Caption", ("Africa",), (d.Series("a", (40.0,)), d.Series("b", (60.0,))), middle=1),
    d.Quote("Nous", "fr", "Respondent", "We"),
    d.Box("Kenya", (d.Paragraph("Text"), d.Quote("Sisi", "sw", "Peer"))),
    d.Notice("Synthetic"),
)


def paper(*blocks: d.Block) -> d.Document:
    return d.Document("en", "ltr", "Title", "", "Network", "2026-11-02", "2 November 2026", WORDS, blocks, "Made up")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_each_kind_of_block_comes_back_even_through_text(block):
    whole = paper(block)
    assert from_json(json.loads(json.dumps(to_json(whole)))) == whole


def test_a_whole_paper_keeps_the_order_of_its_blocks():
    whole = paper(*BLOCKS)
    assert from_json(to_json(whole)).blocks == BLOCKS


@pytest.mark.parametrize("stored", [{}, {"kind_of_block": "Script"}])
def test_a_kind_that_is_not_known_is_refused(stored):
    with pytest.raises(KeyError):
        from_json(stored)


def test_a_part_that_is_not_known_is_refused():
    with pytest.raises(TypeError):
        from_json(to_json(paper()) | {"secret": "x"})
