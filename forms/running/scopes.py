"""What a reference means at one place of a form: which question, and which time of the repeats around it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from forms.expressions.context import Context, Positions
from forms.expressions.evaluate import compile_tree
from forms.expressions.scope import Expression, here
from forms.expressions.syntax import Call, ExpressionProblem, Literal, Path, Reference, Step
from forms.expressions.syntax import Tree as Syntax
from forms.expressions.values import Node, Value, to_number, to_text
from forms.marking import N_
from forms.questionnaire import Question
from forms.running.places import Place, Tree
from forms.running.routes import Route, follow, starting


class FormScope:
    """References as ODK Web Forms reads what pyxform writes for an expression that stands at `origin`.

    `${name}` is the same time of every repeat that both places stand in, and all times of the others. A path is XPath:
    an absolute one leads to all times. Inside square brackets `at` is the place that they look at.
    """

    def __init__(
        self,
        tree: Tree,
        origin: Place,
        at: Place | None = None,
        uses: dict[Place, bool] | None = None,
        *,
        is_row: bool = True,
    ) -> None:
        self.tree = tree
        self.origin = origin
        self.at = at
        self.row = at if is_row else None
        #: Every place referred to -> whether always another time of a repeat that `origin` stands in, too.
        self.uses: dict[Place, bool] = {} if uses is None else uses

    def reference(self, tree: Reference) -> Expression:
        return self._texts(*self._referenced(tree))

    def path(self, tree: Path) -> Expression:
        if _is_item_column(tree) and self.at is None:
            return here(tree)
        return self._texts(*self._routes(tree))

    def call(self, tree: Call) -> Expression | None:
        build = _PLACED.get(tree.function)
        return build(self, tree) if build and tree.arguments else None

    def place_of(self, tree: Syntax) -> Place:
        """The one place that an argument points at; raises ExpressionProblem."""
        if isinstance(tree, Reference):
            return self._referred(tree)
        if isinstance(tree, Path):
            routes, _ = self._routes(tree)
            if routes:
                return routes[0].place
        raise ExpressionProblem(N_("A reference such as ${name} belongs here."), getattr(tree, "position", 0))

    def nodes(self, tree: Syntax) -> tuple[list[Route], bool]:
        """The routes to what an argument points at, and whether they begin at `current()`."""
        if isinstance(tree, Reference):
            return self._referenced(tree)
        if isinstance(tree, Path):
            return self._routes(tree)
        told = N_("A reference such as ${name}, or a path, belongs here.")
        raise ExpressionProblem(told, getattr(tree, "position", 0))

    def _referred(self, tree: Reference) -> Place:
        found = self.tree.named.get(tree.name, ())
        if len(found) != 1:
            told = N_("More than one question is called %(name)s.") if found else N_("No question is called %(name)s.")
            raise ExpressionProblem(told, tree.position, name=tree.name)
        return found[0]

    def _referenced(self, tree: Reference) -> tuple[list[Route], bool]:
        place = self._referred(tree)
        return self._to(place), self.row is None or self.row not in place.repeats

    def _to(self, place: Place) -> list[Route]:
        """`${name}`: up to the innermost repeat that both stand in, and down from there."""
        start = self.row if self.row in place.repeats and self.row else self.origin
        shared = start.shared_with(place)
        if place.is_repeat and place in start.repeats:
            # pyxform writes the repeat that the expression stands in from above it, so that all its times are meant.
            shared = len(place.repeats) - 1
        top = start.repeats[shared - 1] if shared else self.tree.root
        steps = [around for around in (place, *place.around()) if not around.is_flat]
        below = steps[: steps.index(top)] if top in steps else steps
        return follow(starting(top), tuple(Step(step.name) for step in reversed(below)), _no_conditions)

    def _routes(self, tree: Path) -> tuple[list[Route], bool]:
        if isinstance(tree.root, Reference):
            routes, from_origin = self._referenced(tree.root)
            return follow(routes, tree.steps, self._conditions), from_origin
        from_origin = isinstance(tree.root, Call) or self.at is None
        if isinstance(tree.root, Call) and tree.root.function != "current":
            raise ExpressionProblem(N_("Only instance(…) and current() can be followed by a path."), tree.position)
        start, steps = (self.origin if from_origin else self.at or self.origin), tree.steps
        if tree.root == "/":
            start = self.tree.root
            # Above the form there is nothing but the form: `/data`, but `//name` anywhere in it.
            steps = steps if steps[0].axis.startswith("descendant") else steps[1:]
        # A path that leads nowhere is an empty set of nodes to ODK, and no mistake.
        return follow(starting(start), steps, self._conditions), from_origin

    def _conditions(self, place: Place, step: Step) -> list[Expression]:
        scope = FormScope(self.tree, self.origin, place, self.uses, is_row=False)
        return [compile_tree(predicate, scope) for predicate in step.predicates]

    def _texts(self, routes: list[Route], from_origin: bool) -> Expression:
        for route in routes:
            self.note(route, route.place)
        if len(routes) == 1 and routes[0].is_single:
            return _single(routes[0], from_origin)

        def run(context: Context) -> Value:
            start = context.positions if from_origin else context.here
            text = context.answers.text
            return tuple(
                text(route.place, positions) for route in routes for positions in route.reached(context, start)
            )

        return run

    def note(self, route: Route, used: Place) -> None:
        """Writes down that the expression uses the place that the route leads to, or a repeat around that."""
        is_elsewhere = route.fixed < self.origin.shared_with(used)
        self.uses[used] = self.uses.get(used, True) and is_elsewhere


def _single(route: Route, from_origin: bool) -> Expression:
    place, depth = route.place, route.fixed
    if not depth:
        return lambda context: Node(context.answers.text(place, ()))
    if from_origin:
        return lambda context: Node(context.answers.text(place, context.positions[:depth]))
    return lambda context: Node(context.answers.text(place, context.here[:depth]))


def _is_item_column(tree: Path) -> bool:
    first = tree.steps[0]
    return tree.root == "" and first.name != ".." and first.axis == "child" and not first.predicates


def _no_conditions(place: Place, step: Step) -> list[Expression]:
    return []


def _position(scope: FormScope, tree: Call) -> Expression:
    """`position(..)`: which time of its repeat a node is; 1 for what is not repeated."""
    routes, from_origin = scope.nodes(tree.arguments[0])
    if not routes or not routes[0].place.is_repeat:
        return lambda context: 1.0
    route = routes[0]

    def run(context: Context) -> Value:
        found = route.reached(context, context.positions if from_origin else context.here)
        return float(found[0][-1]) if found else math.nan

    return run


def _indexed_repeat(scope: FormScope, tree: Call) -> Expression:
    """`indexed-repeat(${name}, ${repeat}, index, ...)`: the answer of that time; '' where there is none."""
    target = scope.place_of(tree.arguments[0])
    pairs = zip(tree.arguments[1::2], tree.arguments[2::2], strict=True)
    indices = {scope.place_of(repeat): compile_tree(index, scope) for repeat, index in pairs}
    shared = scope.origin.shared_with(target)
    scope.uses[target] = scope.uses.get(target, True) and any(r in indices for r in target.repeats[:shared])

    def run(context: Context) -> Value:
        positions: Positions = ()
        for depth, repeat in enumerate(target.repeats):
            usual = context.positions[depth] if depth < shared else 1
            time = to_number(indices[repeat](context)) if repeat in indices else usual
            if not 1 <= time <= context.answers.count(repeat, positions):
                return ""
            positions = (*positions, int(time))
        return Node(context.answers.text(target, positions))

    return run


def _count(scope: FormScope, tree: Call) -> Expression | None:
    """`count(${repeat})`: how many nodes there are, which nothing has to be computed for."""
    if not isinstance(tree.arguments[0], Reference | Path) or _is_list(tree.arguments[0]):
        return None
    routes, from_origin = scope.nodes(tree.arguments[0])
    for route in routes:
        if route.place.repeats:
            scope.note(route, route.place.repeats[-1])

    def run(context: Context) -> Value:
        start = context.positions if from_origin else context.here
        return float(sum(len(route.reached(context, start)) for route in routes))

    return run


def _is_list(tree: Reference | Path) -> bool:
    return isinstance(tree, Path) and isinstance(tree.root, Call) and tree.root.function == "instance"


def _choice_name(scope: FormScope, tree: Call) -> Expression:
    """`jr:choice-name(value, '${question}')`: the label in the reader's language."""
    value, which = tree.arguments
    if not isinstance(which, Literal):
        key = scope.place_of(which).key
    else:
        name = to_text(which.value).strip().removeprefix("${").removesuffix("}").strip().rsplit("/", 1)[-1].strip()
        found = [place for place in scope.tree.named.get(name, ()) if isinstance(place.node, Question)]
        key = found[0].key if found else name
    chosen = compile_tree(value, scope)
    return lambda context: context.choice_label(key, to_text(chosen(context)))


_PLACED: Mapping[str, Callable[[FormScope, Call], Expression | None]] = MappingProxyType(
    {"position": _position, "indexed-repeat": _indexed_repeat, "jr:choice-name": _choice_name, "count": _count}
)
