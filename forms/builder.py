"""One page of a questionnaire in one language, ready for a template: what is asked, offered, typed and wrong.

These are plain values and not WTForms classes. `answers.read_page` already reads and judges what comes in, and a second
judge could disagree. Relevance, choice filters and `${name}` make fields depend on the answers so far, so no class
could be kept from one request to the next. WTForms has no place for the language and direction of each text, which
every element here needs. Time does not decide: ten questions took 0.34 ms, a new WTForms class of the same 0.40 ms,
one that is kept 0.29 ms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from markupsafe import Markup

from forms.controls import RESERVED_CONTROLS, FieldView, Raw, control_name, field_view
from forms.option_views import OptionView
from forms.question_types import is_grid_head
from forms.questionnaire import Group
from forms.running.flow import Flow, Spot
from forms.words import NO_WORDS, Wording, Words, answer_words, words

__all__ = [
    "NO_WORDS",
    "RESERVED_CONTROLS",
    "FieldView",
    "OptionView",
    "Raw",
    "Wording",
    "Words",
    "answer_words",
    "control_name",
    "groups_around",
    "page_fields",
    "page_headings",
    "words",
]


def page_fields(
    flow: Flow,
    spot: Spot,
    wording: Wording,
    typed: Raw = MappingProxyType({}),
    errors: Mapping[str, Words] = MappingProxyType({}),
) -> tuple[FieldView, ...]:
    """The relevant questions of a page, in order.

    `typed` is what came in, as `answers.read_page` takes it, and overrules the answers so far: nobody has to type again
    what was not understood. `errors` stand by question name (`age[2]` within a repeat), in words that are safe to show.
    """
    wording = replace(wording, positions=spot.positions)
    around = groups_around(flow)
    begun = {group.path for group in flow.pages[spot.page].groups}
    fields = []
    for name, question in flow.questions(spot):
        if not wording.state.relevance[name]:
            continue
        new = [group for group in around[question.name] if group.path not in begun]
        begun.update(group.path for group in new)
        headings = tuple(wording.of(group.label) for group in new if group.label)
        fields.append(field_view(name, question, wording, typed, errors.get(name, NO_WORDS), headings))
    return tuple(_with_heads(fields, {name for name, question in flow.questions(spot) if is_grid_head(question)}))


def _with_heads(fields: list[FieldView], heads: set[str]) -> Iterator[FieldView]:
    """The rows of a table described by what stands above them, which is half of what they ask."""
    head = ""
    for field in fields:
        if field.name in heads:
            head = field.id
        is_row = field.layout == "grid" and head
        yield replace(field, described_by=f"{head} {field.described_by}".strip()) if is_row else field


def page_headings(flow: Flow, spot: Spot, wording: Wording) -> tuple[Words, ...]:
    """The labels of the groups around a page, outermost first; a repeat's with the number of its time."""
    wording, positions, headings = replace(wording, positions=spot.positions), list(spot.positions), []
    for group in flow.pages[spot.page].groups:
        time = positions.pop(0) if group.is_repeat else 0
        found = wording.of(group.label)
        if time:
            found = replace(found, html=Markup("{} <span>{}</span>").format(found.html, time))
        if found.html:
            headings.append(found)
    return tuple(headings)


@lru_cache(maxsize=64)
def groups_around(flow: Flow) -> Mapping[str, tuple[Group, ...]]:
    """By question name, the groups around each question, outermost first."""
    return MappingProxyType({question.name: groups for groups, question in flow.questionnaire.walk()})
