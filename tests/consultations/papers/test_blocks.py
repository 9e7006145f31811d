"""A block has what its kind needs, or it is refused."""

from __future__ import annotations

import pytest

from consultations.papers.blocks import KINDS, BlockUnfit, checked, heading, shown, unwritten, written

SHOWING = [kind for kind, about in KINDS.items() if about.source]


def test_a_heading_opens_a_chapter_unless_it_says_otherwise():
    assert heading({"en": "Health"}) == {"kind": "heading", "level": 1, "text": {"en": "Health"}}
    assert heading({"en": "Health"}, 3)["level"] == 3


def test_a_text_is_kept_by_language():
    assert written({"en": "Why", "fr": "Pourquoi"}) == {"kind": "text", "text": {"en": "Why", "fr": "Pourquoi"}}


@pytest.mark.parametrize("kind", SHOWING)
def test_a_block_that_shows_something_names_it(kind):
    block = shown(kind, "a1")
    assert block[KINDS[kind].source] == "a1"
    assert checked(block) is block


@pytest.mark.parametrize(("kind", "source"), [("chart", ""), ("method", "x"), ("heading", "x"), ("script", "x")])
def test_nothing_can_be_shown_without_a_source_or_by_a_kind_that_has_none(kind, source):
    with pytest.raises(BlockUnfit):
        shown(kind, source)


@pytest.mark.parametrize(
    "block",
    [
        {},
        {"kind": "script"},
        {"kind": "chart"},
        {"kind": "quote", "quote": ""},
        {"kind": "text"},
        {"kind": "heading", "level": 1, "text": {"en": "  "}},
    ],
)
def test_what_is_not_complete_is_refused(block):
    with pytest.raises(BlockUnfit):
        checked(block)


@pytest.mark.parametrize("block", [{"kind": "method"}, written({"ru": "Да", "en": ""})])
def test_what_is_complete_passes(block):
    assert checked(block) == block


def test_every_text_that_is_still_to_be_written_is_listed_with_its_place():
    blocks = [heading({"en": "A", "fr": "B"}), {"kind": "method"}, written({"en": "C", "fr": " "})]
    assert unwritten(blocks, ("en", "fr")) == [(2, "fr")]
    assert len(unwritten(blocks)) == 3 + 4
