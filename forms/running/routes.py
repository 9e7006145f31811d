"""A path's steps resolved through the tree of places: where they lead, and which times of the repeats on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from forms.expressions.context import Context, Positions
from forms.expressions.scope import Expression
from forms.expressions.syntax import Step
from forms.expressions.values import to_boolean
from forms.running.places import Place

#: Makes a function of a condition in square brackets that looks at that place.
Conditions = Callable[[Place, Step], list[Expression]]
Walk = Callable[[Context, Iterable[Positions]], Iterable[Positions]]


@dataclass(frozen=True, slots=True)
class Route:
    """One way through the tree: a static line of places, and what each step does to the times."""

    place: Place
    #: So many repeats, from the outermost, are still at the time that the route began with.
    fixed: int
    walks: tuple[Walk, ...] = ()

    @property
    def is_single(self) -> bool:
        """Whether it leads to one node whatever the answers are."""
        return not self.walks

    def reached(self, context: Context, start: Positions) -> list[Positions]:
        """The times of the place that the route leads to, in document order."""
        found = [start[: self.fixed]] if self.is_single else [start]
        for walk in self.walks:
            found = context.answers.reachable(list(walk(context, found)))
        return found


def starting(place: Place) -> list[Route]:
    """The way that has not begun yet."""
    return [Route(place, len(place.repeats))]


def follow(routes: list[Route], steps: tuple[Step, ...], conditions: Conditions) -> list[Route]:
    """Every way that the steps can lead on from there; [] where there is no such place."""
    for step in steps:
        routes = [
            _conditioned(there, conditions(there.place, step)) for route in routes for there in _onward(route, step)
        ]
    return routes


def _onward(route: Route, step: Step) -> list[Route]:
    if step.name == ".":
        return [route]
    if step.name == "..":
        return _parent(route)
    if step.axis == "child" and step.name != "*":
        child = route.place.child(step.name)
        return [_to_child(route, child)] if child else []
    return [there for there in _AXES[step.axis](route) if step.name in ("*", there.place.name)]


def _itself(route: Route) -> list[Route]:
    return [route]


def _parent(route: Route) -> list[Route]:
    return [_to_parent(route)] if route.place.above() else []


def _children(route: Route) -> list[Route]:
    return [_to_child(route, child) for child in route.place.steps_down()]


def _descendants(route: Route) -> list[Route]:
    return [below for there in _children(route) for below in (there, *_descendants(there))]


def _ancestors(route: Route) -> list[Route]:
    return [above for there in _parent(route) for above in (there, *_ancestors(there))]


def _siblings(route: Route, *, before: bool) -> list[Route]:
    """Those beside it that come earlier, the nearest first, or later: other times of a repeat are siblings, too."""
    found = [_to_times(route, before)] if route.place.is_repeat else []
    for above in _parent(route):
        places = list(above.place.steps_down())
        at = places.index(route.place)
        found += [_to_child(above, place) for place in (places[:at][::-1] if before else places[at + 1 :])]
    return found


def _to_times(route: Route, before: bool) -> Route:
    place, depth = route.place, len(route.place.repeats)

    def times(context: Context, found: Iterable[Positions]) -> Iterable[Positions]:
        for positions in found:
            outer, time = positions[: depth - 1], positions[depth - 1]
            last = context.answers.count(place, outer)
            for other in range(time - 1, 0, -1) if before else range(time + 1, last + 1):
                yield (*outer, other)

    return Route(place, min(route.fixed, depth - 1), (*route.walks, times))


def _to_parent(route: Route) -> Route:
    parent = route.place.above() or route.place
    depth = len(parent.repeats)
    if route.is_single:
        return Route(parent, min(route.fixed, depth))
    walks = (*route.walks, lambda _, found: dict.fromkeys(p[:depth] for p in found))
    return Route(parent, min(route.fixed, depth), walks)


def _to_child(route: Route, child: Place) -> Route:
    if not child.is_repeat:
        return Route(child, route.fixed, route.walks)
    fixed = route.fixed

    def times(context: Context, found: Iterable[Positions]) -> Iterable[Positions]:
        return [(*outer, time) for outer in found for time in range(1, context.answers.count(child, outer) + 1)]

    cut: tuple[Walk, ...] = () if route.walks else (lambda _, found: [positions[:fixed] for positions in found],)
    return Route(child, fixed, (*route.walks, *cut, times))


def _conditioned(route: Route, conditions: list[Expression]) -> Route:
    if not conditions:
        return route
    fixed = route.fixed
    cut: tuple[Walk, ...] = () if route.walks else (lambda _, found: [positions[:fixed] for positions in found],)
    return Route(route.place, fixed, (*route.walks, *cut, *map(_filter, conditions)))


def _filter(condition: Expression) -> Walk:
    """XPath 1.0 section 2.4: a number is a place among the nodes, anything else is true or false of each."""

    def kept(context: Context, found: Iterable[Positions]) -> Iterable[Positions]:
        nodes = context.answers.reachable(list(found))
        for place, here in enumerate(nodes, 1):
            value = condition(context.looking_at(here, place, len(nodes)))
            if value == place if isinstance(value, float) else to_boolean(value):
                yield here

    return kept


#: XPath 1.0 section 2.2.
_AXES: Mapping[str, Callable[[Route], list[Route]]] = MappingProxyType(
    {
        "self": _itself,
        "parent": _parent,
        "child": _children,
        "ancestor": _ancestors,
        "ancestor-or-self": lambda route: [route, *_ancestors(route)],
        "descendant": _descendants,
        "descendant-or-self": lambda route: [route, *_descendants(route)],
        "preceding-sibling": lambda route: _siblings(route, before=True),
        "following-sibling": lambda route: _siblings(route, before=False),
    }
)
