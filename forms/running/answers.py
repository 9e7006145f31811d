"""One page of raw form input made into answers and problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from forms.question_types import SELECTS, is_asked
from forms.questionnaire import Choice, Question
from forms.running.answer_problems import MESSAGES, AnswerProblem
from forms.running.canonical import NotAnAnswer, answer_from, canonical, has_fields
from forms.running.filling import Filling
from forms.running.flow import Flow, Spot, State, final_answers
from forms.running.typed_choices import meant, typed_control

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
#: Questions with the names that their answers are kept under: `age`, `age[2]`.
_Questions = Sequence[tuple[str, Question]]


@dataclass(frozen=True, slots=True)
class PageResult:
    """What came of one page: go on when there are no problems and nothing has opened."""

    #: XForm strings of everything answered so far, on any page, by question name.
    answers: Mapping[str, str]
    problems: tuple[AnswerProblem, ...]
    #: Questions and notes of this page that the answers brought up and that were not on it when it was sent.
    opened: tuple[str, ...]
    #: What the answers make of the form.
    state: State = field(repr=False, compare=False)


def read_page(filling: Filling, spot: Spot, raw: Raw, answers: Mapping[str, str]) -> PageResult:
    """The answers of one page joined to those of the others, and what is to be said about them.

    `raw` has every value of every field, as `MultiDict.to_dict(flat=False)` gives them; only the fields of this page's
    questions are looked at. Without a field `_shown`, all of the page counts as shown. Answers of this page that have
    become irrelevant are dropped; those of other pages stay, and are ignored for as long as they are irrelevant.
    """
    questions = filling.flow.questions(spot)
    shown = _shown(raw, questions)
    locked = _locked(filling, questions, answers)
    open_questions = [pair for pair in questions if pair[0] not in locked]
    given, unreadable = _read(open_questions, raw, shown)
    for name, text in _written_choices(open_questions, raw).items():
        now = filling.state(filling.changed(answers, given))
        given[name], problem = _written_choice(text, now.options(name), filling.language)
        unreadable |= {name: problem} if problem else {}
    changes = {name: answer for name, answer in given.items() if _is_change(name, answer, answers, filling.flow)}
    merged = dict(filling.changed(answers, changes))
    state = filling.state(merged)
    opened = tuple(
        name
        for name, question in questions
        if name not in shown and not has_fields(question, raw, name) and state.relevant(name) and not merged.get(name)
    )
    problems = [
        found
        for name, question in questions
        if state.relevant(name) and name not in opened
        if (found := _problem(name, question, state, given, unreadable.get(name)))
    ]
    for name, question in questions:
        if not state.relevant(name):
            merged.pop(name, None)
        elif name in given and merged.get(name) == given[name]:
            merged[name] = _in_list_order(name, question, state, given[name])
    kept = MappingProxyType(_worth_keeping(filling.flow, merged))
    return PageResult(kept, tuple(problems), opened, state)


def first_wrong_page(flow: Flow, state: State) -> tuple[Spot, tuple[AnswerProblem, ...]] | None:
    """The first page with something missing or no longer fitting, and what it is; None when all is well.

    Pages are judged one at a time, and an answer changed late can make another, on a page long done, required.
    """
    for spot in flow.spots(state):
        asked = ((name, question) for name, question in flow.questions(spot) if state.rules[question.name].may_be_wrong)
        relevant = (pair for pair in asked if state.relevant(pair[0]))
        if problems := tuple(found for pair in relevant if (found := _problem(*pair, state, state.values, None))):
            return spot, problems
    return None


def _shown(raw: Raw, questions: _Questions) -> frozenset[str]:
    if SHOWN not in raw:
        return frozenset(name for name, _ in questions)
    return frozenset(name for text in raw[SHOWN][:1] for name in text[:_MAX_SHOWN].split())


def _locked(filling: Filling, questions: _Questions, answers: Mapping[str, str]) -> frozenset[str]:
    """Which of them cannot be written in as the form stands; most forms never say so of any."""
    if not filling.flow.form.has_locks:
        return frozenset(name for name, question in questions if not is_asked(question))
    state = filling.state(answers)
    return frozenset(name for name, question in questions if not is_asked(question) or state.read_only(name))


def _read(questions: _Questions, raw: Raw, shown: frozenset[str]) -> tuple[dict[str, str], dict[str, NotAnAnswer]]:
    """What can be read, '' for what cannot, by name; and what is the matter with what cannot."""
    given: dict[str, str] = {}
    unreadable: dict[str, NotAnAnswer] = {}
    for name, question in questions:
        if name not in shown and not has_fields(question, raw, name):
            continue
        try:
            given[name] = answer_from(question, raw, name)
        except NotAnAnswer as problem:
            given[name] = ""
            unreadable[name] = problem
    return given, unreadable


def _written_choices(questions: _Questions, raw: Raw) -> dict[str, str]:
    """What stands in the fields that a choice is written in, by name, where none was chosen from what was offered."""
    fields = [(name, typed_control(name)) for name, question in questions if question.type == "select_one"]
    return {
        name: text
        for name, field in fields
        if not any(map(str.strip, raw.get(name, ()))) and (text := "".join(raw.get(field, ())[:1]).strip())
    }


def _written_choice(text: str, offered: Sequence[Choice], language: str) -> tuple[str, NotAnAnswer | None]:
    """The name of the one choice that is meant; else '' and what is the matter."""
    found = meant(text, offered, language)
    if len(found) == 1:
        return found[0].name, None
    return "", NotAnAnswer("several_in_the_list" if found else "not_in_the_list")


def _is_change(name: str, answer: str, answers: Mapping[str, str], flow: Flow) -> bool:
    """What was empty and is left so is none: each change of a lively form is followed through all of it."""
    return answers.get(name, "") != answer or (name not in answers and flow.fills_in(name))


def _problem(
    name: str, question: Question, state: State, given: Mapping[str, str], unreadable: NotAnAnswer | None
) -> AnswerProblem | None:
    """The first thing wrong with a relevant question's answer, None when all is well."""
    if unreadable:
        return AnswerProblem(name, unreadable.code, values=unreadable.values)
    if not is_asked(question) or state.read_only(name):
        return None
    answer, value = given.get(name, ""), state.value(name)
    # The value is what is left of the answer: looking through a list of hundreds again would find the same.
    if answer != value and question.type in SELECTS and not set(answer.split()) <= _offered(name, state, answer):
        return AnswerProblem(name, "not_an_option")
    if not value and state.required(name):
        return AnswerProblem(name, "required", question.required_message)
    if value and state.violates(name):
        return AnswerProblem(name, "constraint", question.constraint_message)
    return None


def _offered(name: str, state: State, answer: str) -> set[str]:
    if state.answers.get(name) == answer and state.question(name).type != "rank":
        return set(state.value(name).split())
    return {choice.name for choice in state.options(name)}


def _in_list_order(name: str, question: Question, state: State, answer: str) -> str:
    """Ticks in the order of the list, whatever order they were sent in, and none that is not offered."""
    if question.type not in SELECTS or question.type == "rank" or not answer:
        return answer
    return state.value(name)


def _worth_keeping(flow: Flow, merged: Mapping[str, str]) -> dict[str, str]:
    """Without the unanswered ones, save where a default would otherwise come back in place of what was cleared."""
    return {name: answer for name, answer in merged.items() if answer or flow.fills_in(name)}
