"""A plan is changed while its consultation is a draft, fixed at opening, and the same at every release."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.analysis.ladders import LadderUnfit
from consultations.analysis.plans import opening
from consultations.analysis.plans.opening import PlanChanged, PlanFixed, change, check_unchanged, plan_of
from consultations.analysis.plans.protectable import NeverByCountry
from consultations.analysis.releases.preparing import prepared
from consultations.audit import AuditEntry
from consultations.registry.models import Country, Organisation
from consultations.registry.organisations import organisations_by_region
from consultations.rounds import consultations
from consultations.rounds.consultations import NotABreakdown
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.staff.keys import new_key_pair
from consultations.staff.models import Keyring

DAY = datetime.date(2026, 12, 17)
BY = {"who": "ana", "today": DAY}
LADDER = {"setting": [[["outdoors", "venue"], ["no_answer"]]]}


@pytest.fixture
def draft(session: Any, form: Any) -> Consultation:
    keyring = Keyring(public_key=new_key_pair().public)
    session.add(keyring)
    session.flush()
    made = Consultation(
        slug="test",
        status="draft",
        questionnaire=store(session, form),
        keyring_id=keyring.id,
        title={},
        asked_by={},
        purpose={},
        languages=["en"],
        table_plan=["setting"],
        statement={},
    )
    session.add(made)
    session.commit()
    return made


@pytest.fixture
def opened(session: Any, draft: Any, monkeypatch: Any) -> Consultation:
    monkeypatch.setattr(consultations, "holders", lambda *_: [])  # who holds keys is tested in rounds
    monkeypatch.setattr(consultations, "check_key_holders", lambda _: None)
    monkeypatch.setattr(consultations, "check_covered", lambda *_: None)
    opening.open_to_members(session, draft, who="ana", today=DAY, onion_address="")
    session.commit()
    return draft


def test_a_draft_takes_breakdowns_and_ladders(session: Any, draft: Any) -> None:
    change(session, draft, ["region", "setting"], LADDER, **BY)
    session.commit()
    assert (draft.table_plan, draft.ladders) == (["region", "setting"], LADDER)
    change(session, draft, ["region"], LADDER, **BY)
    assert draft.ladders == {}


def test_each_change_is_written_down_and_what_changes_nothing_is_not(session: Any, draft: Any) -> None:
    for names in (["setting"], ["region", "setting"], ["region", "setting"]):
        change(session, draft, names, {}, **BY)
    session.flush()
    entries = session.scalars(select(AuditEntry)).all()
    assert [(entry.who, entry.what, entry.subject) for entry in entries] == [
        ("ana", "changed the table plan of", "test")
    ]


def test_what_is_no_plan_changes_nothing(session: Any, draft: Any) -> None:
    for names, ladders, problem in (
        (["country"], {}, NotABreakdown),
        (["setting"], {"setting": [[["outdoors"]]]}, LadderUnfit),
    ):
        with pytest.raises(problem):
            change(session, draft, names, ladders, **BY)
    assert (draft.table_plan, draft.ladders) == (["setting"], {})


@pytest.mark.parametrize("status", ["open", "closed", "unlocked"])
def test_only_a_draft_can_be_changed(session: Any, draft: Any, status: str) -> None:
    draft.status, draft.opened_on, draft.closed_on = status, DAY, DAY
    session.commit()
    with pytest.raises(PlanFixed):
        change(session, draft, ["region"], {}, **BY)
    assert draft.table_plan == ["setting"]


def test_who_still_sees_a_draft_cannot_change_what_somebody_else_has_opened(engine: Any, draft: Any) -> None:
    with Session(engine) as mine, Session(engine) as theirs:
        seen = mine.get_one(Consultation, draft.id)
        mine.rollback()
        mine.refresh(seen)
        assert seen.status == "draft"
        mine.commit()
        opened = theirs.get_one(Consultation, draft.id)
        opened.status, opened.opened_on = "open", DAY
        theirs.commit()
        with pytest.raises(PlanFixed):
            change(mine, seen, ["region"], {}, **BY)


def test_opening_fixes_the_plan_and_tells_respondents_every_breakdown(opened: Any) -> None:
    assert opened.statement["plan"] == plan_of(opened).digest
    assert opened.statement["breakdowns"] == ["region", "setting"]
    check_unchanged(opened)


@pytest.mark.parametrize(
    "changed",
    [
        {"table_plan": []},
        {"table_plan": ["setting", "right_health"]},
        {"ladders": LADDER},
        {"ladders": {"setting": [[["outdoors"]]]}},
    ],
    ids=str,
)
def test_nothing_is_prepared_by_another_plan_than_the_one_that_was_fixed(
    session: Any, opened: Any, changed: dict[str, Any]
) -> None:
    for name, value in changed.items():
        setattr(opened, name, value)
    with pytest.raises(PlanChanged):
        check_unchanged(opened)
    with pytest.raises(PlanChanged):
        prepared(session, opened, b"")


def test_what_was_opened_before_plans_were_fixed_passes(opened: Any) -> None:
    opened.statement = {key: value for key, value in opened.statement.items() if key != "plan"}
    opened.table_plan = []
    check_unchanged(opened)


def test_what_cannot_be_protected_does_not_open(session: Any, draft: Any) -> None:
    draft.table_plan = ["country"]
    session.commit()
    assert [type(fault) for fault in opening.faults_of(draft)] == [NeverByCountry]
    with pytest.raises(NeverByCountry):
        opening.open_to_members(session, draft, who="ana", today=DAY, onion_address="")
    assert draft.status == "draft"


def test_a_ladder_that_fits_no_list_is_a_fault_too(session: Any, draft: Any) -> None:
    draft.ladders = {"setting": [[["outdoors"]]]}
    session.commit()
    assert isinstance(opening.faults_of(draft)[0], LadderUnfit)
    with pytest.raises(LadderUnfit):
        opening.open_to_members(session, draft, who="ana", today=DAY, onion_address="")


def test_estimates_know_the_registry(session: Any, draft: Any) -> None:
    session.add(Country(code="KE", region="africa"))
    session.flush()
    session.add_all(Organisation(name=f"Union {n}", country_code="KE", language="en") for n in range(30))
    session.flush()
    assert organisations_by_region(session)["africa"] == 30
    shown = [each.tables["setting.by.region"].alone for each in opening.estimates_of(session, draft, plan_of(draft))]
    assert shown[0] <= 3  # hardly anybody lives elsewhere
