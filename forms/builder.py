"""One page of a questionnaire in one language, ready for a template: what is asked, offered, typed and wrong.

These are plain values and not WTForms classes. `answers.read_page` already reads and judges what comes in, and a second
judge could disagree. Relevance, choice filters and `${name}` make fields depend on the answers so far, so no class
could be kept from one request to the next. WTForms has no place for the language and direction of each text, which
every element here needs. Time does not decide: ten questions took 0.34 ms, a new WTForms class of the same 0.40 ms,
one that is kept 0.29 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from markupsafe import Markup

from forms.labels import inline
from forms.question_types import SELECTS, is_asked, is_grid_head
from forms.questionnaire import UNNAMED, Choice, Group, Question, Text
from forms.running.flow import Flow
from forms.running.state import State
from translations.languages import direction, html_lang

#: A longer list of single choices folds into a `<select>`: nobody should scroll through countries.
LONGEST_OPEN_LIST = 12
#: Names of the controls that the pages need for themselves; a question of that name gets a colon after it.
RESERVED_CONTROLS = frozenset({"state", "go"})
#: What a date is typed as, each in a control of its own: `born-year`.
DATE_PARTS = ("year", "month", "day")

Raw = Mapping[str, Sequence[str]]


NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Words:
    """Some text of the author's, with the language and direction that it departs from the page in."""

    html: Markup = NOTHING
    #: ` lang="sw" dir="ltr"` for the element around it; '' when it is in the page's language.
    attrs: Markup = NOTHING


NO_WORDS = Words()


@dataclass(frozen=True, slots=True)
class OptionView:
    """One thing to choose."""

    value: str
    label: Words
    chosen: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """One question as it is shown."""

    name: str
    #: The `name` of its control, and the `id` of the element that a message links to.
    control: str
    id: str
    #: A key of the template's macros: note, read_only, radios, list, checkboxes, line, lines, integer, ...
    kind: str
    label: Words
    hint: Words
    needed: bool
    #: As typed: an XForm string, or whatever else the respondent wrote.
    value: str
    #: Year, month and day of a date, as typed.
    parts: tuple[str, ...] = ()
    options: tuple[OptionView, ...] = ()
    error: Words = NO_WORDS
    #: Headings of groups within the page that begin with this question.
    headings: tuple[Words, ...] = ()
    #: Ids of the hint and the error, for `aria-describedby`.
    described_by: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """Turns an author's texts into what this reader sees."""

    state: State
    #: The language of the questionnaire's texts, and the one that the page itself is in.
    language: str
    page_language: str

    def of(self, text: Text) -> Words:
        """The text in the reader's language, or in the one that stands in for it."""
        return words(text, self.language, self.page_language, self.filled)

    def filled(self, name: str) -> str:
        """An answer that a label quotes: in words, where it was chosen from a list."""
        value = self.state.value(name)
        rules = self.state.rules.get(name)
        if not value or rules is None or rules.question.type not in SELECTS:
            return value
        label = self.state.context.choice_label
        names = [value] if rules.question.type == "select_one" else value.split()
        return ", ".join(label(name, choice) or choice for choice in names)


def page_fields(
    flow: Flow,
    index: int,
    wording: Wording,
    typed: Raw = MappingProxyType({}),
    errors: Mapping[str, Words] = MappingProxyType({}),
) -> tuple[FieldView, ...]:
    """The relevant questions of page `index`, in order.

    `typed` is what came in, as `answers.read_page` takes it, and overrules the answers so far: nobody has to type again
    what was not understood. `errors` stand by question name, in words that are safe to show.
    """
    page, state = flow.pages[index], wording.state
    around = _groups_around(flow)
    begun = {group.path for group in page.groups}
    fields = []
    for question in page.questions:
        if not state.relevance[question.name]:
            continue
        new = [group for group in around[question.name] if group.path not in begun]
        begun.update(group.path for group in new)
        headings = tuple(wording.of(group.label) for group in new if group.label)
        fields.append(_field(question, wording, typed, errors.get(question.name, NO_WORDS), headings))
    return tuple(fields)


def page_headings(flow: Flow, index: int, wording: Wording) -> tuple[Words, ...]:
    """The labels of the groups around page `index`, outermost first."""
    return tuple(wording.of(group.label) for group in flow.pages[index].groups if group.label)


def answer_words(question: Question, wording: Wording) -> tuple[Words, ...]:
    """The answer to one question in words, one for each choice; () where there is none."""
    value = wording.state.value(question.name)
    if not value:
        return ()
    if question.type not in SELECTS:
        return (Words(Markup("<bdi>{}</bdi>").format(value)),)
    names = (value,) if question.type == "select_one" else tuple(value.split())
    labels = {choice.name: choice.label for choice, _ in wording.state.rules[question.name].choices}
    return tuple(_option_words(labels.get(name, Text()), name, wording) for name in names)


def words(text: Text, language: str, page_language: str, fill: Callable[[str], str] = str) -> Words:
    """A text for a reader of `language` on a page in `page_language`; `fill` gives the answers that it quotes."""
    found = text.written_in(language)
    if found is None or not text.by_language[found]:
        return NO_WORDS
    return Words(inline(text.by_language[found], fill), language_attributes(found, page_language))


@lru_cache(maxsize=1024)
def language_attributes(language: str, page_language: str) -> Markup:
    """` lang="ar" dir="rtl"`, or '' for the page's own language; an unnamed language is left to the browser's eyes."""
    if language == page_language:
        return Markup("")
    if language == UNNAMED:
        return Markup(' lang="" dir="auto"')
    return Markup(' lang="{}" dir="{}"').format(html_lang(language), direction(language))


def control_name(name: str) -> str:
    """The `name` of the control for the question of that name."""
    return f"{name}:" if name in RESERVED_CONTROLS else name


def _field(question: Question, wording: Wording, typed: Raw, error: Words, headings: tuple[Words, ...]) -> FieldView:
    name, state = question.name, wording.state
    offered = state.options(name)
    locked = state.read_only(name) and question.type != "note"
    values = tuple(typed[name]) if name in typed else (state.value(name),)
    chosen = frozenset(values) if question.type == "select_one" else frozenset(" ".join(values).split())
    hint = wording.of(question.hint)
    return FieldView(
        name=name,
        control=control_name(name),
        id=f"q-{name}",
        kind="read_only" if locked else _kind(question, offered),
        label=wording.of(question.label),
        hint=hint,
        needed=state.required(name) and is_asked(question),
        value=" ".join(values),
        parts=_date_parts(name, values[0] if values else "", typed) if question.type == "date" else (),
        options=tuple(
            OptionView(choice.name, _option_words(choice.label, choice.name, wording), choice.name in chosen)
            for choice in offered
        ),
        error=error,
        headings=headings,
        described_by=" ".join(f"q-{name}-{part}" for part, words in (("hint", hint), ("error", error)) if words.html),
    )


def _date_parts(name: str, value: str, typed: Raw) -> tuple[str, ...]:
    controls = [f"{name}-{part}" for part in DATE_PARTS]
    if any(control in typed for control in controls):
        return tuple(" ".join(typed.get(control, ())) for control in controls)
    year, month, day = (*value.split("-"), "", "", "")[:3]
    return (year, month.lstrip("0"), day.lstrip("0"))


def _option_words(label: Text, name: str, wording: Wording) -> Words:
    words = wording.of(label)
    return words if words.html else Words(Markup("{}").format(name))


def _kind(question: Question, offered: tuple[Choice, ...]) -> str:
    """Its choices stand with each question of the grid, so a head is only told."""
    return "note" if is_grid_head(question) else _KINDS[question.type](question, offered)


def _one_of(question: Question, offered: tuple[Choice, ...]) -> str:
    folded = {"minimal", "autocomplete", "search"} & set(question.appearance.split())
    return "list" if folded or len(offered) > LONGEST_OPEN_LIST else "radios"


_KINDS: Mapping[str, Callable[[Question, tuple[Choice, ...]], str]] = MappingProxyType(
    {
        "select_one": _one_of,
        "select_multiple": lambda question, offered: "checkboxes",
        "text": lambda question, offered: "lines" if "multiline" in question.appearance.split() else "line",
        "integer": lambda question, offered: "integer",
        "decimal": lambda question, offered: "decimal",
        "date": lambda question, offered: "date",
        "note": lambda question, offered: "note",
    }
)


@lru_cache(maxsize=64)
def _groups_around(flow: Flow) -> Mapping[str, tuple[Group, ...]]:
    return MappingProxyType({question.name: groups for groups, question in flow.questionnaire.walk()})
