"""What a respondent is told about an answer, in English, for the pages to translate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from forms.marking import N_
from forms.questionnaire import Text

NO_WORDS = Text()

Values = Mapping[str, str]
_NO_VALUES: Values = MappingProxyType({})


def _no_values() -> Values:
    return _NO_VALUES


class NotAnAnswer(ValueError):
    """Input that its question cannot hold; `code` is a key of `MESSAGES`, `values` fill the placeholders there."""

    def __init__(self, code: str, values: Values = _NO_VALUES) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One answer that cannot be kept as it stands."""

    #: The question's name; within a repeat the key of one time of it: `age[2]`.
    question: str
    #: A key of `MESSAGES`.
    code: str
    #: The author's own words, to be shown in place of ours where there are any.
    message: Text = NO_WORDS
    #: For the placeholders of our own text: numbers as XForms write them.
    values: Values = field(default_factory=_no_values)


#: Code -> what to do about it.
MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "required": N_("Please answer this question to go on."),
        "not_a_whole_number": N_("Please write a whole number, such as 12."),
        "not_a_number": N_("Please write a number, such as 12 or 3.5."),
        "too_many_digits": N_("Please write a shorter number, with 15 digits at most."),
        "not_a_date": N_("Please write the whole date: the day, the month, and the year with four digits."),
        "not_a_month": N_("Please write the month as a number from 1 to 12, and the year with four digits."),
        "not_a_year": N_("Please write the year with four digits, such as 2019."),
        "not_a_time": N_("Please write a time of day, such as 9:30 or 21:30."),
        "not_a_moment": N_("Please write the day, the month, the year with four digits, and a time such as 21:30."),
        "out_of_range": N_("Please write a number from %(start)s to %(end)s."),
        "between_steps": N_("Please write a number from %(start)s to %(end)s, in steps of %(step)s."),
        "not_a_place": N_("Please give places from 1 to %(count)s, each to one answer."),
        "place_given_twice": N_("Please give each place to one answer only."),
        "place_missing": N_("Please give every answer a place, or leave all places open."),
        "not_an_option": N_("Please choose from the answers shown here."),
        "not_in_the_list": N_("Please choose what you mean, or write it in another way: this is not in the list."),
        "several_in_the_list": N_("Please choose the one that you mean: more than one answer in the list fits this."),
        "constraint": N_("Please change this answer: it does not fit the question."),
        "too_long": N_("Please shorten this answer to 20,000 characters at most."),
    }
)
