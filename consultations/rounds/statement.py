"""What respondents are promised: generated from what the form and the consultation really keep, frozen at opening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from forms.question_types import QUESTION_TYPES, is_asked
from forms.questionnaire import Questionnaire
from forms.running.anonymising import is_never_stored, is_stored_coarser

#: What a stored answer is in the words of the promise, by how it is stored.
KINDS = {
    **dict.fromkeys(("code", "bits", "order", "flag"), "choices"),
    **dict.fromkeys(("integer", "decimal"), "numbers"),
    **dict.fromkeys(("date", "time", "moment"), "times"),
    "text": "texts",
}


def statement_for(
    questionnaire: Questionnaire,
    *,
    breakdowns: list[str],
    key_holders: int,
    retention_months: int,
    invited: bool,
    key_roles: Iterable[str] = (),
    further: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """The facts of the promise as plain values; `promise` says them in the reader's language.

    `{"questions": 21, "open_questions": 3, "repeated": 2, "never_stored": 1, "stored_coarser": 4, "kinds": {"choices":
    15, "texts": 3}, "breakdowns": ["region"], "key_holders": 2, "key_roles": ["policy_staff"], "retention_months": 24,
    "invited": False}`: how many questions ask something, how many of them take free words, may be asked several times,
    are only asked, are stored less exactly than they are answered; how many of what kind are stored; which break tables
    down by name, how many people hold the key and what their roles are, after how many months everything is destroyed,
    and whether only members with a code can answer.

    `further` are facts of floors above: thresholds of tables, drafts, the deployment (`analysis.plans.promised`).
    """
    placed = [(groups, question) for groups, question in questionnaire.walk() if is_asked(question)]
    asked = [question for _, question in placed]
    kept = [KINDS[QUESTION_TYPES[question.type].stored_as] for question in asked if not is_never_stored(question)]
    return {
        "questions": len(asked),
        "open_questions": sum(QUESTION_TYPES[question.type].stored_as == "text" for question in asked),
        "repeated": sum(any(group.is_repeat for group in groups) for groups, _ in placed),
        "never_stored": sum(map(is_never_stored, asked)),
        "stored_coarser": sum(map(is_stored_coarser, asked)),
        "kinds": dict(Counter(kept)),
        "breakdowns": breakdowns,
        "key_holders": key_holders,
        "key_roles": sorted(set(key_roles)),
        "retention_months": retention_months,
        "invited": invited,
        **further,
    }
