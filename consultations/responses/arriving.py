"""A file of answers on its way in: what its columns are, as remembered or proposed, and what would become of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consultations.errors import Problem
from consultations.responses.importing import new_record_key
from consultations.responses.mappings import Digests, recalled, targets_recalled
from consultations.rounds.models import StoredQuestionnaire
from consultations.rounds.questionnaires import flow_of, layout_of, questionnaire_of
from forms.incoming.converting import Converted, Way, convert
from forms.incoming.mapping import Meaning, Target, digest_of
from forms.incoming.matching import suggestions
from forms.incoming.tables import MESSAGES, Table, TableUnreadable, read_table


class FileUnreadable(Problem):
    """What `TableUnreadable` says, on a page."""

    status = 422

    def __init__(self, code: str) -> None:
        super().__init__()
        self.message = MESSAGES[code]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is done with a file unless somebody says otherwise."""

    targets: tuple[Target, ...]
    #: Columns that identify people: they can go nowhere.
    identifying: frozenset[int]
    #: What words meant the last time, by their digests.
    words: Digests
    is_remembered: bool


def read_file(content: bytes, encoding: str = "") -> Table:
    """Raises FileUnreadable."""
    try:
        return read_table(content, encoding)
    except TableUnreadable as unreadable:
        raise FileUnreadable(unreadable.code) from unreadable


def proposed(session: Session, stored: StoredQuestionnaire, table: Table) -> Proposal:
    """As a file with these headings was read the last time; else by what headings and words say."""
    form = questionnaire_of(stored)
    suggested = suggestions(table, form)
    identifying = frozenset(at for at, each in enumerate(suggested) if each.identifies)
    remembered = recalled(session, stored, digest_of(table))
    if remembered is None:
        return Proposal(tuple(each.target for each in suggested), identifying, {}, is_remembered=False)
    targets = without(targets_recalled(remembered, form), identifying)
    return Proposal(targets, identifying, remembered.words, is_remembered=True)


def without(targets: Sequence[Target], identifying: frozenset[int]) -> tuple[Target, ...]:
    """The targets, and nowhere for columns that identify people, whatever was asked for."""
    return tuple(Target() if at in identifying else target for at, target in enumerate(targets))


def converted(
    stored: StoredQuestionnaire,
    table: Table,
    targets: Sequence[Target],
    meaning: Meaning,
    today: datetime.date,
    *,
    leave_out: bool = False,
) -> Converted:
    """Every row as it would be stored, and every problem; nothing is stored."""
    return convert(table, Way(flow_of(stored), layout_of(stored), targets, meaning, today, leave_out), new_record_key)
