"""Which answers depend on which, and the order in which to compute them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from forms.expressions.defaults import dynamic_default
from forms.expressions.evaluate import compile_expression
from forms.expressions.syntax import ExpressionProblem
from forms.marking import N_
from forms.questionnaire import Group, Question, Questionnaire
from forms.running.places import Place, Tree, tree_of
from forms.running.scopes import FormScope

#: Place -> what it is computed from; True for what it does not have to wait for.
_Uses = dict[Place, bool]
_Graph = dict[Place, _Uses]


def dependency_ring(questionnaire: Questionnaire) -> tuple[Question | Group, ...]:
    """Questions and groups that depend on one another in a ring, the first repeated at the end; () where none do."""
    try:
        _sorted(_graph(tree_of(questionnaire)), soft=False)
    except CycleError as problem:
        return tuple(place.node for place in problem.args[1] if place.node is not None)
    return ()


def dependency_cycle(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The names of a ring's questions and groups; () when there is none."""
    return tuple(node.name for node in dependency_ring(questionnaire))


def calculation_order(tree: Tree) -> tuple[Place, ...]:
    """Every question after those that its value depends on; raises ExpressionProblem where they form a ring.

    What looks at another time of a repeat (the total so far) may look at itself: such uses only order what they can.
    """
    graph = _graph(tree)
    try:
        return _questions(_sorted(graph, soft=True))
    except CycleError:
        pass
    try:
        return _questions(_sorted(graph, soft=False))
    except CycleError as problem:
        ring = " → ".join(place.name for place in problem.args[1])
        raise ExpressionProblem(N_("These questions depend on one another: %(names)s."), names=ring) from problem


def leading_to(tree: Tree, targets: Iterable[Place]) -> frozenset[Place]:
    """The targets and every place that one of them is computed from, directly or through others."""
    graph, found = _graph(tree), set[Place]()
    waiting = list(targets)
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting.extend(graph.get(place, ()))
    return frozenset(found)


def followers(tree: Tree) -> Mapping[Place, frozenset[Place]]:
    """By place, every place whose value or relevance is computed from it directly, or set off by it."""
    found: dict[Place, set[Place]] = {}
    for place, uses in _graph(tree).items():
        triggers = (tree.questions[name] for name in getattr(place.node, "trigger", ()) if name in tree.questions)
        for used in (*uses, *triggers):
            # The text of a group is that of all that is in it; whoever stands in one only asks whether it is relevant.
            within = () if used in place.around() else used.below()
            for one in (used, *within):
                found.setdefault(one, set()).add(place)
    return MappingProxyType({place: frozenset(following) for place, following in found.items()})


def used_by(tree: Tree, place: Place, texts: Iterable[str]) -> frozenset[Place]:
    """What expressions that stand at a place refer to."""
    scope = FormScope(tree, place)
    for text in texts:
        _look(text, scope)
    return frozenset(scope.uses)


def _questions(places: list[Place]) -> tuple[Place, ...]:
    return tuple(place for place in places if isinstance(place.node, Question))


def _sorted(graph: _Graph, *, soft: bool) -> list[Place]:
    sorter: TopologicalSorter[Place] = TopologicalSorter()
    for place, uses in graph.items():
        sorter.add(place, *(used for used, is_soft in uses.items() if used in graph and (soft or not is_soft)))
    return list(sorter.static_order())


def _graph(tree: Tree) -> _Graph:
    return {place: _uses(place, tree) for place in tree.root.below()}


def _uses(place: Place, tree: Tree) -> _Uses:
    """What its value and its relevance are computed from; never its constraint, which may look at itself.

    A choice filter counts: an answer that the filter no longer offers is no answer.
    """
    node, uses = place.node, _Uses()
    scope = FormScope(tree, place, uses=uses)
    if isinstance(node, Group):
        _look(node.relevant, scope)
        _look(node.repeat_count, FormScope(tree, place.parent or place, uses=uses))
    else:
        assert isinstance(node, Question)  # noqa: S101 - below its root a tree has nothing else
        calculation = "" if node.trigger else node.calculation
        for text in (node.relevant, calculation, node.choice_filter):
            _look(text, scope)
        default = FormScope(tree, place)
        _look(node.default if dynamic_default(node.default, node.type) else "", default)
        # A default is computed once, before anything is answered: nothing has to wait for it.
        uses |= {used: uses.get(used, True) for used in default.uses}
    if place.parent and place.parent.node:
        uses[place.parent] = False
    return uses


def _look(text: str, scope: FormScope) -> None:
    """Notes in the scope what an expression uses; the checks name one that cannot be read, here it uses nothing."""
    if text.strip():
        with suppress(ExpressionProblem):
            compile_expression(text, scope)
