"""What a respondent allows to be done with their words, as the questionnaire asked."""

from __future__ import annotations

from enum import StrEnum

#: The question that asks for it; a form without it gives no permission.
PERMISSION = "quote_permission"


class Permission(StrEnum):
    WITH_REGION = "with_region"
    WITHOUT_REGION = "without_region"
    NONE = "none"


#: Choice names that say yes. Any other answer, also one that nobody foresaw, says no.
_YES = {
    "with_region": Permission.WITH_REGION,
    "yes_region": Permission.WITH_REGION,
    "yes_with_region": Permission.WITH_REGION,
    "without_region": Permission.WITHOUT_REGION,
    "yes_no_region": Permission.WITHOUT_REGION,
    "yes_without_region": Permission.WITHOUT_REGION,
    "yes": Permission.WITHOUT_REGION,
}


def permission_of(choice: str) -> Permission:
    """The permission that a choice of that name gives; '' is no answer."""
    return _YES.get(choice.lower().replace("-", "_"), Permission.NONE)
