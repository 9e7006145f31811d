"""A syntax tree made into a Python function, so that running it again costs microseconds."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from types import MappingProxyType

from forms.expressions.context import Context, Item
from forms.expressions.functions import FUNCTIONS
from forms.expressions.operators import OPERATORS
from forms.expressions.parsing import parse
from forms.expressions.patterns import PatternProblem, compiled
from forms.expressions.scope import FLAT, Expression, Scope
from forms.expressions.syntax import Call, Chain, ExpressionProblem, Literal, Negative, Path, Reference, Step, Tree
from forms.expressions.values import Value, to_boolean, to_number, to_text
from forms.marking import N_

__all__ = ["Context", "Expression", "compile_expression", "compile_tree"]


def compile_expression(text: str, scope: Scope = FLAT) -> Expression:
    """A function of a Context for the text of an expression; raises ExpressionProblem.

    `scope` says what references mean where the expression stands; without one, names are keys of `Context.value`.
    """
    return compile_tree(_parsed(text), scope)


def compile_tree(tree: Tree, scope: Scope = FLAT) -> Expression:
    """A function of a Context for a tree; raises ExpressionProblem for functions and paths that we do not have."""
    return _COMPILERS[type(tree)](tree, scope)


#: The order of computing and the computing itself read the same texts; trees are frozen.
_parsed = lru_cache(maxsize=4096)(parse)


def _literal(tree: Literal, scope: Scope) -> Expression:
    value = tree.value
    return lambda _: value


def _reference(tree: Reference, scope: Scope) -> Expression:
    return scope.reference(tree)


def _negative(tree: Negative, scope: Scope) -> Expression:
    operand = compile_tree(tree.operand, scope)
    return lambda context: -to_number(operand(context))


def _chain(tree: Chain, scope: Scope) -> Expression:
    first = compile_tree(tree.first, scope)
    rest = [(operator_, compile_tree(operand, scope)) for operator_, operand in tree.rest]
    if rest[0][0] in _SHORT_CUTS:
        return _SHORT_CUTS[rest[0][0]]([first, *(operand for _, operand in rest)])
    steps = [(OPERATORS[operator_], operand) for operator_, operand in rest]
    if len(steps) == 1:
        ((work, second),) = steps
        return lambda context: work(first(context), second(context))

    def run(context: Context) -> Value:
        value = first(context)
        for work, operand in steps:
            value = work(value, operand(context))
        return value

    return run


def _path(tree: Path, scope: Scope) -> Expression:
    if isinstance(tree.root, Call) and tree.root.function == "instance":
        return _instance(tree.root, tree.steps, scope)
    return scope.path(tree)


def _instance(root: Call, steps: tuple[Step, ...], scope: Scope) -> Expression:
    """`instance('list')/root/item[condition]/column`: the column of every row that the condition holds for."""
    if len(root.arguments) != 1 or [step.name for step in steps[:2]] != ["root", "item"] or len(steps) > 3:
        raise ExpressionProblem(N_("Lists are looked up as instance('list')/root/item[…]/column."), root.position)
    source = compile_tree(root.arguments[0], scope)
    conditions = [compile_tree(predicate, scope) for predicate in steps[1].predicates]
    column = steps[2].name if len(steps) == 3 else "name"

    def run(context: Context) -> Value:
        rows = context.lists.get(to_text(source(context)), ())
        for condition in conditions:
            rows = _kept(rows, condition, context)
        return tuple(row.get(column, "") for row in rows)

    return run


def _kept(rows: tuple[Item, ...], condition: Expression, context: Context) -> tuple[Item, ...]:
    """XPath 1.0 section 2.4: a number is a place among the rows, anything else is true or false of each."""
    kept = []
    for place, row in enumerate(rows, 1):
        found = condition(context.beside(row, place, len(rows)))
        if found == place if isinstance(found, float) else to_boolean(found):
            kept.append(row)
    return tuple(kept)


def _call(tree: Call, scope: Scope) -> Expression:
    placed = scope.call(tree)
    if placed is not None:
        return placed
    # Which functions there are, and how many values each is given, was looked at when the text was read.
    build = _LAZY.get(tree.function) or partial(_eager, tree)
    if tree.function == "regex":
        _check_pattern(tree)
    return build([compile_tree(argument, scope) for argument in tree.arguments])


def _eager(tree: Call, arguments: list[Expression]) -> Expression:
    run = FUNCTIONS[tree.function].run
    return lambda context: run(context, [argument(context) for argument in arguments])


def _check_pattern(tree: Call) -> None:
    pattern = tree.arguments[1]
    if not isinstance(pattern, Literal):
        return
    try:
        compiled(to_text(pattern.value))
    except PatternProblem as problem:
        raise ExpressionProblem(problem.sentence.template, tree.position, **problem.sentence.values) from problem


def _any(operands: list[Expression]) -> Expression:
    if len(operands) == 2:  # nearly always, and in half the time
        first, second = operands
        return lambda context: to_boolean(first(context)) or to_boolean(second(context))
    return lambda context: any(to_boolean(operand(context)) for operand in operands)


def _all(operands: list[Expression]) -> Expression:
    if len(operands) == 2:
        first, second = operands
        return lambda context: to_boolean(first(context)) and to_boolean(second(context))
    return lambda context: all(to_boolean(operand(context)) for operand in operands)


def _if(arguments: list[Expression]) -> Expression:
    condition, yes, no = arguments
    return lambda context: yes(context) if to_boolean(condition(context)) else no(context)


def _coalesce(arguments: list[Expression]) -> Expression:
    def run(context: Context) -> Value:
        texts = (to_text(argument(context)) for argument in arguments)
        return next((str(text) for text in texts if text), "")

    return run


def _current(arguments: list[Expression]) -> Expression:
    """The node itself, where no path follows."""
    return lambda context: context.current


def _whole_list(arguments: list[Expression]) -> Expression:
    """A list where no path follows: one node, whose text nobody has a use for."""
    return lambda context: ("",)


def _once(arguments: list[Expression]) -> Expression:
    (argument,) = arguments
    return lambda context: context.current or argument(context)


def _position(arguments: list[Expression]) -> Expression:
    """Among the nodes that a condition in square brackets looks through; of a given node, the scope knows."""
    return lambda context: float(context.position)


def _indexed_repeat(arguments: list[Expression]) -> Expression:
    """Without a form around there is one time of everything; within one, the scope knows."""
    return arguments[0]


def _last(arguments: list[Expression]) -> Expression:
    return lambda context: float(context.size)


_SHORT_CUTS = MappingProxyType({"or": _any, "and": _all})
_LAZY: MappingProxyType[str, Callable[[list[Expression]], Expression]] = MappingProxyType(
    {
        "if": _if,
        "coalesce": _coalesce,
        "current": _current,
        "instance": _whole_list,
        "once": _once,
        "position": _position,
        "last": _last,
        "indexed-repeat": _indexed_repeat,
    }
)
_COMPILERS: MappingProxyType[type, Callable[..., Expression]] = MappingProxyType(
    {
        Literal: _literal,
        Reference: _reference,
        Path: _path,
        Negative: _negative,
        Chain: _chain,
        Call: _call,
    }
)
