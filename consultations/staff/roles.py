"""Who may do what, and within which limits: one table of roles. `docs/roles.md` is printed from it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from consultations.errors import N_


class Permission(StrEnum):
    #: People, their roles and limits, links for new ones.
    MANAGE_STAFF = "manage_staff"
    #: Trustees' cards that somebody else made, and the rehearsal of every year.
    CONFIRM_CARDS = "confirm_cards"
    IMPORT_QUESTIONNAIRES = "import_questionnaires"
    #: Create, open and close a consultation, and choose who holds its key.
    RUN_CONSULTATIONS = "run_consultations"
    #: Needs the consultation's key as well: a permission alone decrypts nothing.
    UNLOCK = "unlock"
    #: The page of a consultation: its dates, what it asks, who holds its key. No answers.
    SEE_CONSULTATIONS = "see_consultations"
    #: Released tables by region, of the regions that an account reaches.
    READ_TABLES = "read_tables"
    #: Released tables of all regions together, broken down by anything but the region.
    READ_TABLES_OF_ALL = "read_tables_of_all"
    #: Monitoring and evaluation: which answers are counted, from which baseline and towards which target.
    SET_INDICATORS = "set_indicators"
    PICK_QUOTES = "pick_quotes"
    WRITE_PAPERS = "write_papers"
    #: Case studies and interviews.
    DO_FIELDWORK = "do_fieldwork"
    TRANSLATE = "translate"
    READ_PAPERS = "read_papers"
    READ_AUDIT_LOG = "read_audit_log"


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    POLICY_STAFF = "policy_staff"
    COMMUNITY_CONSULTANT = "community_consultant"
    REGIONAL_COORDINATOR = "regional_coordinator"
    TRANSLATOR = "translator"
    BOARD_REVIEWER = "board_reviewer"


class Limit(StrEnum):
    """The kinds of limit: an account reaches only what it was given of those that its role has."""

    CONSULTATION = "consultation"
    COUNTRY = "country"
    REGION = "region"
    LANGUAGE = "language"


#: What a role is called on a page.
ROLE_NAMES: Mapping[Role, str] = MappingProxyType(
    {
        Role.ADMINISTRATOR: N_("Administrator"),
        Role.POLICY_STAFF: N_("Policy staff"),
        Role.COMMUNITY_CONSULTANT: N_("Community consultant"),
        Role.REGIONAL_COORDINATOR: N_("Regional coordinator"),
        Role.TRANSLATOR: N_("Translator"),
        Role.BOARD_REVIEWER: N_("Board reviewer"),
    }
)

#: Each role has what its work needs. Administrators look after people and the machine and do not read answers:
#: whoever can create accounts shall not also hold what the accounts protect.
PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: frozenset(
            {
                Permission.MANAGE_STAFF,
                Permission.CONFIRM_CARDS,
                Permission.SEE_CONSULTATIONS,
                Permission.READ_PAPERS,
                Permission.READ_AUDIT_LOG,
            }
        ),
        Role.POLICY_STAFF: frozenset(
            {
                Permission.IMPORT_QUESTIONNAIRES,
                Permission.RUN_CONSULTATIONS,
                Permission.UNLOCK,
                Permission.CONFIRM_CARDS,
                Permission.SEE_CONSULTATIONS,
                Permission.READ_TABLES,
                Permission.READ_TABLES_OF_ALL,
                Permission.SET_INDICATORS,
                Permission.PICK_QUOTES,
                Permission.WRITE_PAPERS,
                Permission.DO_FIELDWORK,
                Permission.READ_PAPERS,
            }
        ),
        Role.COMMUNITY_CONSULTANT: frozenset(
            {
                Permission.SEE_CONSULTATIONS,
                Permission.READ_TABLES,
                Permission.READ_TABLES_OF_ALL,
                Permission.DO_FIELDWORK,
                Permission.WRITE_PAPERS,
                Permission.READ_PAPERS,
            }
        ),
        Role.REGIONAL_COORDINATOR: frozenset(
            {
                Permission.SEE_CONSULTATIONS,
                Permission.READ_TABLES,
                Permission.READ_TABLES_OF_ALL,
                Permission.READ_PAPERS,
            }
        ),
        Role.TRANSLATOR: frozenset({Permission.SEE_CONSULTATIONS, Permission.TRANSLATE, Permission.READ_PAPERS}),
        Role.BOARD_REVIEWER: frozenset({Permission.READ_PAPERS}),
    }
)

#: What each role is limited by. An account that was given nothing of such a kind reaches nothing; one whose role is
#: not limited by a kind reaches all of it, as far as its permissions go.
LIMITED_BY: Mapping[Role, frozenset[Limit]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: frozenset(),
        Role.POLICY_STAFF: frozenset({Limit.CONSULTATION}),
        Role.COMMUNITY_CONSULTANT: frozenset({Limit.COUNTRY}),
        Role.REGIONAL_COORDINATOR: frozenset({Limit.REGION}),
        Role.TRANSLATOR: frozenset({Limit.LANGUAGE}),
        Role.BOARD_REVIEWER: frozenset({Limit.CONSULTATION}),
    }
)


def may(role: str, permission: str) -> bool:
    """Whether `role`, as an account stores it, includes `permission`; an unknown one of either is not included."""
    return role in Role.__members__.values() and permission in PERMISSIONS[Role(role)]
