"""What the references and paths of an expression mean where it stands: asked once, while it is compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from forms.expressions.context import Context
from forms.expressions.syntax import Call, ExpressionProblem, Path, Reference, question_name
from forms.expressions.values import Node, Value
from forms.marking import N_

Expression = Callable[[Context], Value]


class Scope(Protocol):
    """A place that references are read from."""

    def reference(self, tree: Reference) -> Expression:
        """`${name}`."""

    def path(self, tree: Path) -> Expression:
        """A path through the form."""

    def call(self, tree: Call) -> Expression | None:
        """A function that looks at where its arguments stand, such as `position(..)`; None for any other."""


class Flat:
    """No form around: a name, or the last step of a path, is a key of `Context.value`; a bare name is a column."""

    def reference(self, tree: Reference) -> Expression:
        name = tree.name
        return lambda context: Node(context.value(name))

    def path(self, tree: Path) -> Expression:
        if name := question_name(tree) or (tree.root.name if isinstance(tree.root, Reference) else ""):
            return lambda context: Node(context.value(name))
        if isinstance(tree.root, Call) and tree.root.function != "current":
            raise ExpressionProblem(N_("Only instance(…) and current() can be followed by a path."), tree.position)
        return here(tree)

    def call(self, tree: Call) -> Expression | None:
        return None


FLAT = Flat()


def here(tree: Path) -> Expression:
    """`.` as the answer itself; any other lone name as a column of the row of choices that is looked at.

    A row without such a column has no node there: nothing is the same as it, not even an empty text.
    """
    (last,) = tree.steps[-1:]
    if last.name == "." and len(tree.steps) == 1:
        return lambda context: context.current
    column = last.name
    return lambda context: (context.item or {}).get(column, ())
