"""A code is made within a quota, certifies a region, and is spent once."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy import select

from consultations.audit import AuditEntry
from consultations.registry.models import Country, Organisation
from consultations.rounds import invitations, quotas
from consultations.rounds.invitation_codes import CodeMistyped, grouped, new_code
from consultations.rounds.invitations import SPENT, InvitationSpent, InvitationUnknown, certified_region, spend
from consultations.rounds.lifecycle import StepOutOfOrder
from consultations.rounds.models import Invitation, InvitationQuota
from consultations.rounds.quotas import NotInvited, QuotaTooSmall, QuotaUsedUp, set_quota, shares

SECRET = b"\x07" * 32
TODAY = datetime.date(2026, 12, 1)
ANA, BEN = b"a" * 32, b"b" * 32


@pytest.fixture
def spring(session, created):
    session.add_all([Country(code="KE", region="africa"), Country(code="FR", region="europe")])
    session.flush()
    session.add_all(
        [
            Organisation(id=1, name="Dada", country_code="KE", language="sw"),
            Organisation(id=2, name="Roses", country_code="FR", language="fr"),
        ]
    )
    made = created(invited=True, invitation_quota=5)
    session.commit()
    return made


@pytest.fixture
def make(session, spring):
    """Makes codes for an organisation."""

    def codes(organisation=1, count=3, consultation=spring):
        drawn = quotas.draw_codes(session, consultation, {organisation: count})
        quotas.keep_codes(session, consultation, drawn, secret=SECRET, who="ana", today=TODAY)
        session.commit()
        return drawn[organisation]

    return codes


def test_a_code_certifies_the_region_of_its_organisation(session, spring, make):
    assert certified_region(session, spring, SECRET, grouped(make()[0]).lower())[1] == "africa"
    assert certified_region(session, spring, SECRET, make(2)[0])[1] == "europe"


def test_the_store_keeps_neither_code_nor_organisation(session, make):
    codes = make()
    rows = session.execute(select(Invitation)).scalars().all()
    assert {(len(row.hash), row.region, row.spent_by) for row in rows} == {(32, "africa", None)}
    assert not {code.encode() for code in codes} & {row.hash for row in rows}
    assert set(Invitation.__table__.columns.keys()) == {"consultation_id", "hash", "region", "spent_by"}


def test_a_code_of_another_consultation_or_secret_is_unknown(session, spring, created, make):
    code = make()[0]
    autumn = created(slug="autumn", invited=True)
    for consultation, secret in ((autumn, SECRET), (spring, b"\x08" * 32)):
        with pytest.raises(InvitationUnknown):
            certified_region(session, consultation, secret, code)
        with pytest.raises(InvitationUnknown):
            spend(session, consultation, secret, code, ANA)


def test_a_typing_mistake_is_told_before_any_look_up(spring):
    with pytest.raises(CodeMistyped):
        certified_region(None, spring, SECRET, "2222-2222-2223")


def test_a_code_is_spent_once_and_by_the_same_response_again(session, spring, make):
    code = make()[0]
    assert spend(session, spring, SECRET, code, ANA) == "africa"
    assert spend(session, spring, SECRET, code, ANA) == "africa"
    with pytest.raises(InvitationSpent):
        spend(session, spring, SECRET, code, BEN)
    assert certified_region(session, spring, SECRET, code)[1] == "africa"  # it does not say that it is spent


def test_the_stir_forgets_who_spent_a_code_and_leaves_it_spent(session, spring, make):
    first, second, third = make()
    spend(session, spring, SECRET, first, ANA)
    spend(session, spring, SECRET, second, BEN)
    invitations.put_in_new_order(session.connection(), spring.id, stirred={ANA})
    session.commit()
    found = set(session.scalars(select(Invitation.spent_by)))
    assert found == {SPENT, BEN, None}
    with pytest.raises(InvitationSpent):
        spend(session, spring, SECRET, first, ANA)
    assert certified_region(session, spring, SECRET, third)[1] == "africa"


def test_a_quota_holds_and_can_be_raised(session, spring, make):
    make(count=4)
    with pytest.raises(QuotaUsedUp) as refused:
        make(count=2)
    assert refused.value.values == {"organisation": "Dada", "left": 1}
    session.rollback()
    set_quota(session, spring, shares(session, spring)[0], 6)
    make(count=2)
    assert [(share.organisation.name, share.quota, share.made, share.left) for share in shares(session, spring)] == [
        ("Dada", 6, 6, 0),
        ("Roses", 5, 0, 5),
    ]


def test_codes_for_several_are_all_made_or_none(session, spring):
    drawn = {1: ["A"] * 5, 2: ["B"] * 6}
    with pytest.raises(QuotaUsedUp):
        quotas.keep_codes(session, spring, drawn, secret=SECRET, who="ana", today=TODAY)
    session.rollback()
    assert session.scalars(select(Invitation)).all() == []
    assert session.scalars(select(InvitationQuota)).all() == []


def test_a_number_below_what_was_made_is_refused(session, spring, make):
    make(count=4)
    with pytest.raises(QuotaTooSmall):
        set_quota(session, spring, shares(session, spring)[0], 3)


def test_an_open_consultation_has_no_codes_and_a_closed_one_no_new_ones(session, spring, created, make):
    with pytest.raises(NotInvited):
        make(consultation=created(slug="autumn"))
    with pytest.raises(NotInvited):
        set_quota(session, created(slug="winter"), shares(session, spring)[0], 9)
    spring.status, spring.opened_on, spring.closed_on = "closed", TODAY, TODAY
    with pytest.raises(StepOutOfOrder):
        make()


def test_the_audit_log_counts_codes_and_names_no_organisation(session, make):
    make()
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.who, entry.what, entry.subject) == ("ana", "made 3 codes for", "spring")


def test_closing_drops_the_codes_and_keeps_the_numbers(session, spring, make):
    make()
    invitations.drop_codes(session, spring)
    assert session.scalars(select(Invitation)).all() == []
    assert shares(session, spring)[0].made == 3


def test_the_tag_of_a_response_is_not_its_sent_hash():
    assert invitations.tag_of(b"i" * 16, 1) != invitations.tag_of(b"i" * 16, 2)
    assert len(invitations.tag_of(b"i" * 16, 1)) == 32
    assert invitations.hash_of(SECRET, 1, new_code()) != invitations.hash_of(SECRET, 2, new_code())
