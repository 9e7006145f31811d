"""All answers of one response in words, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from forms.builder import NO_WORDS, Wording, Words, answer_words, page_headings
from forms.question_types import QUESTION_TYPES
from forms.running.flow import Flow


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One question and its answer; `texts` is empty when there is none."""

    label: Words
    texts: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one page."""

    #: The page's index in the form, and its number among those that are shown.
    index: int
    number: int
    heading: Words
    answers: tuple[AnswerView, ...]


def review_parts(flow: Flow, wording: Wording) -> list[Part]:
    """One part for each page that asks something now."""
    parts = []
    index = flow.next_page(wording.state, -1)
    while index is not None:
        answers = _answers(flow, index, wording)
        if answers:
            headings = page_headings(flow, index, wording)
            number, _ = flow.progress(wording.state, index)
            parts.append(Part(index, number, headings[-1] if headings else NO_WORDS, answers))
        index = flow.next_page(wording.state, index)
    return parts


def _answers(flow: Flow, index: int, wording: Wording) -> tuple[AnswerView, ...]:
    return tuple(
        AnswerView(wording.of(question.label), answer_words(question, wording))
        for question in flow.pages[index].questions
        if wording.state.relevance[question.name] and QUESTION_TYPES[question.type].asked
    )
