"""A path's steps resolved through the tree of places: where they lead, and which times of the repeats on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

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
        found: Iterable[Positions] = [start[: self.fixed]] if self.is_single else [start]
        for walk in self.walks:
            found = walk(context, found)
        return list(found)


def follow(start: Place, steps: tuple[Step, ...], conditions: Conditions) -> list[Route]:
    """Every way that the steps can lead, from one place; [] where there is no such place."""
    routes = [Route(start, len(start.repeats))]
    for step in steps:
        routes = [
            _conditioned(there, conditions(there.place, step))
            for route in routes
            for there in _onward(route, step.name)
        ]
    return routes


def _onward(route: Route, name: str) -> list[Route]:
    if name == ".":
        return [route]
    if name == "..":
        return [_to_parent(route)] if route.place.above() else []
    if name == "*":
        return [_to_child(route, child) for child in route.place.children.values()]
    child = route.place.child(name)
    return [_to_child(route, child)] if child else []


def _to_parent(route: Route) -> Route:
    parent = route.place.above() or route.place
    depth = len(parent.repeats)
    if route.is_single:
        return Route(parent, min(route.fixed, depth))
    return Route(
        parent, min(route.fixed, depth), (*route.walks, lambda _, found: dict.fromkeys(p[:depth] for p in found))
    )


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
        nodes = list(found)
        for place, here in enumerate(nodes, 1):
            value = condition(context.looking_at(here, place, len(nodes)))
            if value == place if isinstance(value, float) else to_boolean(value):
                yield here

    return kept
