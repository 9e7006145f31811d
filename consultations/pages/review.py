"""All answers of one response in words, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from consultations.pages.repeating import named
from forms.builder import NO_WORDS, Wording, Words, answer_words, page_headings
from forms.question_types import is_asked
from forms.running.flow import Flow, Spot


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One question and its answer; `texts` is empty when there is none."""

    label: Words
    texts: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one page."""

    #: The page's name in the button that leads back to it, and its number among those that are shown.
    spot: str
    number: int
    heading: Words
    answers: tuple[AnswerView, ...]


def review_parts(flow: Flow, wording: Wording) -> list[Part]:
    """One part for each page that asks something now."""
    parts = []
    for number, spot in enumerate(flow.spots(wording.state), 1):
        here = replace(wording, positions=spot.positions)
        answers = _answers(flow, spot, here)
        if answers:
            headings = page_headings(flow, spot, here)
            parts.append(Part(named(spot), number, headings[-1] if headings else NO_WORDS, answers))
    return parts


def _answers(flow: Flow, spot: Spot, wording: Wording) -> tuple[AnswerView, ...]:
    return tuple(
        AnswerView(wording.of(question.label), answer_words(name, wording))
        for name, question in flow.questions(spot)
        if wording.state.relevance[name] and is_asked(question)
    )
