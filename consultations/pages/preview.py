"""A whole questionnaire as members see it, every question at once, with the author's conditions beside it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from forms.builder import FieldView, Wording, Words, page_fields, page_headings
from forms.questionnaire import Group, Question, Questionnaire
from forms.running.flow import Flow


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    field: FieldView
    #: The author's expressions, '' where there is none.
    relevant: str
    constraint: str


@dataclass(frozen=True, slots=True)
class ShownPage:
    headings: tuple[Words, ...]
    #: When a whole page is shown only in some cases.
    relevant: str
    #: It stands in a repeat: the author's expressions of how many times, '' where respondents decide.
    counts: tuple[str, ...]
    questions: tuple[ShownQuestion, ...]


def shown_pages(questionnaire: Questionnaire, language: str, page_language: str) -> tuple[ShownPage, ...]:
    """Every page with every question, whatever its conditions: the members' pages show some only later."""
    flow = Flow(replace(questionnaire, children=tuple(_always(node) for node in questionnaire.children)))
    wording = Wording(flow.state({}, datetime.date(2000, 1, 1), language), language, page_language)
    return tuple(
        ShownPage(
            headings=page_headings(flow, spot, wording),
            relevant=" and ".join(group.relevant for group in before.groups if group.relevant),
            counts=tuple(group.repeat_count for group in before.repeats),
            questions=tuple(
                _with_conditions(field, questionnaire.question(field.name.partition("[")[0]))
                for field in page_fields(flow, spot, wording)
            ),
        )
        for spot, before in zip(flow.spots(wording.state), questionnaire.pages(), strict=True)
    )


def _with_conditions(field: FieldView, question: Question) -> ShownQuestion:
    return ShownQuestion(field, question.relevant, question.constraint)


def _always(node: Question | Group) -> Question | Group:
    if isinstance(node, Group):
        return replace(node, relevant="", repeat_count="", children=tuple(_always(child) for child in node.children))
    return replace(node, relevant="", choice_filter="")
