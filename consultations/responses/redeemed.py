"""How many answers came with codes, by region and language, sealed to who holds the consultation's key.

The store has no column for a language, and a table of counts that grew before everybody's eyes would be one. So each
epoch leaves one sealed box of one length: the database tells neither languages nor who answered in them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from consultations.responses.sealing import new_id
from consultations.staff.keys import Turn, canonical, open_with, seal_to

FORMAT = 1
#: Five regions in twenty languages each fit, more than the 200 answers of an epoch ever come in; others double it.
BOX_BYTES = 4096
_INFO = "redeemed codes"

#: (region, language) -> how many.
Counts = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A code that came with an answer, until the stir forgets it: only in the memory of one process."""

    #: What the code was spent with: `rounds.invitations.tag_of`.
    tag: bytes = field(repr=False)
    region: str
    language: str


def sealed_counts(public_key: bytes, consultation_id: int, redeemed: Iterable[Redeemed]) -> dict[str, object]:
    """A row of `SealedCount`: the counts in a box that opens only for that row."""
    row_id = new_id()
    counts = Counter((each.region, each.language) for each in redeemed)
    text = json.dumps(sorted([*key, count] for key, count in counts.items()), separators=(",", ":")).encode()
    size = BOX_BYTES
    while size < len(text):
        size *= 2
    sealed = seal_to(public_key, text.ljust(size), _INFO, _place(consultation_id, row_id))
    return {"consultation_id": consultation_id, "id": row_id, "sealed": sealed}


def opened_counts(private_key: bytes, consultation_id: int, row_id: bytes, sealed: bytes) -> Counts:
    """What `sealed_counts` sealed; raises DoesNotOpen."""
    rows = json.loads(open_with(private_key, sealed, _INFO, _place(consultation_id, row_id)))
    return Counter({(region, language): count for region, language, count in rows})


def resealed_counts(turn: Turn, consultation_id: int, row_id: bytes, sealed: bytes) -> bytes:
    """The same box for the new pair of the consultation; raises DoesNotOpen."""
    return turn.resealed(sealed, _INFO, _place(consultation_id, row_id))


def _place(consultation_id: int, row_id: bytes) -> bytes:
    return canonical(FORMAT, consultation_id, row_id)
