"""Which questions of a page open and close as its own answers change, as conditions that a script can follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from forms.controls import control_name
from forms.expressions.in_place import Asked, Folded, NotInPlace, Plain, Sketch, plain, settled, truth
from forms.running.compiled import Compiled
from forms.running.flow import Flow, Spot, State
from forms.running.live_sketches import Sketches


@dataclass(frozen=True, slots=True)
class Live:
    """What a page can decide by itself."""

    #: By the name that a question's answer is kept under (`age[2]` in a repeat): it is relevant when this holds.
    conditions: Mapping[str, Plain]
    #: Something in the conditions comes from the answers of other pages, the day or the language.
    folded: bool = False


NOTHING_LIVE = Live(MappingProxyType({}))


def live(flow: Flow, spot: Spot, state: State) -> Live:
    """The questions of the page whose relevance follows from what is answered on that page.

    A question that only the server can follow is not among them: the page comes back with it. Nor is one that depends
    on such a question, or one that other answers keep open or closed whatever is answered here.
    """
    page = _page(flow, spot.page)
    if not page.conditions or spot.is_empty:
        return NOTHING_LIVE
    if not page.folded and not spot.positions:
        return _always(flow, spot.page)
    try:
        return Live(MappingProxyType(dict(_settled(page, spot, state))), page.folded)
    except NotInPlace:
        return replace(NOTHING_LIVE, folded=page.folded)


def opened(flow: Flow, spot: Spot, state: State) -> State:
    """The state as it would be with every live question of the page open: how those are to be shown."""
    return State(_opened(flow, spot.page), state.answers, state.context.today, state.context.language, state.seed)


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of one page before anything is answered."""

    conditions: Mapping[str, Sketch]
    folded: bool


@lru_cache(maxsize=1024)
def _page(flow: Flow, page: int) -> _Page:
    conditions = Sketches(flow.form, flow.pages[page]).conditions()
    return _Page(conditions, any(map(_has_folded, conditions.values())))


@lru_cache(maxsize=1024)
def _always(flow: Flow, page: int) -> Live:
    """What does not depend on who answers."""
    return Live(MappingProxyType(dict(_settled(_page(flow, page), Spot(page), None))))


def _settled(page: _Page, spot: Spot, state: State | None) -> Iterator[tuple[str, Plain]]:
    def worked_out(part: Folded | Asked) -> Plain:
        if isinstance(part, Asked):
            return (part.read, control_name(spot.key(part.question)), *part.names)
        assert state is not None  # noqa: S101 - only pages with something folded need one
        return plain(part.run(state.here("", spot.positions[: part.depth])))

    for name, sketch in page.conditions.items():
        condition = settled(sketch, worked_out)
        if truth(condition) is None:
            yield spot.key(name), _without_and(condition)


@lru_cache(maxsize=1024)
def _opened(flow: Flow, page: int) -> Compiled:
    """The form without what may close that page's live questions."""
    form, names = flow.form, _page(flow, page).conditions
    around = {group.key for name in names for group in form.tree.questions[name].around()}
    rules = {key: replace(found, relevant=None) if key in names else found for key, found in form.rules.items()}
    groups = {key: replace(found, relevant=None) if key in around else found for key, found in form.groups.items()}
    order = tuple((place, rules[place.key]) for place, _ in form.order)
    return replace(form, rules=MappingProxyType(rules), groups=MappingProxyType(groups), order=order)


def _without_and(condition: Plain) -> Plain:
    """A row of one condition as that condition alone."""
    is_one = isinstance(condition, tuple) and condition[0] == "and" and len(condition) == 2
    return condition[1] if is_one and isinstance(condition, tuple) else condition


def _has_folded(sketch: Sketch) -> bool:
    return isinstance(sketch, Folded) or (isinstance(sketch, tuple) and any(map(_has_folded, sketch)))
