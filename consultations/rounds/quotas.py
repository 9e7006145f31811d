"""How many codes each organisation may have, and codes made for it within that."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.errors import N_, Problem
from consultations.registry.models import Country, Organisation
from consultations.rounds.invitation_codes import new_code
from consultations.rounds.invitations import hash_of, put_in_new_order
from consultations.rounds.lifecycle import StepOutOfOrder
from consultations.rounds.models import Consultation, InvitationQuota

#: SQLAlchemy says "on conflict do nothing" for each database apart; SQLite's savepoints would commit half of the work.
_INSERTS: Mapping[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
#: In these states new codes can be made; afterwards there is nothing to answer.
_OPEN = frozenset({"draft", "open"})


class NotInvited(Problem):
    status = 409
    message = N_("This consultation is open to all: nobody needs a code for it.")


class QuotaUsedUp(Problem):
    status = 409
    message = N_("Not so many codes: %(organisation)s may have %(left)s more. You can raise its number first.")


class QuotaTooSmall(Problem):
    status = 422
    message = N_("%(made)s codes were made for %(organisation)s already: its number cannot be smaller.")


@dataclass(frozen=True, slots=True)
class Share:
    """An organisation's part in an invited consultation."""

    organisation: Organisation
    region: str
    quota: int
    made: int

    @property
    def left(self) -> int:
        return self.quota - self.made


def shares(session: Session, consultation: Consultation) -> list[Share]:
    """Every organisation, by region and name."""
    found = session.execute(
        select(Organisation, Country.region, InvitationQuota.quota, InvitationQuota.made)
        .join(Country, Country.code == Organisation.country_code)
        .outerjoin(
            InvitationQuota,
            (InvitationQuota.organisation_id == Organisation.id) & (InvitationQuota.consultation_id == consultation.id),
        )
        .order_by(Country.region, Organisation.name)
    )
    return [
        Share(organisation, region, consultation.invitation_quota if quota is None else quota, made or 0)
        for organisation, region, quota, made in found
    ]


def draw_codes(session: Session, consultation: Consultation, wanted: Mapping[int, int]) -> dict[int, tuple[str, ...]]:
    """New codes by organisation's id, as many as `wanted` says; they count for nothing before `keep_codes`.

    Cards are drawn in between: that takes seconds, in which nobody else could write. Raises as `keep_codes`.
    """
    _check_makes_codes(consultation)
    for share in shares(session, consultation):
        if wanted.get(share.organisation.id, 0) > share.left:
            raise QuotaUsedUp(organisation=share.organisation.name, left=share.left)
    return {organisation_id: tuple(new_code() for _ in range(count)) for organisation_id, count in wanted.items()}


def keep_codes(
    session: Session,
    consultation: Consultation,
    codes: Mapping[int, Sequence[str]],
    *,
    secret: bytes,
    who: str,
    today: datetime.date,
) -> None:
    """Make these codes, by organisation's id, count; all of them or none. Nobody can see them again.

    One transaction, which the caller commits and follows by `responses.stirring.wipe`: an organisation's number, its
    codes and their place among all others change together, so that the store never says which codes are whose.
    Raises NotInvited, StepOutOfOrder, QuotaUsedUp.
    """
    _check_makes_codes(consultation)
    by_id = {share.organisation.id: share for share in shares(session, consultation)}
    rows: list[dict[str, object]] = []
    for organisation_id, drawn in sorted(codes.items()):
        share = by_id[organisation_id]
        _count_in(session, consultation, share, len(drawn))
        rows += [
            {
                "consultation_id": consultation.id,
                "hash": hash_of(secret, consultation.id, code),
                "region": share.region,
                "spent_by": None,
            }
            for code in drawn
        ]
    # The number and no more: how many each organisation has is in the table of numbers.
    record(session, who=who, what=f"made {len(rows)} codes for", subject=consultation.slug, day=today)
    put_in_new_order(session.connection(), consultation.id, added=rows)


def set_quota(session: Session, consultation: Consultation, share: Share, quota: int) -> None:
    """Raises NotInvited, QuotaTooSmall."""
    if not consultation.invited:
        raise NotInvited
    if quota < share.made:
        raise QuotaTooSmall(made=share.made, organisation=share.organisation.name)
    _counted(session, consultation, share).quota = quota
    session.flush()


def _check_makes_codes(consultation: Consultation) -> None:
    """Raises NotInvited, StepOutOfOrder."""
    if not consultation.invited:
        raise NotInvited
    if consultation.status not in _OPEN:
        raise StepOutOfOrder


def _count_in(session: Session, consultation: Consultation, share: Share, count: int) -> None:
    """One statement, so that two people who make codes at once stay within the quota together."""
    _counted(session, consultation, share)
    counted = session.scalars(
        update(InvitationQuota)
        .where(
            InvitationQuota.consultation_id == consultation.id,
            InvitationQuota.organisation_id == share.organisation.id,
            InvitationQuota.made + count <= InvitationQuota.quota,
        )
        .values(made=InvitationQuota.made + count)
        .returning(InvitationQuota.made)
        .execution_options(synchronize_session=False)
    ).all()
    if not counted:
        raise QuotaUsedUp(organisation=share.organisation.name, left=share.left)


def _counted(session: Session, consultation: Consultation, share: Share) -> InvitationQuota:
    """The organisation's row, made at its first use, by whoever comes first."""
    key = {"consultation_id": consultation.id, "organisation_id": share.organisation.id}
    row = _INSERTS[session.get_bind().dialect.name](InvitationQuota).values(**key, quota=share.quota, made=0)
    session.execute(row.on_conflict_do_nothing())
    return session.get_one(InvitationQuota, key, populate_existing=True)
