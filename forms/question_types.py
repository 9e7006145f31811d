"""One row per question type: how its answers are stored, whether it is asked, how it is summarised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from forms.questionnaire import Question


@dataclass(frozen=True, slots=True)
class QuestionType:
    """What the rest of the product needs to know of a type.

    `stored_as`: code (position in the list), bits (one for each choice), integer, decimal, date, text, nothing.
    `summary`: categories, multiple, number, date, text, nothing.
    """

    name: str
    stored_as: str
    #: A respondent is shown a field for it.
    asked: bool
    summary: str


QUESTION_TYPES: Mapping[str, QuestionType] = MappingProxyType(
    {
        row.name: row
        for row in (
            QuestionType("select_one", "code", asked=True, summary="categories"),
            QuestionType("select_multiple", "bits", asked=True, summary="multiple"),
            QuestionType("text", "text", asked=True, summary="text"),
            QuestionType("integer", "integer", asked=True, summary="number"),
            QuestionType("decimal", "decimal", asked=True, summary="number"),
            QuestionType("date", "date", asked=True, summary="date"),
            QuestionType("note", "nothing", asked=False, summary="nothing"),
            # Computed again from the answers wherever it is needed, so that it is never a second copy of them.
            QuestionType("calculate", "nothing", asked=False, summary="nothing"),
        )
    }
)

SELECTS = frozenset({"select_one", "select_multiple"})


def is_grid_head(question: Question) -> bool:
    """A select with the appearance `label` only heads the columns of the grid below it; nobody answers it."""
    return question.type in SELECTS and "label" in question.appearance.split()


def is_asked(question: Question) -> bool:
    """Whether a respondent answers it."""
    return QUESTION_TYPES[question.type].asked and not is_grid_head(question)
