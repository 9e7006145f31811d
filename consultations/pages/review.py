"""All answers of one response in words, page by page, as HTML.

Of each line only the answer is the respondent's: questions, choices and headings are written once for each language of
a form and kept. What somebody answered is never kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from markupsafe import Markup, escape

from consultations.errors import N_
from consultations.pages.repeating import named
from forms.builder import NO_WORDS, Wording, Words, answer_words, page_headings, words
from forms.question_types import is_asked
from forms.questionnaire import Question, Text
from forms.running.flow import Flow, Spot
from translations import catalogues

NOT_ANSWERED, CHANGE, PAGE = N_("Not answered"), N_("Change"), N_("Page %(number)d")
_SECTION = Markup(
    '<section class="part">\n<h2{}>{}</h2><dl>\n{}</dl>\n<button class="go second small" name="go"'
    ' value="change-{}">{}<span class="hidden"> {}</span></button>\n</section>\n'
)
_QUESTION, _ANSWER = Markup("<dt{}>{}</dt>\n"), Markup("<dd{}>{}</dd>\n")
_NOTHING = Markup('<dd class="soft">{}</dd>\n')
#: What was chosen is read back under the choices' names alone; in a rank it has its place before it.
_LISTED = frozenset({"select_one", "select_multiple"})
#: Forms times languages, and their lists.
_LANGUAGES_KEPT, _LISTS_KEPT = 256, 2048


def review_sections(flow: Flow, wording: Wording) -> Markup:
    """One section for each page that asks something now, with a button that leads back to it."""
    return Markup("").join(_sections(flow, wording))


def _sections(flow: Flow, wording: Wording) -> Iterator[Markup]:
    change = _ours(CHANGE, wording.page_language)
    for number, spot in enumerate(flow.spots(wording.state), 1):
        here = replace(wording, positions=spot.positions)
        lines = Markup("").join(_lines(flow, spot, here))
        if lines:
            page = _ours(PAGE, wording.page_language) % {"number": number}
            heading = _heading(flow, spot, here)
            attrs, text = (heading.attrs, heading.html) if heading.html else ("", page)
            yield _SECTION.format(attrs, text, lines, named(spot), change, page)


def _lines(flow: Flow, spot: Spot, wording: Wording) -> Iterator[Markup]:
    """Each question that is asked now, and what was answered."""
    for name, question in flow.questions(spot):
        if wording.state.relevance[name] and is_asked(question):
            yield _asked(flow, question, wording)
            yield _answered(flow, name, question, wording)


def _asked(flow: Flow, question: Question, wording: Wording) -> Markup:
    kept = _kept_questions(flow, wording.language, wording.page_language).get(question.name)
    return _question(wording.of(question.label)) if kept is None else kept


def _answered(flow: Flow, name: str, question: Question, wording: Wording) -> Markup:
    value = wording.state.value(name)
    if value and question.type in _LISTED:
        kept = _kept_choices(flow, question.list_name, wording.language, wording.page_language)
        chosen = [value] if question.type == "select_one" else value.split()
        if all(choice in kept for choice in chosen):
            return Markup("").join(map(kept.__getitem__, chosen))
    answers = answer_words(name, wording)
    return Markup("").join(map(_answer, answers)) if answers else _unanswered(wording.page_language)


def _heading(flow: Flow, spot: Spot, wording: Wording) -> Words:
    """The innermost heading of a page; without words where it has none."""
    kept = _kept_headings(flow, wording.language, wording.page_language).get(spot.page)
    return kept if kept is not None else (page_headings(flow, spot, wording) or (NO_WORDS,))[-1]


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _kept_questions(flow: Flow, language: str, page_language: str) -> Mapping[str, Markup]:
    """By question name, those that quote no answer."""
    return {
        question.name: _question(words(question.label, language, page_language))
        for question in flow.questionnaire.questions()
        if _is_constant(question.label)
    }


@lru_cache(maxsize=_LISTS_KEPT)
def _kept_choices(flow: Flow, list_name: str, language: str, page_language: str) -> Mapping[str, Markup]:
    """By name, the choices of a list that quote no answer and whose name is theirs alone."""
    choices = flow.questionnaire.choices.get(list_name, ())
    times = Counter(choice.name for choice in choices)
    labels = {choice.name: choice.label for choice in choices if times[choice.name] == 1 and _is_constant(choice.label)}
    found = {name: words(label, language, page_language) for name, label in labels.items()}
    return {name: _answer(told if told.html else Words(escape(name))) for name, told in found.items()}


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _kept_headings(flow: Flow, language: str, page_language: str) -> Mapping[int, Words]:
    """By page, those that quote no answer and count no times of a repeat."""
    kept = {}
    for number, page in enumerate(flow.pages):
        if not page.repeats and all(_is_constant(group.label) for group in page.groups):
            found = (words(group.label, language, page_language) for group in reversed(page.groups))
            kept[number] = next((heading for heading in found if heading.html), NO_WORDS)
    return kept


def _is_constant(text: Text) -> bool:
    return not any("${" in written for written in text.by_language.values())


def _question(asked: Words) -> Markup:
    return _QUESTION.format(asked.attrs, asked.html)


def _answer(told: Words) -> Markup:
    return _ANSWER.format(told.attrs, told.html)


@lru_cache(maxsize=64)
def _unanswered(page_language: str) -> Markup:
    return _NOTHING.format(_ours(NOT_ANSWERED, page_language))


@lru_cache(maxsize=64)
def _ours(message: str, page_language: str) -> Markup:
    """A sentence of the interface, which is ours, as templates take it."""
    return Markup(catalogues.words(page_language).gettext(message))  # noqa: S704 - see above
