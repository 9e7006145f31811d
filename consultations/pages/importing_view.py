"""What the page of an import shows: each column with where it can go, words without a meaning, what comes of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from consultations.responses.arriving import Proposal
from consultations.responses.mappings import Digester, Digests
from forms.incoming.converting import Converted
from forms.incoming.mapping import LANGUAGE, Target, takers
from forms.incoming.problems import KINDS, MESSAGES, grouped, ranges
from forms.incoming.tables import Table
from forms.labels import plain
from forms.questionnaire import UNNAMED, Question, Questionnaire, Text
from translations import phrases
from translations.languages import direction

#: Words of one list that are shown; a column with more of them is no question with a list.
MOST_WORDS = 60
#: With more targets than this a column is offered whole questions, and the options of its own one alone.
MOST_TARGETS = 150
#: Problems that are shown one by one.
MOST_PROBLEMS = 300
#: What a form may have fields for: `MAX_FORM_PARTS` of the application, less what every page has.
MOST_FIELDS = 900

#: What the page sends for words that are left out; '' is what nobody has decided yet.
LEFT_OUT = "@none"

#: https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates: 3–5 begins with 3 among words from right to left.
_LEFT_TO_RIGHT = "\u2066%s\u2069"

#: (value, what it is called).
Option = tuple[str, str]


class Heard:
    """What words mean that somebody said the meaning of, on this page or the last time; remembers which it met."""

    def __init__(self, digester: Digester, words: Digests) -> None:
        self.digester = digester
        #: List -> word -> choice, '' for none.
        self.met: dict[str, dict[str, str]] = {}
        self._meaning = digester.meaning(words)

    def meaning(self, list_name: str, word: str) -> str | None:
        found = self._meaning(list_name, word)
        if found is not None:
            self.met.setdefault(list_name, {})[word] = found
        return found


@dataclass(frozen=True, slots=True)
class ShownColumn:
    field: str
    heading: str
    filled: int
    identifies: bool
    chosen: str
    #: Under what they are listed, and what there is: whole questions first.
    offered: tuple[tuple[str, tuple[Option, ...]], ...]


@dataclass(frozen=True, slots=True)
class ShownWord:
    field: str
    word: str
    #: How often it stands in the file; 0 where its meaning is said already.
    count: int
    chosen: str


@dataclass(frozen=True, slots=True)
class ShownList:
    """Words that no option is called, of all columns that go to questions with one list."""

    questions: str
    words: tuple[ShownWord, ...]
    more: int
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ShownProblem:
    heading: str
    rows: str
    kind: str
    what: str
    remedy: str


def shown_columns(table: Table, form: Questionnaire, proposal: Proposal, language: str) -> list[ShownColumn]:
    questions = list(takers(form))
    whole = tuple((question.name, label(question.label, question.name, language)) for question in questions)
    parts = {question.name: _parts(form, question, language) for question in questions}
    are_many = len(whole) + sum(map(len, parts.values())) > MOST_TARGETS
    found = []
    for at, (heading, target) in enumerate(zip(table.headings, proposal.targets, strict=True)):
        listed = [name for name in parts if parts[name] and (not are_many or name == target.question)]
        groups = [(dict(whole)[name], parts[name]) for name in listed]
        found.append(
            ShownColumn(
                field=f"column-{at}",
                heading=heading_of(heading),
                filled=sum(1 for _ in table.column(at)),
                identifies=at in proposal.identifying,
                chosen=target.written,
                offered=(("", (*whole, (LANGUAGE, gettext("The language that somebody answered in")))), *groups),
            )
        )
    return found


def shown_lists(form: Questionnaire, made: Converted, heard: Heard, language: str) -> list[ShownList]:
    """Words that mean nothing yet, and those that somebody said the meaning of."""
    found = []
    for name in dict.fromkeys((*made.unknown, *heard.met)):
        counts, met = made.unknown.get(name, Counter()), heard.met.get(name, {})
        shown = [*counts.most_common(MOST_WORDS), *((word, 0) for word in met)]
        words = tuple(
            ShownWord(word_field(form, name, heard.digester.of(name, word)), word, count, _chosen(met.get(word)))
            for word, count in shown
        )
        asked = [label(q.label, q.name, language) for q in takers(form) if q.list_name == name]
        options = tuple((choice.name, label(choice.label, choice.name, language)) for choice in form.choices[name])
        found.append(ShownList(phrases.joined(" · ", asked[:3]), words, max(0, len(counts) - MOST_WORDS), options))
    return found


def _chosen(choice: str | None) -> str:
    return choice or ("" if choice is None else LEFT_OUT)


def shown_problems(table: Table, made: Converted, language: str) -> list[ShownProblem]:
    """Every problem, those of one column and one kind together; never what a cell says."""
    return [
        ShownProblem(
            heading_of(table.headings[column]),
            _LEFT_TO_RIGHT % ranges(rows) if direction(language) == "rtl" else ranges(rows),
            gettext(KINDS[kind]),
            gettext(MESSAGES[code][0]),
            gettext(MESSAGES[code][1]),
        )
        for (column, code, kind), rows in list(grouped(tuple(made.problems)).items())[:MOST_PROBLEMS]
    ]


def word_field(form: Questionnaire, list_name: str, digest: str) -> str:
    """The field that says what a word means: lists by their number, as names of lists may hold anything."""
    return f"word-{list(form.choices).index(list_name)}-{digest}"


def heading_of(parts: Sequence[str]) -> str:
    return " – ".join(filter(None, parts))


def label(text: Text, name: str, language: str) -> str:
    found = text.written_in(language)
    shown = plain(text.by_language[found], lambda _: "…") if found else ""
    return phrases.foreign(shown or name, found if shown and found else UNNAMED, language)


def _parts(form: Questionnaire, question: Question, language: str) -> tuple[Option, ...]:
    choices = form.choices.get(question.list_name, ())
    if question.type == "rank":
        places = range(1, len(choices) + 1)
        return tuple((Target(question.name, place=at).written, gettext("Place %(number)s", number=at)) for at in places)
    if question.type != "select_multiple":
        return ()
    return tuple(
        (Target(question.name, choice.name).written, label(choice.label, choice.name, language)) for choice in choices
    )
