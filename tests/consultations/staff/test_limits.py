"""What an account reaches follows from its role and from what it was given, and nothing else."""

import pytest

from consultations.staff.limits import (
    ALL,
    LIMIT_NAMES,
    Limits,
    Place,
    everything,
    languages_of,
    may_open_case_study,
    may_see_case_study,
    may_see_consultation,
    regions_of,
)
from consultations.staff.roles import LIMITED_BY, Limit, Role

SPRING = Place("spring", frozenset({"KE"}), frozenset({"en", "fr"}))
AUTUMN = Place("autumn", frozenset({"FR"}), frozenset({"ru"}))


def limits(role, **given):
    return Limits(role, {Limit(kind): frozenset(values) for kind, values in given.items()})


def test_every_role_says_what_it_is_limited_by_and_every_kind_has_a_name():
    assert set(LIMITED_BY) == set(Role)
    assert set(LIMIT_NAMES) == set(Limit)


@pytest.mark.parametrize("role", [role for role in Role if LIMITED_BY[role]])
def test_an_account_that_was_given_nothing_reaches_nothing(role):
    assert not may_see_consultation(limits(role), SPRING)


@pytest.mark.parametrize("role", list(Role))
def test_an_account_that_was_given_everything_reaches_everything_also_what_has_no_case_study(role):
    assert may_see_consultation(Limits(role, everything()), Place("new"))


@pytest.mark.parametrize(
    ("role", "given"),
    [
        ("policy_staff", {"consultation": ["spring"]}),
        ("board_reviewer", {"consultation": ["spring"]}),
        ("community_consultant", {"country": ["KE"]}),
        ("translator", {"language": ["fr"]}),
    ],
)
def test_what_was_given_is_reached_and_nothing_beside_it(role, given):
    assert may_see_consultation(limits(role, **given), SPRING)
    assert not may_see_consultation(limits(role, **given), AUTUMN)


def test_a_region_reaches_all_consultations_and_cuts_what_they_show():
    coordinator = limits("regional_coordinator", region=["europe"])
    assert may_see_consultation(coordinator, AUTUMN)
    assert regions_of(coordinator, ("africa", "europe")) == ("europe",)


def test_limits_of_a_kind_that_the_role_does_not_have_count_for_nothing():
    assert not may_see_consultation(limits("policy_staff", country=["KE"], consultation=["autumn"]), SPRING)
    assert limits("administrator").of(Limit.CONSULTATION) == {ALL}


@pytest.mark.parametrize("role", ["", "owner", "ADMINISTRATOR"])
def test_an_unknown_role_reaches_nothing_whatever_it_was_given(role):
    assert not may_see_consultation(Limits(role, everything()), SPRING)


@pytest.mark.parametrize(
    ("role", "given", "seen"),
    [
        ("community_consultant", {"country": ["KE"]}, True),
        ("community_consultant", {"country": ["FR"]}, False),
        ("policy_staff", {"consultation": ["spring"]}, True),
        ("policy_staff", {"consultation": ["autumn"]}, False),
        ("regional_coordinator", {"region": ["africa"]}, True),
        ("regional_coordinator", {"region": ["europe"]}, False),
    ],
)
def test_a_case_study_is_reached_by_its_consultation_its_country_or_its_region(role, given, seen):
    assert may_see_case_study(limits(role, **given), slug="spring", country="KE", region="africa") is seen


def test_a_case_study_is_begun_in_a_country_that_was_given():
    consultant = limits("community_consultant", country=["KE"])
    assert may_open_case_study(consultant, country="KE", region="africa")
    assert not may_open_case_study(consultant, country="FR", region="europe")


def test_languages_keep_their_order():
    assert languages_of(limits("translator", language=["ru", "fr"]), ("en", "fr", "ru")) == ("fr", "ru")
