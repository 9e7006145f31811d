"""Takes out what respondents took back, from the snapshot, quotes and drafts of papers, before anything is shown."""

from __future__ import annotations

import datetime
from dataclasses import replace

from sqlalchemy.orm import Session

from consultations.analysis.quotes import drop_withdrawn
from consultations.papers.blocks import Block
from consultations.papers.drafting import drafts_of, save
from consultations.papers.rotating import make_ready
from consultations.responses.leaving_out import are_in_snapshot, note, rewrite_snapshot
from consultations.responses.stirring import wipe
from consultations.responses.withdrawals import put_back, take_queue, waiting
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import private_key, sealing_key
from consultations.staff.sign_in import SignedIn


def key_for_work(session: Session, consultation: Consultation, by: SignedIn, today: datetime.date) -> bytes:
    """The consultation's private key for whoever holds it, once everything that was taken back is out.

    A key that somebody took along who left is turned first (`rotating.make_ready`). Called before a page or a command
    reads anything, and commits what it changed. Raises NotAKeyHolder, DoesNotOpen.
    """
    key = private_key(session, consultation.keyring_id, by)
    if make_ready(session, consultation, by, today):
        key = private_key(session, consultation.keyring_id, by)
    take_out(session, consultation, key, today)
    return key


def take_out(session: Session, consultation: Consultation, key: bytes, today: datetime.date) -> int:
    """Take the answers in the queue out of the snapshot, with their quotes and the blocks of drafts that show these.

    How many there were. One transaction with what leaves the queue, committed when this returns. Before the first
    unlock there is nothing to do: `unlock` leaves them out. Releases are final and stay as they are.
    """
    # Tags may wait that meet nothing, for as long as answers are kept: they must not make every page write.
    if not are_in_snapshot(session, consultation, key, waiting(session, consultation.id)):
        return 0
    sealing_key(
        session, consultation.keyring_id
    )  # nobody turns it from here on: the order of locks is the same for all
    tags = take_queue(session, consultation.id)  # a write first: from here on SQLite lets nobody else write
    met = rewrite_snapshot(session, consultation, key, tags)
    quotes = drop_withdrawn(session, consultation, key, tags)
    if quotes.opened:
        clear_drafts(session, consultation, key, frozenset(quote.id.hex() for quote in quotes.opened))
    # A quote that does not open may be of one of these answers. So their tags wait on: should it open again, as bytes
    # of a copy do that somebody puts back, it is left out from then on (`quotes.picked`).
    put_back(session, consultation.id, tags if quotes.refused else tags - met)
    if met:
        note(session, consultation, len(met), today)
    session.commit()
    wipe(session.get_bind().engine)
    return len(met)


def clear_drafts(session: Session, consultation: Consultation, key: bytes, quotes: frozenset[str]) -> None:
    """Take the blocks that show these quotes out of all drafts, and out of what undoing would bring back.

    A draft that does not open stays as it is: it has numbers of quotes and none of their words, so should it open
    again, it says of these blocks that what they showed may no longer be shown.
    """
    for paper, draft in drafts_of(session, consultation, key).opened:
        before = None if draft.before is None else _without(draft.before, quotes)
        save(session, paper, consultation, replace(draft, blocks=_without(draft.blocks, quotes), before=before))


def _without(blocks: list[Block], quotes: frozenset[str]) -> list[Block]:
    return [block for block in blocks if block.get("quote") not in quotes]
