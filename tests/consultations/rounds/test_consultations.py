"""Consultations are created as drafts, opened with a promise that no longer changes, and closed."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from consultations.audit import AuditEntry
from consultations.rounds import consultations
from consultations.rounds.consultations import AsksNothing, ConsultationNotFound, NotABreakdown, SlugTaken, SlugUnfit
from consultations.rounds.lifecycle import StepOutOfOrder, TooFewKeyHolders
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from forms.questionnaire import Group, Source

HERE = Source("survey", 2)
TODAY = datetime.date(2026, 11, 2)
#: For what no database has a say in.
one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def opened(session, consultation):
    consultations.open_to_members(session, consultation, who="ana", today=TODAY)
    return consultation


def test_a_new_consultation_is_a_draft_in_the_form_s_languages(created):
    made = created()
    assert (made.status, made.languages) == ("draft", ["en", "fr"])
    assert made.opened_on is None
    assert made.statement == {}


def test_the_form_says_what_breaks_tables_down_where_nobody_else_does(created):
    assert created().table_plan == ["region"]


def test_staff_may_choose_other_breakdowns(created):
    assert created(table_plan=["setting"]).table_plan == ["setting"]
    assert created(slug="autumn", table_plan=[]).table_plan == []


@one_database
@pytest.mark.parametrize("name", ["country", "places", "story", "thanks", "nothing"])
def test_nothing_but_one_answer_from_a_list_breaks_tables_down_and_never_the_country(created, name):
    with pytest.raises(NotABreakdown) as refused:
        created(table_plan=["region", name])
    assert refused.value.values == {"name": name}


def test_what_is_asked_several_times_or_never_stored_breaks_nothing_down(form):
    groups = (replace(form.children[0], anonymise="drop"), Group("r", "/data/r", HERE, is_repeat=True))
    form = replace(form, children=(groups[0], replace(groups[1], children=form.children[2:3]), *form.children[3:]))

    assert consultations.possible_breakdowns(form) == []


@one_database
def test_a_form_that_asks_nothing_is_not_put_to_anybody(session, created, form):
    told = replace(form, children=form.children[-1:])

    with pytest.raises(AsksNothing):
        created(questionnaire=store(session, told))


@one_database
@pytest.mark.parametrize("slug", ["a", "spring-2026", "7", "x" * 40])
def test_an_address_is_small_letters_digits_and_hyphens(created, slug):
    assert created(slug=slug).slug == slug


@one_database
@pytest.mark.parametrize("slug", ["", "-", "a-", "-a", "Spring", "a b", "é", "x" * 41, "a/b", "a\n"])
def test_other_addresses_do_not_fit(created, slug):
    with pytest.raises(SlugUnfit):
        created(slug=slug)


def test_an_address_is_taken_once(created):
    created()
    with pytest.raises(SlugTaken):
        created()


@one_database
def test_the_address_of_the_page_for_a_new_one_is_taken(created):
    with pytest.raises(SlugTaken):
        created(slug="new")


def test_opening_fixes_the_promise_and_is_written_down(session, created):
    consultation = opened(session, created(retention_months=12))
    assert (consultation.status, consultation.opened_on) == ("open", TODAY)
    promise = consultation.statement
    assert (promise["questions"], promise["open_questions"], promise["key_holders"]) == (5, 1, 2)
    assert (promise["breakdowns"], promise["retention_months"]) == (["region"], 12)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.who, entry.what, entry.subject, entry.day) == ("ana", "opened", "spring", TODAY)


def test_one_key_holder_is_not_enough_to_open(session, created, person):
    consultation = created(key_holders=[person("alone")])
    with pytest.raises(TooFewKeyHolders):
        opened(session, consultation)
    assert consultation.status == "draft"


def test_a_key_holder_who_left_does_not_count(session, created, person):
    stays, left = person("stays"), person("left")
    consultation = created(key_holders=[stays, left])
    left.active = False
    session.flush()
    with pytest.raises(TooFewKeyHolders):
        opened(session, consultation)


def test_it_opens_once_and_closes_once(session, created):
    consultation = opened(session, created())
    with pytest.raises(StepOutOfOrder):
        opened(session, consultation)
    consultations.close(session, consultation, who="ana", today=TODAY)
    assert (consultation.status, consultation.closed_on) == ("closed", TODAY)
    with pytest.raises(StepOutOfOrder):
        consultations.close(session, consultation, who="ana", today=TODAY)


def test_a_draft_cannot_be_closed(session, created):
    with pytest.raises(StepOutOfOrder):
        consultations.close(session, created(), who="ana", today=TODAY)


def test_lists_have_the_newest_first_and_members_see_open_ones_only(session, created):
    first, second, third = created(slug="one"), created(slug="two"), created(slug="three")
    opened(session, first)
    opened(session, third)
    assert consultations.open_now(session) == [third, first]
    assert consultations.newest_first(session) == [third, second, first]


def test_one_is_found_by_its_address(session, created):
    made = created()
    assert consultations.by_slug(session, "spring") is made
    with pytest.raises(ConsultationNotFound):
        consultations.by_slug(session, "autumn")


def test_one_that_was_found_by_its_address_is_kept_from_others_until_the_end(engine, session, created):
    created()
    session.commit()
    with Session(engine) as mine, Session(engine) as theirs:
        seen = consultations.by_slug(mine, "spring")
        mine.rollback()
        other = theirs.get_one(Consultation, seen.id)
        other.languages = ["fr"]
        theirs.commit()
        consultations.lock(mine, seen)
        assert seen.languages == ["fr"]
        if engine.dialect.name == "postgresql":  # SQLite lets one write at a time, so that there is nothing to lock
            with pytest.raises(OperationalError, match="could not obtain lock"):
                theirs.get(Consultation, seen.id, with_for_update={"nowait": True}, populate_existing=True)


@pytest.mark.parametrize(
    "wrong", [{"status": "gone"}, {"status": "open"}, {"retention_months": 0}, {"retention_months": 61}]
)
def test_the_database_itself_refuses_what_cannot_be(session, created, wrong):
    made = created()
    for name, value in wrong.items():
        setattr(made, name, value)
    with pytest.raises(IntegrityError):
        session.flush()
