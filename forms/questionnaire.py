"""A questionnaire as frozen values: what every other part of the product reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from translations.fallback import best_match

#: The key of a text whose column names no language (`label` instead of `label::English (en)`).
UNNAMED = "und"

_NOTHING: Mapping[str, str] = MappingProxyType({})


def _nothing() -> Mapping[str, str]:
    # A factory, because Python 3.11 takes an unhashable default, which a mappingproxy is there, for a mutable one.
    return _NOTHING


@dataclass(frozen=True, slots=True)
class Text:
    """One text in every language it is written in; keys are BCP 47 codes, or `UNNAMED`."""

    by_language: Mapping[str, str] = field(default_factory=_nothing)

    def written_in(self, language: str) -> str | None:
        """The language that a reader of `language` is shown: their own, else the nearest there is; None when empty."""
        return best_match(language, tuple(self.by_language))

    def in_language(self, language: str) -> str:
        """The text as a reader of `language` is shown it; '' when it is written in no language."""
        found = self.written_in(language)
        return self.by_language[found] if found else ""

    def __bool__(self) -> bool:
        return any(self.by_language.values())


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the choices sheet."""

    name: str
    label: Text
    #: The other columns of the row, for choice filters: `region` -> `africa`.
    columns: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a thing stands in the author's workbook, for messages; rows count from 1 as a spreadsheet does."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Question:
    """One row of the survey sheet that asks, tells or computes something."""

    name: str
    #: A key of `question_types.QUESTION_TYPES`: select_one, select_multiple, text, integer, decimal, date, note ...
    type: str
    #: The XForm path below the root `data`: `/data/group/name`.
    path: str
    #: Says where it came from, not what it is: two questionnaires are equal wherever their rows stand.
    source: Source = field(compare=False)
    label: Text = Text()
    hint: Text = Text()
    #: Name of the list in `Questionnaire.choices`, for the two select types.
    list_name: str = ""
    required: str = ""  # this and the next four are ODK expressions, '' where the author wrote none
    relevant: str = ""
    constraint: str = ""
    calculation: str = ""
    choice_filter: str = ""
    required_message: Text = Text()
    constraint_message: Text = Text()
    default: str = ""
    appearance: str = ""
    read_only: bool = False
    #: This question may break tables down (our own column, `disaggregation`).
    disaggregation: bool = False
    #: Columns that we do not know, kept for the way back to a workbook.
    extra: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of questions and groups; it has a page of its own when its appearance says `field-list`."""

    name: str
    path: str
    #: Says where it came from, not what it is: two questionnaires are equal wherever their rows stand.
    source: Source = field(compare=False)
    label: Text = Text()
    relevant: str = ""
    appearance: str = ""
    children: tuple[Question | Group, ...] = ()
    #: Columns that we do not know, kept for the way back to a workbook.
    extra: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at once: the questions of one field-list group, or one question that stands alone."""

    #: The groups around the questions, outermost first: the page takes its headings and its relevance from them.
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A whole form: settings, the tree of questions and the lists of choices."""

    title: Text
    form_id: str
    #: BCP 47 codes in the order of the workbook's columns; (UNNAMED,) for a form that names none.
    languages: tuple[str, ...]
    default_language: str
    children: tuple[Question | Group, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    version: str = ""
    extra_settings: Mapping[str, str] = field(default_factory=_nothing)

    def walk(self) -> Iterator[tuple[tuple[Group, ...], Question]]:
        """Every question in document order with the groups around it, outermost first."""
        yield from _walk(self.children, ())

    def questions(self) -> tuple[Question, ...]:
        """Every question in document order: asked, told and computed."""
        return tuple(question for _, question in self.walk())

    def question(self, name: str) -> Question:
        """The question of that name; raises KeyError."""
        for _, question in self.walk():
            if question.name == name:
                return question
        raise KeyError(name)

    def pages(self) -> tuple[Page, ...]:
        """The form as pages, in order.

        A field-list group and all that it holds is one page (ODK's rule). So is a run of neighbouring questions in any
        other group or at top level: a phone that reloads for every single question spends prepaid data, which our
        members have least of. Computed questions belong to no page.
        """
        return tuple(_pages(self.children, ()))


def _walk(
    nodes: tuple[Question | Group, ...], around: tuple[Group, ...]
) -> Iterator[tuple[tuple[Group, ...], Question]]:
    for node in nodes:
        if isinstance(node, Group):
            yield from _walk(node.children, (*around, node))
        else:
            yield around, node


def _pages(nodes: tuple[Question | Group, ...], around: tuple[Group, ...]) -> Iterator[Page]:
    run: list[Question] = []
    for node in nodes:
        if isinstance(node, Question):
            if node.type != "calculate":
                run.append(node)
            continue
        if run:
            yield Page(around, tuple(run))
            run = []
        inside = (*around, node)
        if "field-list" in node.appearance.split():
            shown = tuple(q for _, q in _walk(node.children, ()) if q.type != "calculate")
            if shown:
                yield Page(inside, shown)
        else:
            yield from _pages(node.children, inside)
    if run:
        yield Page(around, tuple(run))
