"""The expressions of a questionnaire, compiled once, question by question and group by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from forms.expressions.evaluate import Expression, compile_expression, compile_tree
from forms.expressions.parsing import parse
from forms.expressions.syntax import Call, ExpressionProblem, Reference, Tree, parts
from forms.questionnaire import Choice, Group, Question, Questionnaire

_Rows = tuple[tuple[Choice, Mapping[str, str]], ...]

_YES = frozenset({"yes", "true", "true()", "1"})
_NO = frozenset({"", "no", "false", "false()", "0"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides about one question; None where the author wrote no expression."""

    question: Question
    #: Paths of the groups around it, outermost first.
    around: tuple[str, ...]
    #: Every choice of its list with its columns as a filter sees them.
    choices: _Rows
    relevant: Expression | None
    #: True and False where it does not depend on answers.
    required: Expression | bool
    constraint: Expression | None
    calculation: Expression | None
    choice_filter: Expression | None
    #: A default that is an expression; `Question.default` holds any other.
    default: Expression | None
    #: Nothing decides about its relevance or its value but its groups and what the respondent wrote.
    is_plain: bool


@dataclass(frozen=True, slots=True)
class GroupRules:
    """What decides about one group."""

    group: Group
    #: Path of the group around it, '' at the top.
    around: str
    relevant: Expression | None


def question_rules(questionnaire: Questionnaire) -> dict[str, Rules]:
    """By question name, in document order; raises ExpressionProblem."""
    rows = {name: _rows(choices) for name, choices in questionnaire.choices.items()}
    return {
        question.name: _rules(question, groups, rows.get(question.list_name, ()))
        for groups, question in questionnaire.walk()
    }


def group_rules(questionnaire: Questionnaire) -> dict[str, GroupRules]:
    """By path, outer groups before inner ones; raises ExpressionProblem."""
    found: dict[str, GroupRules] = {}
    waiting: list[tuple[str, Question | Group]] = [("", child) for child in reversed(questionnaire.children)]
    while waiting:
        around, node = waiting.pop()
        if isinstance(node, Group):
            found[node.path] = GroupRules(node, around, _condition(node.relevant))
            waiting.extend((node.path, child) for child in reversed(node.children))
    return found


def dynamic_default(default: str) -> Tree | None:
    """The tree of a default that is an expression (it calls a function or refers to an answer); None for plain text."""
    if "(" not in default and "${" not in default:
        return None
    try:
        tree = parse(default)
        compile_tree(tree)
    except ExpressionProblem:
        return None
    return tree if any(isinstance(node, Call | Reference) for node in parts(tree)) else None


def _rules(question: Question, groups: tuple[Group, ...], rows: _Rows) -> Rules:
    relevant, calculation = _condition(question.relevant), _compiled(question.calculation)
    choice_filter, default = _compiled(question.choice_filter), _compiled_default(question.default)
    return Rules(
        question=question,
        around=tuple(group.path for group in groups),
        choices=rows,
        relevant=relevant,
        required=_required(question.required),
        constraint=_compiled(question.constraint),
        calculation=calculation,
        choice_filter=choice_filter,
        default=default,
        is_plain=not (relevant or calculation or choice_filter or default),
    )


def _rows(choices: tuple[Choice, ...]) -> _Rows:
    return tuple((choice, MappingProxyType({**choice.columns, "name": choice.name})) for choice in choices)


def _compiled(text: str) -> Expression | None:
    return compile_expression(text) if text.strip() else None


def _compiled_default(text: str) -> Expression | None:
    tree = dynamic_default(text)
    return compile_tree(tree) if tree else None


def _condition(text: str) -> Expression | None:
    """A relevance; spreadsheets turn true and false into cells of their own kind, which come back as these words."""
    plain = text.strip().casefold()
    if plain in _YES:
        return None
    return compile_expression("false()" if plain in _NO - {""} else text) if plain else None


def _required(text: str) -> Expression | bool:
    """Authors write yes and no where pyxform expects true() and false()."""
    plain = text.strip().casefold()
    if plain in _YES or plain in _NO:
        return plain in _YES
    return compile_expression(text)
