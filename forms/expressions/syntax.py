"""The syntax tree of an ODK expression, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.marking import Sentence


class ExpressionProblem(ValueError):
    """An expression that cannot be read or run: what is wrong, and where (characters from 0).

    The template is a whole sentence, marked with N_; `sentence` is translated where it is shown, `reason` is English.
    """

    def __init__(self, template: str, position: int = 0, /, **values: str) -> None:
        self.sentence = Sentence(template, values)
        self.reason = self.sentence.told()
        self.position = position
        super().__init__(self.reason, position)

    def __str__(self) -> str:
        return f"{self.reason.removesuffix('.')} (at character {self.position + 1})"


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in quotation marks, or a number."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`: the answer to a question anywhere in the form."""

    name: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a name, `.`, `..` or `*`, with its conditions in square brackets.

    `axis` says where to look, from XPath 1.0 section 2.2; a step after `//` looks at every `descendant`.
    """

    name: str
    predicates: tuple[Tree, ...] = ()
    axis: str = "child"


@dataclass(frozen=True, slots=True)
class Path:
    """`.`, `../name`, `/data/name`, `${name}[2]/other`, `instance('list')/root/item[name = 'a']/label`."""

    #: '' (relative), '/' (absolute), or what it starts from: a call of `instance(...)` or `current()`, or a reference.
    root: str | Call | Reference
    steps: tuple[Step, ...]
    position: int = 0


@dataclass(frozen=True, slots=True)
class Negative:
    """A minus sign before an operand."""

    operand: Tree


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands joined by operators of one precedence, read from the left: flat, so that length never becomes depth."""

    first: Tree
    rest: tuple[tuple[str, Tree], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    function: str
    arguments: tuple[Tree, ...]
    position: int = 0


#: Axes that stay within the row of choices that a bare name is a column of.
_HERE = frozenset({"child", "self"})

Tree = Literal | Reference | Path | Negative | Chain | Call


def parts(tree: Tree) -> Iterator[Tree]:
    """The node and everything below it, without recursion."""
    waiting: list[Tree] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(_children(node))


def references(tree: Tree) -> frozenset[str]:
    """The names of other questions that an expression reads: `${name}`, `../name` and `/data/group/name`."""
    return frozenset(name for node in parts(tree) if (name := question_name(node)))


def question_name(node: Tree) -> str:
    """The question that this node alone points at; '' when it points at none.

    Names are unique in our forms, so the last step of a path says which question is meant. A bare name without `../` is
    a column of the choices sheet (in a choice filter), never a question.
    """
    if isinstance(node, Reference):
        return node.name
    if not isinstance(node, Path) or not node.steps:
        return ""
    if isinstance(node.root, Call) and node.root.function != "current":
        return ""
    last = node.steps[-1].name
    is_elsewhere = node.root != "" or any(step.name == ".." or step.axis not in _HERE for step in node.steps)
    return last if is_elsewhere and last not in {".", "..", "*"} else ""


def _children(node: Tree) -> Iterator[Tree]:
    if isinstance(node, Negative):
        yield node.operand
    elif isinstance(node, Chain):
        yield node.first
        yield from (operand for _, operand in node.rest)
    elif isinstance(node, Call):
        yield from node.arguments
    elif isinstance(node, Path):
        if not isinstance(node.root, str):
            yield node.root
        for step in node.steps:
            yield from step.predicates
