"""Drafts change block by block, go one step back, and lie sealed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consultations.papers import drafting
from consultations.papers.blocks import BlockUnfit, written
from consultations.papers.drafting import Draft, PaperNotFound
from consultations.papers.models import Paper
from consultations.rounds.models import Consultation
from consultations.staff.keys import DoesNotOpen, new_key_pair
from consultations.staff.models import Keyring

A, B, C, D = (written({"en": letter}) for letter in "ABCD")


@pytest.fixture
def draft() -> Draft:
    return Draft({"en": "Title"}, {}, [A, B, C])


@pytest.mark.parametrize(
    ("position", "blocks"),
    [(0, [D, A, B, C]), (2, [A, B, D, C]), (3, [A, B, C, D]), (99, [A, B, C, D]), (-5, [D, A, B, C])],
)
def test_a_block_is_put_in_where_it_is_wanted(draft, position, blocks):
    assert drafting.with_block(draft, position, D).blocks == blocks


@pytest.mark.parametrize(
    ("position", "by", "blocks"),
    [(0, 1, [B, A, C]), (2, -1, [A, C, B]), (0, -1, [A, B, C]), (2, 1, [A, B, C])],
)
def test_a_block_moves_up_and_down_and_stops_at_the_ends(draft, position, by, blocks):
    assert drafting.moved(draft, position, by).blocks == blocks


def test_a_block_is_replaced_or_taken_out(draft):
    assert drafting.with_other_block(draft, 1, D).blocks == [A, D, C]
    assert drafting.without_block(draft, 0).blocks == [B, C]


@pytest.mark.parametrize("position", [-1, 3])
@pytest.mark.parametrize(
    "change",
    [
        lambda draft, at: drafting.moved(draft, at, 1),
        drafting.without_block,
        lambda draft, at: drafting.with_other_block(draft, at, D),
    ],
)
def test_a_block_that_is_not_there_is_not_found(draft, change, position):
    with pytest.raises(PaperNotFound):
        change(draft, position)


def test_an_unfit_block_is_refused(draft):
    with pytest.raises(BlockUnfit):
        drafting.with_block(draft, 0, {"kind": "chart"})


def test_the_last_change_is_undone_and_undoing_is_undone(draft):
    changed = drafting.without_block(draft, 0)
    assert drafting.undone(changed).blocks == [A, B, C]
    assert drafting.undone(drafting.undone(changed)).blocks == [B, C]
    assert drafting.undone(draft) is draft


PAIR = new_key_pair()


#: For what no database has a say in.
one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def sealed(session) -> Callable[[Draft], Paper]:
    """Seals a draft to the key of a consultation that holds PAIR."""
    keyring = Keyring(public_key=PAIR.public)
    session.add(keyring)
    session.flush()

    def save(draft: Draft) -> Paper:
        paper = Paper(id=5, consultation_id=3, sealed_draft=b"")
        drafting.save(session, paper, Consultation(id=3, keyring_id=keyring.id), draft)
        return paper

    return save


@one_database
def test_a_draft_lies_sealed_and_opens_with_the_consultation_s_key(draft, sealed):
    paper = sealed(draft)
    assert b"Title" not in paper.sealed_draft
    assert drafting.opened(paper, PAIR.private) == draft


@one_database
def test_what_was_before_is_kept_for_the_next_visit(draft, sealed):
    paper = sealed(drafting.without_block(draft, 0))
    assert drafting.undone(drafting.opened(paper, PAIR.private)).blocks == [A, B, C]


@one_database
def test_a_draft_opens_with_no_other_key_and_in_no_other_place(draft, sealed):
    paper = sealed(draft)
    with pytest.raises(DoesNotOpen):
        drafting.opened(paper, new_key_pair().private)
    paper.id = 6
    with pytest.raises(DoesNotOpen):
        drafting.opened(paper, PAIR.private)


@one_database
def test_nothing_is_saved_that_is_not_complete(sealed):
    with pytest.raises(BlockUnfit):
        sealed(Draft({}, {}, [{"kind": "quote"}]))
