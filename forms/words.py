"""An author's texts and a respondent's answers as one reader sees them: their language, with its direction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType

from markupsafe import Markup

from forms.expressions.context import Positions
from forms.labels import inline
from forms.marking import N_
from forms.question_types import SELECTS
from forms.questionnaire import Question, Text
from forms.running.answer_problems import MESSAGES, AnswerProblem
from forms.running.state import State
from forms.running.typed_times import parts_of
from translations import catalogues, formats
from translations.phrases import language_attributes

#: Beside the box that is ticked to say that something was read, understood or agreed to.
CONFIRMED = N_("I confirm this")
NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Words:
    """Some text of the author's, with the language and direction that it departs from the page in."""

    html: Markup = NOTHING
    #: ` lang="sw" dir="ltr"` for the element around it; '' when it is in the page's language.
    attrs: Markup = NOTHING


NO_WORDS = Words()


@dataclass(frozen=True, slots=True)
class Wording:
    """Turns an author's texts into what this reader sees."""

    state: State
    #: The language of the questionnaire's texts, and the one that the page itself is in.
    language: str
    page_language: str
    #: Which time of the repeats around them the texts stand in.
    positions: Positions = ()
    #: Within what another text quotes, answers are quoted as they are kept: a choice's label may quote itself.
    is_quoted: bool = False

    def of(self, text: Text) -> Words:
        """The text in the reader's language, or in the one that stands in for it."""
        return words(text, self.language, self.page_language, self.filled)

    def ours(self, message: str, **values: str) -> Words:
        """A sentence of the interface, in the page's language."""
        return Words(Markup("{}").format(catalogues.words(self.page_language).gettext(message) % values))

    def problem(self, problem: AnswerProblem) -> Words:
        """What is said of an answer: in the author's own words, else in ours, with numbers as the page writes them."""
        if problem.message:
            return self.of(problem.message)
        written, language = formats.written_number, self.page_language
        numbers = {key: written(Decimal(number), language) for key, number in problem.values.items()}
        return self.ours(MESSAGES[problem.code], **numbers)

    def filled(self, name: str) -> str:
        """An answer that a label quotes: in words, where it was chosen from a list."""
        name = self.state.referred(name, self.positions)
        value = self.state.value(name)
        if self.is_quoted or not value or self.state.question(name).type not in SELECTS:
            return value
        return ", ".join(words.html.striptags() for words in _chosen_words(name, replace(self, is_quoted=True)))


def words(text: Text, language: str, page_language: str, fill: Callable[[str], str] = str) -> Words:
    """A text for a reader of `language` on a page in `page_language`; `fill` gives the answers that it quotes."""
    found = text.written_in(language)
    if found is None or not text.by_language[found]:
        return NO_WORDS
    return Words(inline(text.by_language[found], fill), language_attributes(found, page_language))


def option_words(label: Text, name: str, wording: Wording) -> Words:
    """A choice's label, or its name where it has none."""
    words = wording.of(label)
    return words if words.html else Words(Markup("{}").format(name))


def answer_words(name: str, wording: Wording) -> tuple[Words, ...]:
    """The answer to one question (`age[2]` within a repeat) in words, one for each choice; () where there is none."""
    value, question = wording.state.value(name), wording.state.question(name)
    if not value:
        return ()
    if question.type == "acknowledge":
        return (wording.ours(CONFIRMED),)
    if question.type not in SELECTS:
        return (Words(Markup("<bdi>{}</bdi>").format(_read(question, value, wording.page_language))),)
    chosen = _chosen_words(name, wording)
    return chosen if question.type != "rank" else tuple(_placed(words, place) for place, words in enumerate(chosen, 1))


def _chosen_words(name: str, wording: Wording) -> tuple[Words, ...]:
    value, question = wording.state.value(name), wording.state.question(name)
    names = (value,) if question.type == "select_one" else tuple(value.split())
    labels = {choice.name: choice.label for choice in wording.state.chosen(name)}
    return tuple(option_words(labels.get(choice, Text()), choice, wording) for choice in names)


def _placed(words: Words, place: int) -> Words:
    return Words(Markup("{}. {}").format(place, words.html), words.attrs)


def _read(question: Question, value: str, language: str) -> str:
    """Dates and times as readers of that language write them; what is neither, as it is."""
    try:
        return _AS_READ[question.type](question, value, language) if question.type in _AS_READ else value
    except ValueError:
        return value


def _date(question: Question, value: str, language: str) -> str:
    parts = parts_of(question)
    if parts == ("year",):
        return value[:4]
    found = date.fromisoformat(value)
    return formats.written_month(found, language) if len(parts) == 2 else formats.written_date(found, language)


def _time(question: Question, value: str, language: str) -> str:
    return formats.written_time(time.fromisoformat(value), language)


def _moment(question: Question, value: str, language: str) -> str:
    found = datetime.fromisoformat(value)
    return formats.written_moment(found, language)


_AS_READ: Mapping[str, Callable[[Question, str, str], str]] = MappingProxyType(
    {"date": _date, "time": _time, "datetime": _moment}
)
