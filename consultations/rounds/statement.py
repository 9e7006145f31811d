"""What respondents are promised: generated from what the form and the consultation really keep, frozen at opening."""

from __future__ import annotations

from typing import Any

from forms.question_types import QUESTION_TYPES, is_asked
from forms.questionnaire import Questionnaire


def statement_for(
    questionnaire: Questionnaire, *, breakdowns: list[str], key_holders: int, retention_months: int
) -> dict[str, Any]:
    """The facts of the promise as plain values; `pages` says them in the reader's language.

    `{"questions": 21, "open_questions": 3, "breakdowns": ["region"], "key_holders": 2, "retention_months": 24}`:
    how many questions ask something, how many of them take free words, which break tables down by name, how many people
    hold the key, and after how many months everything is destroyed.
    """
    asked = [question for question in questionnaire.questions() if is_asked(question)]
    return {
        "questions": len(asked),
        "open_questions": sum(QUESTION_TYPES[question.type].stored_as == "text" for question in asked),
        "breakdowns": breakdowns,
        "key_holders": key_holders,
        "retention_months": retention_months,
    }
