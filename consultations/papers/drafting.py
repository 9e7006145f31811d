"""Drafts of papers: sealed to the consultation's key holders, changed block by block, with one step back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consultations.errors import N_, NotFound
from consultations.papers.blocks import Block, checked
from consultations.papers.models import Paper
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import sealing_key
from consultations.staff.keys import DoesNotOpen, Turn, canonical, open_with, seal_to
from consultations.staff.several import Several, open_each

INFO = "paper draft"
_KIND = "drafts of papers"


class PaperNotFound(NotFound):
    message = N_("There is no paper at this address.")


class DraftDamaged(DoesNotOpen):
    message = N_("The draft of this paper could not be opened: it was damaged or changed in the database.")


@dataclass(frozen=True, slots=True)
class Draft:
    """Titles by language and the blocks in order; `before` are the blocks before the last change."""

    title: dict[str, str]
    subtitle: dict[str, str]
    blocks: list[Block] = field(default_factory=list)
    before: list[Block] | None = None


def new_paper(session: Session, consultation: Consultation, draft: Draft) -> Paper:
    """A paper on `consultation` whose draft is sealed before it is stored."""
    paper = Paper(consultation_id=consultation.id, sealed_draft=b"")
    session.add(paper)
    session.flush()
    save(session, paper, consultation, draft)
    return paper


def save(session: Session, paper: Paper, consultation: Consultation, draft: Draft) -> None:
    """Seal the draft to the consultation's key holders."""
    content = {
        "title": draft.title,
        "subtitle": draft.subtitle,
        "blocks": [checked(block) for block in draft.blocks],
        "before": draft.before,
    }
    plain = json.dumps(content, ensure_ascii=False).encode()
    paper.sealed_draft = seal_to(sealing_key(session, consultation.keyring_id), plain, INFO, _place(paper))


def opened(paper: Paper, private_key: bytes) -> Draft:
    """The draft, opened with the consultation's private key; raises DraftDamaged."""
    try:
        content: dict[str, Any] = json.loads(open_with(private_key, paper.sealed_draft, INFO, _place(paper)))
    except DoesNotOpen:
        raise DraftDamaged from None
    return Draft(**content)


def drafts_of(session: Session, consultation: Consultation, private_key: bytes) -> Several[Paper, tuple[Paper, Draft]]:
    """Every paper that has a draft, with it, newest first; a published one from elsewhere has none."""
    having = [paper for paper in of_consultation(session, consultation) if paper.sealed_draft or not paper.published_on]
    return open_each(_KIND, having, lambda paper: (paper, opened(paper, private_key)))


def delete(session: Session, paper: Paper) -> None:
    """Delete a paper that is not published, whether its draft opens or not."""
    session.delete(paper)
    session.flush()


def resealed(session: Session, consultation: Consultation, turn: Turn) -> int:
    """Seal every draft to the consultation's new pair -> how many did not open, and stay as they are."""

    def again(paper: Paper) -> None:
        paper.sealed_draft = turn.resealed(paper.sealed_draft, INFO, _place(paper))

    has_draft = or_(Paper.sealed_draft != b"", Paper.published_on.is_(None))
    mine = select(Paper).where(Paper.consultation_id == consultation.id, has_draft).with_for_update()
    broken = open_each(_KIND, session.scalars(mine.execution_options(populate_existing=True)), again).refused
    session.flush()
    return broken


def with_block(draft: Draft, position: int, block: Block) -> Draft:
    """`block` put in before `position`."""
    place = max(0, min(position, len(draft.blocks)))
    return _changed(draft, [*draft.blocks[:place], checked(block), *draft.blocks[place:]])


def with_other_block(draft: Draft, position: int, block: Block) -> Draft:
    """`block` in the place of the one at `position`. Raises PaperNotFound when there is none."""
    _at(draft, position)
    return _changed(draft, [*draft.blocks[:position], checked(block), *draft.blocks[position + 1 :]])


def without_block(draft: Draft, position: int) -> Draft:
    """The draft without the block at `position`. Raises PaperNotFound when there is none."""
    _at(draft, position)
    return _changed(draft, [*draft.blocks[:position], *draft.blocks[position + 1 :]])


def moved(draft: Draft, position: int, by: int) -> Draft:
    """The block at `position` moved up (-1) or down (1); as it was when it stands at that end already."""
    block = _at(draft, position)
    target = position + by
    if not 0 <= target < len(draft.blocks):
        return draft
    rest = [*draft.blocks[:position], *draft.blocks[position + 1 :]]
    return _changed(draft, [*rest[:target], block, *rest[target:]])


def undone(draft: Draft) -> Draft:
    """The draft before its last change; undoing twice brings the change back."""
    return draft if draft.before is None else replace(draft, blocks=draft.before, before=draft.blocks)


def _changed(draft: Draft, blocks: list[Block]) -> Draft:
    return replace(draft, blocks=blocks, before=draft.blocks)


def _at(draft: Draft, position: int) -> Block:
    if not 0 <= position < len(draft.blocks):
        raise PaperNotFound
    return draft.blocks[position]


def _place(paper: Paper) -> bytes:
    return canonical(paper.consultation_id, paper.id)


def by_id(session: Session, paper_id: int) -> Paper:
    """Raises PaperNotFound."""
    paper = session.get(Paper, paper_id)
    if paper is None:
        raise PaperNotFound
    return paper


def of_consultation(session: Session, consultation: Consultation) -> list[Paper]:
    """Its papers, newest first."""
    rows = select(Paper).where(Paper.consultation_id == consultation.id).order_by(Paper.id.desc())
    return list(session.scalars(rows))


def published(session: Session) -> list[Paper]:
    """All that were published, newest first."""
    rows = select(Paper).where(Paper.published_on.is_not(None)).order_by(Paper.published_on.desc(), Paper.id.desc())
    return list(session.scalars(rows))
