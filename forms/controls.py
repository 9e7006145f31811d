"""One question as the control that suits it: what is offered, what is typed so far, how it is laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from markupsafe import Markup

from forms.bands import MOST_STEPS
from forms.coders import ACKNOWLEDGED
from forms.control_kinds import kind_of, layout_of, rows_of
from forms.marking import N_
from forms.number_lines import NumberLine, number_line, written
from forms.question_types import is_asked
from forms.questionnaire import Question, Text
from forms.running.places import split_key
from forms.running.typed_times import parts_of
from forms.words import CONFIRMED, NO_WORDS, Wording, Words, answer_words, option_words
from translations.formats import written_number

#: Names of the controls that the pages need for themselves; a question of that name gets a colon after it.
RESERVED_CONTROLS = frozenset({"state", "go"})
#: Languages that write a date from its year down.
_YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "mn"})

FROM_TO = N_("A number from %(start)s to %(end)s.")
FROM_TO_BY = N_("A number from %(start)s to %(end)s, in steps of %(step)s.")
PLACES = N_("Give each answer a place: 1 comes first.")
TIME = N_("For example 9:30 or 21:30.")
TIME_OF_DAY = N_("Time: for example 9:30 or 21:30.")

Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class OptionView:
    """One thing to choose."""

    value: str
    label: Words
    chosen: bool
    #: Of a rank: the place that it was given, '' for none.
    place: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One question as it is shown."""

    #: The question's name; within a repeat the key of one time of it: `age[2]`.
    name: str
    #: The `name` of its control, and the `id` of the element that a message links to.
    control: str
    id: str
    #: A key of the template's macros: note, read_only, radios, list, checkboxes, ranks, line, lines, integer, ...
    kind: str
    label: Words
    hint: Words
    #: What is said only to who asks for it.
    guidance: Words
    #: How to fill it in, in our words: limits, places, an example.
    how: Words
    needed: bool
    #: As typed: an XForm string, or whatever else the respondent wrote.
    value: str
    #: The controls of a date and what is typed in each, in the order in which the page's language writes it.
    parts: Mapping[str, str]
    options: tuple[OptionView, ...]
    error: Words
    #: Headings of groups within the page that begin with this question.
    headings: tuple[Words, ...]
    #: How its options stand: '' below each other, or columns, likert, grid, steps.
    layout: str
    #: Lines of a text that may be long.
    rows: int
    #: What is read and cannot be written, in words.
    said: tuple[Words, ...]
    #: Ids of hint, help and error, for `aria-describedby`.
    described_by: str


def control_name(name: str) -> str:
    """The `name` of the control for the question of that name."""
    return f"{name}:" if name in RESERVED_CONTROLS else name


def element_id(name: str) -> str:
    """The id of a question's first control, fit for links and style sheets: `q-age`, for `age[1,3]` `r1-3-age`."""
    question, positions = split_key(name)
    return f"r{'-'.join(map(str, positions))}-{question}" if positions else f"q-{question}"


def field_view(
    name: str, question: Question, wording: Wording, typed: Raw, error: Words, headings: tuple[Words, ...]
) -> FieldView:
    """That question (one time of it, within a repeat) for this reader; `typed` overrules the answer so far."""
    state = wording.state
    values = tuple(typed[name]) if name in typed else (state.value(name),)
    offered = _options(name, question, wording, values)
    kind = "read_only" if question.type != "note" and state.read_only(name) else kind_of(question, len(offered))
    hint, guidance, how = wording.of(question.hint), wording.of(question.guidance_hint), _how(kind, question, wording)
    id = element_id(name)
    told = {"hint": hint, "how": how, "error": error}
    return FieldView(
        name=name,
        control=control_name(name),
        id=id,
        kind=kind,
        label=wording.of(question.label),
        hint=hint,
        guidance=guidance,
        how=how,
        needed=state.required(name) and is_asked(question),
        value=_shown(question, " ".join(values)),
        parts=_parts(name, question, values[0] if values else "", typed, wording.page_language),
        options=offered,
        error=error,
        headings=headings,
        layout=layout_of(kind, question),
        rows=rows_of(question),
        said=answer_words(name, wording) if kind == "read_only" else (),
        described_by=" ".join(f"{id}-{part}" for part, found in told.items() if found.html),
    )


def _options(name: str, question: Question, wording: Wording, values: tuple[str, ...]) -> tuple[OptionView, ...]:
    if question.type == "acknowledge":
        return (OptionView(ACKNOWLEDGED, wording.ours(CONFIRMED), any(values)),)
    if question.type == "range":
        return _steps(question, wording, values)
    offered = wording.state.options(name)
    if question.type == "rank":
        places = _places(values)
        return tuple(
            OptionView(one.name, option_words(one.label, one.name, wording), False, places.get(one.name, ""))
            for one in offered
        )
    chosen = frozenset(values) if question.type == "select_one" else frozenset(" ".join(values).split())
    return tuple(
        OptionView(one.name, option_words(one.label, one.name, wording), one.name in chosen) for one in offered
    )


def _places(values: tuple[str, ...]) -> Mapping[str, str]:
    """Choice -> place, of an answer (`work health`) or of what was sent (`2:health`, `:work`)."""
    if all(":" in value for value in values):
        return {name: place for place, _, name in (value.partition(":") for value in values)}
    return {name: str(place) for place, name in enumerate(" ".join(values).split(), 1)}


def _steps(question: Question, wording: Wording, values: tuple[str, ...]) -> tuple[OptionView, ...]:
    """The numbers of a short range, with what the author calls some of them; none of a long one."""
    line = number_line(question)
    if line.points > MOST_STEPS:
        return ()
    chosen = _decimal(values[0] if values else "")
    lists = wording.state.form.questionnaire.choices
    called = {_decimal(one.name): one.label for one in lists.get(question.parameters.get("tick_labelset", ""), ())}
    return tuple(
        OptionView(written(number), _step_words(number, called, wording), number == chosen) for number in line.numbers()
    )


def _step_words(number: Decimal, called: Mapping[Decimal | None, Text], wording: Wording) -> Words:
    figure = Markup("{}").format(written_number(number, wording.page_language))
    said = wording.of(called.get(number, Text()))
    return Words(Markup("{} {}").format(figure, said.html), said.attrs) if said.html else Words(figure)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _shown(question: Question, value: str) -> str:
    """A time without its noughts, for the one who typed it."""
    return value.removesuffix(":00.000") if question.type == "time" else value


def _parts(name: str, question: Question, value: str, typed: Raw, language: str) -> Mapping[str, str]:
    parts = parts_of(question)
    if any(f"{name}-{part}" in typed for part in parts):
        found = {part: " ".join(typed.get(f"{name}-{part}", ())) for part in parts}
    else:
        day, _, clock = value.partition("T")
        year, month, day_of_month = (*day.split("-"), "", "", "")[:3]
        all_parts = {
            "year": year,
            "month": month.lstrip("0"),
            "day": day_of_month.lstrip("0"),
            "time": clock.removesuffix(":00.000"),
        }
        found = {part: all_parts[part] for part in parts}
    days = ("year", "month", "day") if language.split("-")[0] in _YEAR_FIRST else ("day", "month", "year")
    return {part: found[part] for part in (*days, "time") if part in found}


def _how(kind: str, question: Question, wording: Wording) -> Words:
    if kind == "range":
        return _limits(number_line(question), wording)
    said = {"ranks": PLACES, "time": TIME, "moment": TIME_OF_DAY}.get(kind)
    return wording.ours(said) if said else NO_WORDS


def _limits(line: NumberLine, wording: Wording) -> Words:
    low, high, step = (written_number(number, wording.page_language) for number in (line.low, line.high, line.step))
    by_ones = line.step == 1 and line.is_whole
    return wording.ours(FROM_TO if by_ones else FROM_TO_BY, start=low, end=high, step=step)
