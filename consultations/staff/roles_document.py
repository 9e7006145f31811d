"""docs/roles.md, printed from the table of roles: `python -m consultations.staff.roles_document > docs/roles.md`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from consultations.staff.limits import LIMIT_NAMES
from consultations.staff.roles import LIMITED_BY, PERMISSIONS, ROLE_NAMES, Limit, Permission, Role

#: What each permission lets somebody do.
MEANINGS: Mapping[Permission, str] = MappingProxyType(
    {
        Permission.MANAGE_STAFF: "invite people, change roles and limits, deactivate accounts, make trustees' cards",
        Permission.CONFIRM_CARDS: "confirm trustees' cards that somebody else made, rehearse with them",
        Permission.IMPORT_QUESTIONNAIRES: "import questionnaires and look at them",
        Permission.RUN_CONSULTATIONS: "create, open and close consultations, make codes, write to organisations",
        Permission.UNLOCK: "unlock answers, release tables, see coverage; needs the consultation's key as well",
        Permission.SEE_CONSULTATIONS: "the page of a consultation: its dates, what it asks, who holds its key",
        Permission.READ_TABLES: "released tables by region, of the regions reached",
        Permission.READ_TABLES_OF_ALL: "released tables of all regions together",
        Permission.SET_INDICATORS: "make, change and delete indicators",
        Permission.PICK_QUOTES: "read open answers and pick quotes; needs the consultation's key as well",
        Permission.WRITE_PAPERS: "draft and publish papers; needs the consultation's key as well",
        Permission.DO_FIELDWORK: "case studies and interviews; needs the case study's key as well",
        Permission.TRANSLATE: "translate what members read",
        Permission.READ_PAPERS: "published papers; drafts need the consultation's key as well",
        Permission.READ_AUDIT_LOG: "read, check and take away the audit log",
    }
)

#: What a kind of limit means for whoever has it.
REACH: Mapping[Limit, str] = MappingProxyType(
    {
        Limit.CONSULTATION: "these consultations with everything that belongs to them: results, papers, case studies",
        Limit.COUNTRY: "case studies and interviews of these countries, and the consultations that these belong to. "
        "The first case study of a country can be begun in any consultation that members have met",
        Limit.REGION: "all consultations, cut to these regions: their rows of tables by region, their organisations. "
        "Released tables and rows of all regions together stay, as they name no region",
        Limit.LANGUAGE: "consultations that are put in these languages, and papers in them",
    }
)

_TEXT = """# Roles and limits

Printed from `consultations/staff/roles.py` by `python -m consultations.staff.roles_document`; a test compares.
`tests/attacks/test_roles.py` walks every address with every role, with what it reaches and what it does not.

A role says what somebody may do; limits say with what. What an account does not reach is, for it, not there: the same
page “not found” as for what never was. An account that was given nothing of a kind reaches nothing of it. Keys come on
top: a permission alone opens no answer, no interview and no draft. Administrators look after people and the machine,
and read no answers.

"""


def document() -> str:
    """The whole file."""
    permissions = _table(
        ("may", *(ROLE_NAMES[role] for role in Role)),
        ((MEANINGS[each], *("yes" if each in PERMISSIONS[role] else "" for role in Role)) for each in Permission),
    )
    limits = _table(
        ("limited by", *(ROLE_NAMES[role] for role in Role)),
        ((LIMIT_NAMES[each], *("yes" if each in LIMITED_BY[role] else "" for role in Role)) for each in Limit),
    )
    reach = _table(("limit", "reaches"), ((LIMIT_NAMES[each], REACH[each]) for each in Limit))
    return _TEXT + "\n".join((permissions, limits, reach)) + _AFTER


_AFTER = """
Where it says nothing else, a role that is not limited by a kind reaches all of it. Questionnaires are shared by all
who may import them. Whoever creates a consultation, and whoever holds its key from the start, reaches it. Nobody
changes their own role or limits. The last administrator cannot be deactivated. Changing a role takes no keys away:
without the permission they open nothing; deactivating takes them away.
"""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    print(document(), end="")
