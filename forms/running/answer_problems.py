"""What a respondent is told about an answer, in English, for the pages to translate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from forms.questionnaire import Text


def N_(message: str) -> str:
    """Marks a message for extraction and leaves it in English."""
    return message


NO_WORDS = Text()


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One answer that cannot be kept as it stands."""

    question: str
    #: A key of `MESSAGES`.
    code: str
    #: The author's own words, to be shown in place of ours where there are any.
    message: Text = NO_WORDS


#: Code -> what to do about it.
MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "required": N_("Please answer this question to go on."),
        "not_a_whole_number": N_("Please write a whole number, such as 12."),
        "not_a_number": N_("Please write a number, such as 12 or 3.5."),
        "too_many_digits": N_("Please write a shorter number, with 15 digits at most."),
        "not_a_date": N_("Please write the whole date: the day, the month, and the year with four digits."),
        "not_an_option": N_("Please choose from the answers shown here."),
        "constraint": N_("Please change this answer: it does not fit the question."),
        "too_long": N_("Please shorten this answer to 10,000 characters at most."),
    }
)
