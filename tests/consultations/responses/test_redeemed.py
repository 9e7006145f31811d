"""Counts of redeemed codes are sealed to the key holders, and of one size whatever they count."""

import pytest

from consultations.responses import coverage
from consultations.responses.answering import send
from consultations.responses.models import SealedCount
from consultations.responses.redeemed import BOX_BYTES, Redeemed, opened_counts, sealed_counts
from consultations.responses.sealing import new_id
from consultations.rounds.invitations import SPENT, tag_of
from consultations.rounds.models import Invitation
from consultations.staff.keys import DoesNotOpen


def redeemed(region, language):
    return Redeemed(new_id() * 2, region, language)


def test_counts_come_back_for_who_holds_the_key(pair):
    sent = [redeemed("africa", "fr"), redeemed("africa", "fr"), redeemed("europe", "ru")]
    row = sealed_counts(pair.public, 7, sent)
    found = opened_counts(pair.private, 7, row["id"], row["sealed"])
    assert found == {("africa", "fr"): 2, ("europe", "ru"): 1}


def test_a_box_opens_at_its_own_place_only(pair):
    row = sealed_counts(pair.public, 7, [redeemed("africa", "fr")])
    for place in ((8, row["id"]), (7, new_id())):
        with pytest.raises(DoesNotOpen):
            opened_counts(pair.private, *place, row["sealed"])


def test_boxes_have_one_length(pair):
    one = sealed_counts(pair.public, 7, [redeemed("africa", "fr")])
    many = sealed_counts(pair.public, 7, [redeemed("africa", f"a{n}") for n in range(150)])
    more = sealed_counts(pair.public, 7, [redeemed("africa", f"a{n}") for n in range(250)])
    assert len(one["sealed"]) == len(many["sealed"]) == BOX_BYTES + 48
    assert len(more["sealed"]) == 2 * BOX_BYTES + 48


def test_nothing_about_a_code_is_written_out(pair):
    assert "tag" not in repr(Redeemed(b"t" * 32, "africa", "fr"))


@pytest.fixture
def spent(session, consultation):
    """Codes in the table, spent by two pages that will be stored here, and one of another process."""
    pages = [new_id() for _ in range(3)]
    tags = [tag_of(page, consultation.id) for page in pages]
    session.add_all(
        Invitation(consultation_id=consultation.id, hash=bytes([n]) * 32, region="africa", spent_by=tag)
        for n, tag in enumerate([*tags, None])
    )
    session.commit()
    return list(zip(pages, tags, strict=True))


@pytest.fixture
def two_answers(session, consultation, spent, epochs, answer):
    for page, tag in spent[:2]:
        send(session, consultation, page, *answer(1), epochs, redeemed=Redeemed(tag, "africa", "fr"))


def counted(session, consultation, pair):
    return coverage.summed(coverage.redeemed_counts(session, consultation, pair.private).opened)


def spenders(session):
    session.rollback()
    return sorted(str(row.spent_by) for row in session.query(Invitation).populate_existing())


def test_the_stir_leaves_counts_and_no_tag_of_its_answers(session, consultation, pair, spent, epochs, two_answers):
    epochs.stir()
    assert spenders(session) == sorted(map(str, [SPENT, SPENT, spent[2][1], None]))
    assert counted(session, consultation, pair) == {("africa", "fr"): 2}


def test_an_epoch_without_codes_leaves_no_counts(session, consultation, epochs, answer):
    send(session, consultation, new_id(), *answer(1), epochs)
    epochs.stir()
    assert session.query(SealedCount).count() == 0


def test_a_stir_whose_log_was_in_use_counts_once(session, consultation, pair, epochs, two_answers, monkeypatch):
    results = iter([False, True])
    monkeypatch.setattr("consultations.responses.epochs.wipe", lambda engine: next(results))
    epochs.stir()
    epochs.stir()
    assert counted(session, consultation, pair) == {("africa", "fr"): 2}


def test_an_answer_that_comes_twice_is_counted_once(session, consultation, pair, spent, epochs, answer):
    page, tag = spent[0]
    for _ in range(2):
        send(session, consultation, page, *answer(1), epochs, redeemed=Redeemed(tag, "africa", "fr"))
    epochs.stir()
    assert counted(session, consultation, pair) == {("africa", "fr"): 1}
