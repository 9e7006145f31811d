"""A syntax tree made into a Python function, so that running it again costs microseconds."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from forms.expressions.context import Context, Item
from forms.expressions.functions import FUNCTIONS
from forms.expressions.operators import OPERATORS
from forms.expressions.parsing import parse
from forms.expressions.patterns import PatternProblem, compiled
from forms.expressions.syntax import (
    Call,
    Chain,
    ExpressionProblem,
    Literal,
    Negative,
    Path,
    Reference,
    Step,
    Tree,
    question_name,
)
from forms.expressions.values import Value, to_boolean, to_number, to_text

__all__ = ["Context", "Expression", "compile_expression", "compile_tree"]

Expression = Callable[[Context], Value]


def compile_expression(text: str) -> Expression:
    """A function of a Context for the text of an expression; raises ExpressionProblem."""
    return compile_tree(parse(text))


def compile_tree(tree: Tree) -> Expression:
    """A function of a Context for a tree; raises ExpressionProblem for functions and paths that we do not have."""
    return _COMPILERS[type(tree)](tree)


def _literal(tree: Literal) -> Expression:
    value = tree.value
    return lambda _: value


def _reference(tree: Reference) -> Expression:
    name = tree.name
    return lambda context: context.value(name)


def _negative(tree: Negative) -> Expression:
    operand = compile_tree(tree.operand)
    return lambda context: -to_number(operand(context))


def _chain(tree: Chain) -> Expression:
    first = compile_tree(tree.first)
    rest = [(operator_, compile_tree(operand)) for operator_, operand in tree.rest]
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


def _path(tree: Path) -> Expression:
    if isinstance(tree.root, Call) and tree.root.function == "instance":
        return _instance(tree.root, tree.steps)
    if name := question_name(tree):
        return lambda context: context.value(name)
    if isinstance(tree.root, Call) and tree.root.function != "current":
        raise ExpressionProblem("Only instance(…) and current() can be followed by a path", tree.position)
    (last,) = tree.steps[-1:]
    if last.name == "." and len(tree.steps) == 1:
        return lambda context: context.current
    column = last.name
    return lambda context: (context.item or {}).get(column, "")


def _instance(root: Call, steps: tuple[Step, ...]) -> Expression:
    """`instance('list')/root/item[condition]/column`: the column of every row that the condition holds for."""
    if len(root.arguments) != 1 or [step.name for step in steps[:2]] != ["root", "item"] or len(steps) > 3:
        raise ExpressionProblem("Lists are looked up as instance('list')/root/item[…]/column", root.position)
    source = compile_tree(root.arguments[0])
    conditions = [compile_tree(predicate) for predicate in steps[1].predicates]
    column = steps[2].name if len(steps) == 3 else "name"

    def run(context: Context) -> Value:
        rows = context.lists.get(to_text(source(context)), ())
        return tuple(row.get(column, "") for row in rows if _holds(conditions, context, row))

    return run


def _holds(conditions: list[Expression], context: Context, row: Item) -> bool:
    if not conditions:
        return True
    inside = context.beside(row)
    return all(to_boolean(condition(inside)) for condition in conditions)


def _call(tree: Call) -> Expression:
    if tree.function in _LAZY:
        least, most, build = _LAZY[tree.function]
    elif tree.function in FUNCTIONS:
        function = FUNCTIONS[tree.function]
        least, most, build = function.least, function.most, lambda arguments: _eager(tree, arguments)
    else:
        raise ExpressionProblem(f"There is no function {tree.function}()", tree.position)
    count = len(tree.arguments)
    if count < least or (most is not None and count > most):
        raise ExpressionProblem(f"{tree.function}() is given {count} values, which is not how it works", tree.position)
    if tree.function == "regex":
        _check_pattern(tree)
    return build([compile_tree(argument) for argument in tree.arguments])


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
        reason = "This regular expression cannot be run: look-arounds and back-references are not supported"
        raise ExpressionProblem(reason, tree.position) from problem


def _any(operands: list[Expression]) -> Expression:
    return lambda context: any(to_boolean(operand(context)) for operand in operands)


def _all(operands: list[Expression]) -> Expression:
    return lambda context: all(to_boolean(operand(context)) for operand in operands)


def _if(arguments: list[Expression]) -> Expression:
    condition, yes, no = arguments
    return lambda context: yes(context) if to_boolean(condition(context)) else no(context)


def _coalesce(arguments: list[Expression]) -> Expression:
    def run(context: Context) -> Value:
        values = (argument(context) for argument in arguments)
        return next((value for value in values if to_text(value) != ""), "")

    return run


def _once(arguments: list[Expression]) -> Expression:
    (argument,) = arguments
    return lambda context: context.current or argument(context)


_SHORT_CUTS = MappingProxyType({"or": _any, "and": _all})
_LAZY: MappingProxyType[str, tuple[int, int | None, Callable[[list[Expression]], Expression]]] = MappingProxyType(
    {"if": (3, 3, _if), "coalesce": (1, None, _coalesce), "once": (1, 1, _once)}
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
