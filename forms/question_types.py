"""One row per question type: how its answers are stored, whether it is asked, how it is summarised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from forms.questionnaire import Question


@dataclass(frozen=True, slots=True)
class QuestionType:
    """What the rest of the product needs to know of a type.

    `stored_as`: code (position in the list), bits (one for each choice), order (positions in the list, best first),
    integer, decimal, date, time, moment, flag, text, nothing. Within a repeat everything is stored as text.
    `summary`: categories, multiple, ranking, number, date, time, moment, text, nothing.
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
            QuestionType("range", "decimal", asked=True, summary="number"),
            QuestionType("date", "date", asked=True, summary="date"),
            QuestionType("time", "time", asked=True, summary="time"),
            QuestionType("datetime", "moment", asked=True, summary="moment"),
            QuestionType("rank", "order", asked=True, summary="ranking"),
            QuestionType("acknowledge", "flag", asked=True, summary="nothing"),
            QuestionType("note", "nothing", asked=False, summary="nothing"),
            # Computed again from the answers wherever it is needed, so that it is never a second copy of them.
            QuestionType("calculate", "nothing", asked=False, summary="nothing"),
            QuestionType("hidden", "nothing", asked=False, summary="nothing"),
        )
    }
)

#: Types with a list of choices.
SELECTS = frozenset({"select_one", "select_multiple", "rank"})
#: Types whose values have several choice names in them, spaces between.
SEVERAL = frozenset({"select_multiple", "rank"})


def is_grid_head(question: Question) -> bool:
    """A select with the appearance `label` only heads the columns of the grid below it; nobody answers it."""
    return question.type in SELECTS and "label" in question.appearance.split()


def is_asked(question: Question) -> bool:
    """Whether a respondent answers it."""
    return QUESTION_TYPES[question.type].asked and not is_grid_head(question)
