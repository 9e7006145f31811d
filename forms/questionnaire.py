"""A questionnaire as frozen values: what every other part of the product reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from translations import phrases
from translations.fallback import best_match

#: The key of a text whose column names no language (`label` instead of `label::English (en)`).
UNNAMED = phrases.UNNAMED

#: Types that nobody sees.
_COMPUTED = frozenset({"calculate", "hidden"})

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

    def told_to(self, language: str) -> str:
        """As `in_language`; a text in another language than the reader's remembers which (`phrases.Phrase`)."""
        found = self.written_in(language)
        return phrases.foreign(self.by_language[found], found, language) if found else ""

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

    #: Its own in the whole form: the XForm name, with its groups' names before it (`b.age`) where that is taken.
    name: str
    #: A key of `question_types.QUESTION_TYPES`: select_one, select_multiple, text, integer, decimal, date, note ...
    type: str
    #: The XForm path below the root `data`: `/data/group/name`; its last step is the XForm name.
    path: str
    #: Says where it came from, not what it is: two questionnaires are equal wherever their rows stand.
    source: Source = field(compare=False)
    label: Text = Text()
    hint: Text = Text()
    #: What is said only to who asks for it.
    guidance_hint: Text = Text()
    #: For selects and rank: a list in `Questionnaire.choices`, or `${name}` for the answers within a repeat.
    list_name: str = ""
    required: str = ""  # this and the next five are ODK expressions, '' where the author wrote none
    relevant: str = ""
    constraint: str = ""
    calculation: str = ""
    choice_filter: str = ""
    read_only: str = ""
    required_message: Text = Text()
    constraint_message: Text = Text()
    default: str = ""
    appearance: str = ""
    #: `randomize` -> `true`, `start` -> `0`: as XLSForm's column of that name.
    parameters: Mapping[str, str] = field(default_factory=_nothing)
    #: Names of the questions whose change makes it compute its value anew; without any it follows every change.
    trigger: tuple[str, ...] = ()
    #: This question may break tables down (our own column, `disaggregation`).
    disaggregation: bool = False
    #: '' or keep (stored as it is answered), band (stored coarser), drop (never stored): our own column, `anonymise`.
    anonymise: str = ""
    #: Columns that we do not know, kept for the way back to a workbook.
    extra: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of questions and groups; it has a page of its own when its appearance says `field-list`.

    A repeat is a group of which there may be several, one after the other.
    """

    name: str
    path: str
    #: Says where it came from, not what it is: two questionnaires are equal wherever their rows stand.
    source: Source = field(compare=False)
    label: Text = Text()
    relevant: str = ""
    #: All that is in it cannot be written in; an ODK expression.
    read_only: str = ""
    appearance: str = ""
    is_repeat: bool = False
    #: How many times, an ODK expression; '' where the respondent decides.
    repeat_count: str = ""
    children: tuple[Question | Group, ...] = ()
    #: Columns that we do not know, kept for the way back to a workbook.
    extra: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at once: the questions of one field-list group, or one question that stands alone."""

    #: The groups around the questions, outermost first: the page takes its headings and its relevance from them.
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]

    @property
    def repeats(self) -> tuple[Group, ...]:
        """The repeats around it, outermost first: the page is there once for each time of the innermost one."""
        return tuple(group for group in self.groups if group.is_repeat)


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
        members have least of. A repeat always has pages of its own. Computed questions belong to no page.
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
    """Runs of questions; `around` are the groups that the nodes stand in."""
    run: list[Question] = []
    is_one_page = any("field-list" in group.appearance.split() for group in around)
    for node in nodes:
        if isinstance(node, Question):
            if node.type not in _COMPUTED:
                run.append(node)
        elif is_one_page and not _has_repeat(node):
            run.extend(question for _, question in _walk(node.children, ()) if question.type not in _COMPUTED)
        else:
            if run:
                yield Page(around, tuple(run))
                run = []
            yield from _pages(node.children, (*around, node))
    if run:
        yield Page(around, tuple(run))


def _has_repeat(group: Group) -> bool:
    return group.is_repeat or any(isinstance(child, Group) and _has_repeat(child) for child in group.children)
