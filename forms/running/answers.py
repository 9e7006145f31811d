"""One page of raw form input made into answers and problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from forms.question_types import SELECTS, is_asked
from forms.questionnaire import Question
from forms.running.answer_problems import MESSAGES, AnswerProblem
from forms.running.canonical import NotAnAnswer, answer_from, canonical, has_fields
from forms.running.flow import Flow, State, final_answers

__all__ = [
    "MESSAGES",
    "SHOWN",
    "AnswerProblem",
    "PageResult",
    "canonical",
    "final_answers",
    "first_wrong_page",
    "read_page",
]

#: The field that carries the names of the questions that the page as sent had on it.
SHOWN = "_shown"
_MAX_SHOWN = 100_000

Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class PageResult:
    """What came of one page: go on when there are no problems and nothing has opened."""

    #: XForm strings of everything answered so far, on any page, by question name.
    answers: Mapping[str, str]
    problems: tuple[AnswerProblem, ...]
    #: Questions and notes of this page that the answers brought up and that were not on it when it was sent.
    opened: tuple[str, ...]


def read_page(
    flow: Flow,
    page_index: int,
    raw: Raw,
    answers: Mapping[str, str],
    today: date,
    language: str,
    seed: str = "",
) -> PageResult:
    """The answers of one page joined to those of the others, and what is to be said about them.

    `raw` has every value of every field, as `MultiDict.to_dict(flat=False)` gives them; only the fields of this page's
    questions are looked at. Without a field `_shown`, all of the page counts as shown. Answers of this page that have
    become irrelevant are dropped; those of other pages stay, and are ignored for as long as they are irrelevant.
    """
    questions = flow.pages[page_index].questions
    shown = _shown(raw, questions)
    given, unreadable = _read(questions, raw, shown)
    merged = {**answers, **given}
    state = flow.state(merged, today, language, seed)
    opened = tuple(
        q.name
        for q in questions
        if q.name not in shown and q.name not in raw and state.relevant(q.name) and not merged.get(q.name)
    )
    problems = [
        found
        for question in questions
        if state.relevant(question.name) and question.name not in opened
        if (found := _problem(question, state, given, unreadable.get(question.name)))
    ]
    for question in questions:
        if not state.relevant(question.name):
            merged.pop(question.name, None)
        elif question.name in given:
            merged[question.name] = _in_list_order(question, state, given[question.name])
    return PageResult(MappingProxyType(_worth_keeping(flow, merged)), tuple(problems), opened)


def first_wrong_page(flow: Flow, state: State) -> tuple[int, tuple[AnswerProblem, ...]] | None:
    """The first page with something missing or no longer fitting, and what it is; None when all is well.

    Pages are judged one at a time, and an answer changed late can make another, on a page long done, required.
    """
    for index, page in enumerate(flow.pages):
        relevant = (question for question in page.questions if state.relevant(question.name))
        if problems := tuple(found for q in relevant if (found := _problem(q, state, state.values, None))):
            return index, problems
    return None


def _shown(raw: Raw, questions: Sequence[Question]) -> frozenset[str]:
    if SHOWN not in raw:
        return frozenset(question.name for question in questions)
    return frozenset(name for text in raw[SHOWN][:1] for name in text[:_MAX_SHOWN].split())


def _read(
    questions: Sequence[Question], raw: Raw, shown: frozenset[str]
) -> tuple[dict[str, str], dict[str, NotAnAnswer]]:
    """What can be read, '' for what cannot, by name; and what is the matter with what cannot."""
    given: dict[str, str] = {}
    unreadable: dict[str, NotAnAnswer] = {}
    for question in questions:
        name = question.name
        if not _asks(question) or (name not in shown and not has_fields(question, raw)):
            continue
        try:
            given[name] = answer_from(question, raw)
        except NotAnAnswer as problem:
            given[name] = ""
            unreadable[name] = problem
    return given, unreadable


def _asks(question: Question) -> bool:
    return is_asked(question) and not question.read_only


def _problem(
    question: Question, state: State, given: Mapping[str, str], unreadable: NotAnAnswer | None
) -> AnswerProblem | None:
    """The first thing wrong with a relevant question's answer, None when all is well."""
    name = question.name
    if unreadable:
        return AnswerProblem(name, unreadable.code, values=unreadable.values)
    if not _asks(question):
        return None
    answer = given.get(name, "")
    if question.type in SELECTS and not set(answer.split()) <= {choice.name for choice in state.options(name)}:
        return AnswerProblem(name, "not_an_option")
    if not state.value(name) and state.required(name):
        return AnswerProblem(name, "required", question.required_message)
    if state.violates(name):
        return AnswerProblem(name, "constraint", question.constraint_message)
    return None


def _in_list_order(question: Question, state: State, answer: str) -> str:
    """Ticks in the order of the list, whatever order they were sent in, and none that is not offered."""
    if question.type not in SELECTS or question.type == "rank" or not answer:
        return answer
    chosen = set(answer.split())
    return " ".join(choice.name for choice in state.options(question.name) if choice.name in chosen)


def _worth_keeping(flow: Flow, merged: Mapping[str, str]) -> dict[str, str]:
    """Without the unanswered ones, save where a default would otherwise come back in place of what was cleared."""
    return {name: answer for name, answer in merged.items() if answer or flow.fills_in(name)}
