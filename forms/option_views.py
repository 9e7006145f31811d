"""What a question offers as a reader sees it: which of it is chosen, in which parts, and what may have been meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from markupsafe import Markup

from forms.bands import MOST_STEPS
from forms.coders import ACKNOWLEDGED
from forms.control_kinds import LONGEST_TICKED
from forms.long_lists import for_reader, in_parts
from forms.number_lines import number_line, written
from forms.questionnaire import Question, Text
from forms.running.typed_choices import closest
from forms.words import CONFIRMED, Wording, Words, option_words
from translations.formats import written_number


@dataclass(frozen=True, slots=True)
class OptionView:
    """One thing to choose."""

    value: str
    label: Words
    chosen: bool
    #: Of a rank: the place that it was given, '' for none.
    place: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some neighbouring options of a long list, which open together."""

    #: The first and the last of them.
    first: Words
    last: Words
    options: tuple[OptionView, ...]
    chosen: int


def options_of(name: str, question: Question, wording: Wording, values: tuple[str, ...]) -> tuple[OptionView, ...]:
    """All that the question offers now; `values` is what stands in its controls."""
    if question.type == "acknowledge":
        return (OptionView(ACKNOWLEDGED, wording.ours(CONFIRMED), any(values)),)
    if question.type == "range":
        return _steps(question, wording, values)
    offered = wording.state.options(name)
    if len(offered) > LONGEST_TICKED and question.parameters.get("randomize", "").lower() != "true":
        offered = for_reader(offered, wording.state.form.questionnaire.default_language, wording.language)
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


def parts_of_list(offered: tuple[OptionView, ...]) -> tuple[Part, ...]:
    """The same options again, for a list that is too long to be shown at once."""
    found = [tuple(offered[at] for at in places) for places in in_parts(len(offered))]
    return tuple(Part(some[0].label, some[-1].label, some, sum(one.chosen for one in some)) for some in found)


def close_to(
    name: str, wording: Wording, offered: tuple[OptionView, ...], written_choice: str
) -> tuple[OptionView, ...]:
    """What may have been meant by what was written, while nothing is chosen."""
    if any(option.chosen for option in offered):
        return ()
    views = {option.value: option for option in offered}
    return tuple(views[one.name] for one in closest(written_choice, wording.state.options(name), wording.language))


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
