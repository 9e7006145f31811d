"""ODK expression text, as authors write it in XLSForm, read into a syntax tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forms.expressions.signatures import SAME_AS, call_problem
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
    references,
)
from forms.expressions.tokens import Token, tokens
from forms.marking import N_

__all__ = ["MAX_DEPTH", "ExpressionProblem", "parse", "references"]

#: Brackets within brackets. Real forms stay below 60; the limit keeps hostile ones away from Python's own.
MAX_DEPTH = 100

# XPath 1.0 section 3.5, loosest first; the minus sign before an operand stands between `*` and `|`.
_PRECEDENCE = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_NEGATIVE = 7
_AXES = frozenset(
    {
        "ancestor",
        "ancestor-or-self",
        "child",
        "descendant",
        "descendant-or-self",
        "following-sibling",
        "parent",
        "preceding-sibling",
        "self",
    }
)


def parse(text: str) -> Tree:
    """The tree of one expression; raises ExpressionProblem (a ValueError) with the place of what is wrong."""
    reader = _Reader(tokens(text))
    tree = reader.expression(1)
    if reader.next.kind != "end":
        raise reader.problem()
    return tree


class _Reader:
    """Walks the tokens once, by precedence climbing."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._index = 0
        self._depth = 0

    @property
    def next(self) -> Token:
        return self._tokens[self._index]

    def expression(self, loosest: int) -> Tree:
        """Operands and operators that bind at least as tightly as `loosest`."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionProblem(N_("This expression has too many brackets inside one another."), self.next.position)
        tree = self._operand()
        while (level := self._level()) >= loosest:
            rest: list[tuple[str, Tree]] = []
            while self._level() == level:
                operator = self._take().text
                rest.append((operator, self.expression(level + 1)))
            tree = Chain(tree, tuple(rest))
        self._depth -= 1
        return tree

    def problem(self) -> ExpressionProblem:
        found = self.next
        if found.kind == "end":
            return ExpressionProblem(N_("The expression stops before it is complete."), found.position)
        if found.text == ")":
            return ExpressionProblem(N_("This ) closes no bracket, or something is missing before it."), found.position)
        if found.text == "@":
            return ExpressionProblem(N_("Attributes, such as @name, cannot be read here."), found.position)
        if found.text.lower() in {"and", "or", "div", "mod"}:
            told = N_("The operator %(operator)s is written in small letters.")
            return ExpressionProblem(told, found.position, operator=found.text.lower())
        return ExpressionProblem(N_("“%(found)s” is not expected here."), found.position, found=found.text)

    def _level(self) -> int:
        return _PRECEDENCE[self.next.text] if self.next.kind == "operator" else 0

    def _operand(self) -> Tree:
        minuses = 0
        while self._accept("operator", "-"):
            minuses += 1
        if minuses:
            operand = self.expression(_NEGATIVE + 1)
            return Negative(Negative(operand)) if minuses % 2 == 0 else Negative(operand)
        token = self.next
        if token.kind in _PLAIN:
            self._index += 1
            return self._continued(_PLAIN[token.kind](token))
        if self._accept("symbol", "("):
            inside = self.expression(1)
            self._close(")", token.position)
            return inside
        if token.kind == "name" and self._tokens[self._index + 1].text == "(":
            call = self._call()
            return Path(call, self._steps(self._take().text), token.position) if self._is_at_step() else call
        return self._path()

    def _continued(self, start: Tree) -> Tree:
        """What follows a reference: pyxform puts a path in its place, so that conditions and steps may stand behind."""
        if not isinstance(start, Reference):
            return start
        predicates = self._predicates()
        if not predicates and not self._is_at_step():
            return start
        own = Step(".", predicates)
        return Path(start, (own, *(self._steps(self._take().text) if self._is_at_step() else ())), start.position)

    def _call(self) -> Call:
        name, bracket = self._take(), self._take()
        arguments: list[Tree] = []
        while not self._accept("symbol", ")"):
            if arguments and not self._accept("symbol", ","):
                self._close(",", bracket.position)
            arguments.append(self.expression(1))
        function = SAME_AS.get(name.text, name.text)
        if problem := call_problem(function, len(arguments), name.position):
            raise problem
        return Call(function, tuple(arguments), name.position)

    def _path(self) -> Path:
        position = self.next.position
        if self._is_at_step():
            return Path("/", self._steps(self._take().text), position)
        return Path("", self._steps("/"), position)

    def _is_at_step(self) -> bool:
        return self.next.kind == "symbol" and self.next.text in {"/", "//"}

    def _steps(self, slash: str) -> tuple[Step, ...]:
        """The steps of a path of which the first slash, or none, has been read."""
        steps = [self._step(slash)]
        while self._is_at_step():
            steps.append(self._step(self._take().text))
        return tuple(steps)

    def _step(self, slash: str) -> Step:
        axis = "descendant" if slash == "//" else "child"
        if self._tokens[self._index + 1 : self._index + 2] and self._tokens[self._index + 1].text == "::":
            axis = self._axis()
        if self.next.kind != "name" and self.next.text not in {".", ".."}:
            raise self.problem()
        name = self._take()
        if self.next.text == "(" and self.next.kind == "symbol":
            raise ExpressionProblem(N_("%(name)s() has no place within a path."), name.position, name=name.text)
        return Step(name.text, self._predicates(), axis)

    def _predicates(self) -> tuple[Tree, ...]:
        predicates: list[Tree] = []
        while self.next.text == "[" and self.next.kind == "symbol":
            bracket = self._take()
            predicates.append(self.expression(1))
            self._close("]", bracket.position)
        return tuple(predicates)

    def _axis(self) -> str:
        name = self._take()
        self._take()
        if name.text not in _AXES:
            raise ExpressionProblem(N_("There is no way %(name)s:: to go in a form."), name.position, name=name.text)
        return name.text

    def _take(self) -> Token:
        self._index += 1
        return self._tokens[self._index - 1]

    def _accept(self, kind: str, text: str) -> bool:
        found = self.next.kind == kind and self.next.text == text
        self._index += found
        return found

    def _close(self, text: str, opened: int) -> None:
        if self._accept("symbol", text):
            return
        if self.next.kind == "end":
            raise ExpressionProblem(N_("This bracket is opened and never closed."), opened)
        raise self.problem()


_PLAIN: Mapping[str, Callable[[Token], Tree]] = {
    "number": lambda token: Literal(float(token.text)),
    "text": lambda token: Literal(token.text),
    "reference": lambda token: Reference(token.text, token.position),
    # `${last-saved#name}` reads the answers that the same device gave before: we keep none, so it is always empty.
    "saved": lambda token: Literal(""),
}
