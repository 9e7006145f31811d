"""The table of roles says who may do what."""

import pytest

from consultations.staff.roles import PERMISSIONS, ROLE_NAMES, Permission, Role, may


def test_every_role_has_a_name_and_permissions():
    assert set(ROLE_NAMES) == set(PERMISSIONS) == set(Role)


def test_every_permission_is_somebody_s():
    assert frozenset().union(*PERMISSIONS.values()) == set(Permission)


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        ("policy_staff", Permission.UNLOCK, True),
        ("administrator", Permission.UNLOCK, False),
        ("administrator", Permission.MANAGE_STAFF, True),
        ("policy_staff", Permission.MANAGE_STAFF, False),
        ("community_consultant", Permission.DO_FIELDWORK, True),
        ("administrator", Permission.CONFIRM_CARDS, True),
        ("policy_staff", Permission.CONFIRM_CARDS, True),
        ("community_consultant", Permission.CONFIRM_CARDS, False),
        ("regional_coordinator", Permission.READ_TABLES, True),
        ("translator", Permission.READ_TABLES, False),
        ("board_reviewer", Permission.READ_PAPERS, True),
        ("board_reviewer", Permission.WRITE_PAPERS, False),
    ],
)
def test_a_role_includes_what_its_work_needs(role, permission, allowed):
    assert may(role, permission) is allowed


@pytest.mark.parametrize("role", ["", "owner", "ADMINISTRATOR"])
def test_an_unknown_role_includes_nothing(role):
    assert not any(may(role, permission) for permission in Permission)


def test_a_permission_may_be_named_in_plain_text():
    assert may("policy_staff", "unlock")
    assert not may("policy_staff", "unlock_everything")
