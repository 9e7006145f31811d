"""All answers of one response in words, page by page, as HTML.

Of each line only the answer is the respondent's: questions, choices and headings are written once for each language of
a form and kept. What somebody answered is never kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from markupsafe import Markup, escape

from consultations.errors import N_
from consultations.pages.repeating import named
from forms.builder import NO_WORDS, Wording, Words, answer_words, page_headings, words
from forms.question_types import is_asked
from forms.questionnaire import Page, Question, Text
from forms.running.flow import Flow, Spot
from translations import catalogues

NOT_ANSWERED, CHANGE, PAGE = N_("Not answered"), N_("Change"), N_("Page %(number)d")
#: What was chosen is read back under the choices' names alone; in a rank it has its place before it.
_LISTED = frozenset({"select_one", "select_multiple"})
#: Forms times languages; and ends of sections, which are as many as pages.
_FORMS_KEPT, _ENDS_KEPT = 256, 4096


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question in one language, as HTML; '' where it quotes an answer."""

    question: Question
    line: str
    #: By name, the choices that quote no answer and whose name is theirs alone.
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Form:
    """What the reviews of a form have in common in one language."""

    #: The questions of each page that somebody answers.
    pages: tuple[tuple[_Asked, ...], ...]
    #: The headings of pages that quote no answer and count no times of a repeat.
    headings: Mapping[int, Words]


def review_sections(flow: Flow, wording: Wording) -> Markup:
    """One section for each page that asks something now, with a button that leads back to it."""
    return Markup("".join(_sections(flow, wording)))  # noqa: S704 - each part escapes what it is given


def _sections(flow: Flow, wording: Wording) -> Iterator[str]:
    form = _form(flow, wording.language, wording.page_language)
    for number, spot in enumerate(flow.spots(wording.state), 1):
        here = replace(wording, positions=spot.positions)
        lines = "" if spot.is_empty else "".join(_lines(form.pages[spot.page], spot, here))
        if lines:
            heading = form.headings.get(spot.page)
            yield _beginning(heading or _heading(flow, spot, here), number, wording.page_language)
            yield lines
            # How often somebody went through a repeat is an answer, too.
            yield (_end if spot.positions else _kept_end)(named(spot), number, wording.page_language)


def _lines(asked: tuple[_Asked, ...], spot: Spot, wording: Wording) -> Iterator[str]:
    """Each question that is asked now, and what was answered."""
    for each in asked:
        name = spot.key(each.question.name)
        if wording.state.relevance[name]:
            yield each.line or _question(wording.of(each.question.label))
            yield _answered(name, each, wording)


def _answered(name: str, asked: _Asked, wording: Wording) -> str:
    value = wording.state.value(name)
    if value and asked.choices:
        chosen = [value] if asked.question.type == "select_one" else value.split()
        if all(choice in asked.choices for choice in chosen):
            return "".join(map(asked.choices.__getitem__, chosen))
    return "".join(map(_answer, answer_words(name, wording))) or _unanswered(wording.page_language)


def _heading(flow: Flow, spot: Spot, wording: Wording) -> Words:
    """The innermost heading of a page; without words where it has none."""
    return (page_headings(flow, spot, wording) or (NO_WORDS,))[-1]


@lru_cache(maxsize=_FORMS_KEPT)
def _form(flow: Flow, language: str, page_language: str) -> _Form:
    choices = {name: _choices(flow, name, language, page_language) for name in flow.questionnaire.choices}

    def asked(question: Question) -> _Asked:
        line = _question(words(question.label, language, page_language)) if _is_constant(question.label) else ""
        return _Asked(question, line, choices.get(question.list_name, {}) if question.type in _LISTED else {})

    pages = tuple(tuple(map(asked, filter(is_asked, page.questions))) for page in flow.pages)
    kept = {number: page for number, page in enumerate(flow.pages) if _has_constant_heading(page)}
    return _Form(pages, {number: _kept_heading(page, language, page_language) for number, page in kept.items()})


def _choices(flow: Flow, list_name: str, language: str, page_language: str) -> Mapping[str, str]:
    choices = flow.questionnaire.choices[list_name]
    times = Counter(choice.name for choice in choices)
    kept = [choice for choice in choices if times[choice.name] == 1 and _is_constant(choice.label)]
    found = {choice.name: words(choice.label, language, page_language) for choice in kept}
    return {name: _answer(told if told.html else Words(escape(name))) for name, told in found.items()}


def _has_constant_heading(page: Page) -> bool:
    return not page.repeats and all(_is_constant(group.label) for group in page.groups)


def _kept_heading(page: Page, language: str, page_language: str) -> Words:
    found = (words(group.label, language, page_language) for group in reversed(page.groups))
    return next((heading for heading in found if heading.html), NO_WORDS)


def _is_constant(text: Text) -> bool:
    return not any("${" in written for written in text.by_language.values())


def _beginning(heading: Words, number: int, page_language: str) -> str:
    text = heading.html or _page(number, page_language)
    return f'<section class="part">\n<h2{escape(heading.attrs)}>{escape(text)}</h2><dl>\n'


def _end(spot: str, number: int, page_language: str) -> str:
    value, change, page = escape(f"change-{spot}"), _ours(CHANGE, page_language), _page(number, page_language)
    inside = f'{change}<span class="hidden"> {page}</span>'
    return f'</dl>\n<button class="go second small" name="go" value="{value}">{inside}</button>\n</section>\n'


_kept_end = lru_cache(maxsize=_ENDS_KEPT)(_end)


def _question(asked: Words) -> str:
    return f"<dt{escape(asked.attrs)}>{escape(asked.html)}</dt>\n"


def _answer(told: Words) -> str:
    return f"<dd{escape(told.attrs)}>{escape(told.html)}</dd>\n"


@lru_cache(maxsize=64)
def _unanswered(page_language: str) -> str:
    return f'<dd class="soft">{_ours(NOT_ANSWERED, page_language)}</dd>\n'


def _page(number: int, page_language: str) -> Markup:
    return _ours(PAGE, page_language) % {"number": number}


@lru_cache(maxsize=64)
def _ours(message: str, page_language: str) -> Markup:
    """A sentence of the interface, which is ours, as templates take it."""
    return Markup(catalogues.words(page_language).gettext(message))  # noqa: S704 - see above
