"""A one-time link makes one account, with the role and limits that it was made for, and stands nowhere."""

import datetime
import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.errors import NotFound
from consultations.staff import links
from consultations.staff.accounts import NameTaken, create_account
from consultations.staff.given_limits import limits_of
from consultations.staff.models import StaffLink, User
from consultations.staff.roles import Limit

DAY = datetime.date(2026, 11, 2)
WEEK_LATER = DAY + datetime.timedelta(days=7)


def invite(session, **changes):
    wanted = {"role": "policy_staff", "limits": {Limit.CONSULTATION: {"spring"}, Limit.REGION: {"africa"}}}
    return links.invite(
        session, **(wanted | {"language": "fr", "days": 7, "invited_by": "dora", "today": DAY} | changes)
    )


@pytest.fixture
def token(session):
    return invite(session)


def test_the_token_has_32_random_bytes_and_is_not_stored(session, token):
    (link,) = links.waiting(session, DAY)
    assert len(token) == 43
    assert len(link.token_hash) == 32
    assert token not in str(vars(link))


def test_no_address_of_the_invited_person_is_kept():
    kept = {column.name for column in StaffLink.__table__.columns}
    assert kept == {"token_hash", "role", "limits", "language", "expires_on", "invited_by"}


def test_the_account_has_the_role_language_and_limits_that_were_chosen(session, token):
    user = links.take_up(session, token, "Ana", DAY).user
    assert (user.name, user.role, user.language) == ("ana", "policy_staff", "fr")
    assert limits_of(session, user).given == {Limit.CONSULTATION: {"spring"}}


def test_reading_a_link_changes_nothing_and_using_it_ends_it(session, token):
    for _ in range(3):
        assert links.link_with(session, token, DAY).role == "policy_staff"
    links.take_up(session, token, "ana", DAY)
    for use in (lambda: links.link_with(session, token, DAY), lambda: links.take_up(session, token, "ben", DAY)):
        with pytest.raises(links.LinkGone):
            use()


def test_a_link_works_on_its_last_day_and_not_after_it(session, token):
    assert links.link_with(session, token, WEEK_LATER)
    for use in (links.link_with, lambda *args: links.take_up(args[0], args[1], "ana", args[2])):
        with pytest.raises(links.LinkGone):
            use(session, token, WEEK_LATER + datetime.timedelta(days=1))
    links.forget_old(session, WEEK_LATER + datetime.timedelta(days=1))
    assert session.scalars(select(StaffLink)).all() == []


@pytest.mark.parametrize("token", ["", "x", "é", "A" * 43, "!" * 43, "A" * 5000])
def test_what_is_no_link_gets_the_same_words(session, token):
    with pytest.raises(links.LinkGone):
        links.link_with(session, token, DAY)


@pytest.mark.parametrize("days", [0, 15, -1])
def test_a_link_holds_two_weeks_at_most(session, days):
    with pytest.raises(links.DaysUnfit):
        invite(session, days=days)


def test_a_name_that_is_taken_leaves_the_link_as_it_was(session, token):
    create_account(session, "ana", "translator", "en")
    with pytest.raises(NameTaken):
        links.take_up(session, token, "ana", DAY)
    assert links.waiting(session, DAY)


def test_a_link_that_was_withdrawn_is_gone(session, token):
    (link,) = links.waiting(session, DAY)
    links.withdraw(session, link.token_hash.hex())
    with pytest.raises(links.LinkGone):
        links.link_with(session, token, DAY)
    for unknown in (link.token_hash.hex(), "zz"):
        with pytest.raises(NotFound):
            links.withdraw(session, unknown)


def test_of_two_who_use_it_at_once_one_wins(engine, session, token):
    session.commit()
    together, won = threading.Barrier(2), []

    def use(name):
        with Session(engine) as own:
            together.wait()
            try:
                links.take_up(own, token, name, DAY)
            except links.LinkGone:
                return
            own.commit()
            won.append(name)

    threads = [threading.Thread(target=use, args=(name,)) for name in ("ana", "ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert session.scalars(select(User.name)).all() == won
