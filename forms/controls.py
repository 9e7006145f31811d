"""One question as the control that suits it: what is offered, what is typed so far, how it is laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from forms.control_kinds import kind_of, layout_of, rows_of
from forms.marking import N_
from forms.number_lines import NumberLine, number_line
from forms.option_views import OptionView, Part, close_to, options_of, parts_of_list
from forms.question_types import is_asked
from forms.questionnaire import Question
from forms.running.canonical import placed
from forms.running.typed_choices import typed_control
from forms.running.typed_times import parts_of
from forms.words import NO_WORDS, Wording, Words, answer_words
from translations.formats import written_number

#: Names of the controls that the pages need for themselves; a question of that name gets a colon after it.
RESERVED_CONTROLS = frozenset({"state", "go"})
#: Languages that write a date from its year down.
_YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "mn"})

FROM_TO = N_("A number from %(start)s to %(end)s.")
FROM_TO_BY = N_("A number from %(start)s to %(end)s, in steps of %(step)s.")
PLACES = N_("Give each answer a place: 1 comes first.")
TYPED = N_("Begin to write and choose, or write the whole answer.")
TIME = N_("For example 9:30 or 21:30.")
TIME_OF_DAY = N_("Time: for example 9:30 or 21:30.")

Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class FieldView:
    """One question as it is shown."""

    #: The question's name; within a repeat the key of one time of it: `age[2]`.
    name: str
    #: The `name` of its control, and the `id` of the element that a message links to.
    control: str
    id: str
    #: A key of the template's macros: note, read_only, radios, list, typed, checkboxes, folded, ranks, line, ...
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
    #: A long list once more, part by part; () of any other.
    parts_of_list: tuple[Part, ...]
    #: What may have been meant, where something was written that names no option or several.
    close: tuple[OptionView, ...]
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
    """The id of a question's first control, fit for links and style sheets: `qb8f9052d` for `age[1,3]`.

    A message links to it, so that it comes to stand in the address and in the browser's history: it may not tell what
    the question is about. Two of 200 names meet once in 200,000 forms (CRC-32); a link then leads to the wrong one.
    """
    return f"q{crc32(name.encode()):08x}"


def field_view(
    name: str, question: Question, wording: Wording, typed: Raw, error: Words, headings: tuple[Words, ...]
) -> FieldView:
    """That question (one time of it, within a repeat) for this reader; `typed` overrules the answer so far."""
    state = wording.state
    values = _values(name, question, state.value(name), typed)
    offered = options_of(name, question, wording, values)
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
        value=_written(name, offered, typed) if kind == "typed" else _shown(question, " ".join(values)),
        parts=_parts(name, question, values[0] if values else "", typed, wording.page_language),
        options=offered,
        parts_of_list=parts_of_list(offered) if kind == "folded" or (kind == "typed" and error.html) else (),
        close=close_to(name, wording, offered, _typed_text(name, typed)) if kind == "typed" else (),
        error=error,
        headings=headings,
        layout=layout_of(kind, question),
        rows=rows_of(question),
        said=answer_words(name, wording) if kind == "read_only" else (),
        described_by=" ".join(f"{id}-{part}" for part, found in told.items() if found.html),
    )


def _values(name: str, question: Question, answer: str, typed: Raw) -> tuple[str, ...]:
    """What stands in the controls of that name, as it was sent, else as it was answered."""
    if question.type == "rank" and name not in typed:
        return placed(typed, name) or (answer,)
    # A choice that was written, and understood, is an answer already.
    was_sent = name in typed and (any(typed[name]) or typed_control(name) not in typed)
    return tuple(typed[name]) if was_sent else (answer,)


def _written(name: str, offered: tuple[OptionView, ...], typed: Raw) -> str:
    """What stands in the field that a choice is written in: the choice's label, else what somebody wrote."""
    chosen = next((option.label.html.striptags() for option in offered if option.chosen), "")
    return chosen or _typed_text(name, typed)


def _typed_text(name: str, typed: Raw) -> str:
    return " ".join(typed.get(typed_control(name), ()))


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
    said = {"ranks": PLACES, "typed": TYPED, "time": TIME, "moment": TIME_OF_DAY}.get(kind)
    return wording.ours(said) if said else NO_WORDS


def _limits(line: NumberLine, wording: Wording) -> Words:
    low, high, step = (written_number(number, wording.page_language) for number in (line.low, line.high, line.step))
    by_ones = line.step == 1 and line.is_whole
    return wording.ours(FROM_TO if by_ones else FROM_TO_BY, start=low, end=high, step=step)
