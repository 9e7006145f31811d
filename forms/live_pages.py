"""A page whose questions open and close in place: what it shows now, and what it holds ready for a script."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from markupsafe import Markup, escape

from forms.builder import groups_around, page_fields
from forms.controls import FieldView, Raw
from forms.expressions.in_place import Plain
from forms.questionnaire import Group
from forms.running.flow import Flow, Spot
from forms.running.live import live, opened
from forms.words import NO_WORDS, Wording, Words


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, or a question without the headings above it."""

    heading: Words = NO_WORDS
    field: FieldView | None = None
    #: When the question is there, as JSON that is safe between single quotation marks; '' for always.
    condition: Markup = Markup("")  # noqa: RUF009 - a text, which nobody can change
    #: The questions that the heading stands over and comes and goes with; '' where one of them always stays.
    over: str = ""
    is_open: bool = True


def live_blocks(
    flow: Flow,
    spot: Spot,
    wording: Wording,
    typed: Raw = MappingProxyType({}),
    errors: Mapping[str, Words] = MappingProxyType({}),
) -> tuple[Block, ...]:
    """The page from top to bottom, with what may open; () where nothing opens or closes in place.

    `typed` and `errors` as in `page_fields`.
    """
    conditions = live(flow, spot, wording.state).conditions
    if not conditions:
        return ()
    now = {field.name: field for field in page_fields(flow, spot, wording, typed, errors)}
    ready = replace(wording, state=opened(flow, spot, wording.state))
    fields = {field.name: field for field in page_fields(flow, spot, ready, typed, errors)}
    fields = {name: now.get(name, field) for name, field in fields.items() if name in now or name in conditions}
    heads = _heads(flow, spot, tuple(fields))
    return tuple(_blocks(fields, heads, conditions, frozenset(now), replace(wording, positions=spot.positions)))


def _blocks(
    fields: Mapping[str, FieldView],
    heads: Mapping[str, tuple[Group, ...]],
    conditions: Mapping[str, Plain],
    now: frozenset[str],
    wording: Wording,
) -> Iterator[Block]:
    begun: set[str] = set()
    for name, field in fields.items():
        for group in heads[name]:
            if group.path in begun or not group.label:
                continue
            begun.add(group.path)
            over = [other for other in fields if group.path in {head.path for head in heads[other]}]
            stays = any(other in now and other not in conditions for other in over)
            heading = wording.of(group.label)
            yield Block(heading, over="" if stays else " ".join(over), is_open=any(other in now for other in over))
        condition = _json(conditions[name]) if name in conditions else Markup("")
        yield Block(field=replace(field, headings=()), condition=condition, is_open=name in now)


def _heads(flow: Flow, spot: Spot, names: tuple[str, ...]) -> Mapping[str, tuple[Group, ...]]:
    """The groups around each question that begin on the page."""
    begun, around = {group.path for group in flow.pages[spot.page].groups}, groups_around(flow)
    return {
        key: tuple(group for group in around[question.name] if group.path not in begun)
        for key, question in flow.questions(spot)
        if key in names
    }


def _json(condition: Plain) -> Markup:
    """Escaped but for quotation marks, of which a condition has many and which end no text between single ones."""
    written = json.dumps(condition, ensure_ascii=False, separators=(",", ":"))
    return Markup(str(escape(written)).replace("&#34;", '"'))  # noqa: S704 - escaped above
