"""The expressions of a questionnaire, compiled once, question by question and group by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from forms.expressions.defaults import dynamic_default
from forms.expressions.evaluate import Expression, compile_expression, compile_tree
from forms.question_types import SELECTS, is_asked
from forms.questionnaire import UNNAMED, Choice, Group, Question, Questionnaire
from forms.running.lookups import Lookup, lookup
from forms.running.places import Place, Tree
from forms.running.scopes import FormScope
from forms.running.written import accepted

_Rows = tuple[tuple[Choice, Mapping[str, str]], ...]
#: Choice name -> where in the rows it stands; some names stand twice.
_Index = Mapping[str, tuple[int, ...]]

_YES = frozenset({"yes", "true", "true()", "1"})
_NO = frozenset({"", "no", "false", "false()", "0"})
#: Nobody types these: what they hold follows from other answers.
COMPUTED = frozenset({"calculate", "hidden", "note"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides about one question; None where the author wrote no expression."""

    place: Place
    question: Question
    #: Every choice of its list with its columns as a filter sees them.
    choices: _Rows
    index: _Index
    #: Where its choices are answers within a repeat, in place of a list.
    answers: Place | None
    relevant: Expression | None
    #: True and False where it does not depend on answers.
    required: Expression | bool
    read_only: Expression | bool
    constraint: Expression | None
    calculation: Expression | None
    choice_filter: Expression | None
    #: The same filter, where its rows can be looked up.
    lookup: Lookup | None
    #: What the order of its choices is drawn from, where the author says.
    seed: Expression | None
    #: A default that is an expression.
    default: Expression | None
    #: Any other default, as the question can hold it.
    given: str
    #: The respondent may write in it, or a trigger writes in it: its value is kept and not only computed.
    is_kept: bool
    #: Nothing decides about its relevance or its value but its groups and what the respondent wrote.
    is_plain: bool
    #: The same, and every choice of its list is always offered.
    is_free: bool
    #: Somebody may have to answer it, or its answer may break a constraint.
    may_be_wrong: bool


@dataclass(frozen=True, slots=True)
class GroupRules:
    """What decides about one group."""

    place: Place
    group: Group
    relevant: Expression | None
    read_only: Expression | bool
    #: How many times it is asked; None where the respondent decides.
    count: Expression | None
    #: How many questions one time of it has, without those of repeats within; at least 1.
    size: int


def question_rules(questionnaire: Questionnaire, tree: Tree) -> dict[str, Rules]:
    """By question name, in document order; raises ExpressionProblem."""
    rows = {name: _indexed(_rows(choices)) for name, choices in questionnaire.choices.items()}
    return {key: _rules(place, rows, tree) for key, place in tree.questions.items()}


def group_rules(tree: Tree) -> dict[str, GroupRules]:
    """By path, outer groups before inner ones; raises ExpressionProblem."""
    return {key: _group_rules(place, tree) for key, place in tree.groups.items()}


def _rules(place: Place, lists: Mapping[str, tuple[_Rows, _Index]], tree: Tree) -> Rules:
    question = place.node
    assert isinstance(question, Question)  # noqa: S101 - the tree keeps questions and groups apart
    scope = FormScope(tree, place)
    list_place = _list_place(question, tree)
    relevant, calculation = _condition(question.relevant, scope), _compiled(question.calculation, scope)
    filter_scope = FormScope(tree, place, list_place.repeats[-1]) if list_place else scope
    choice_filter = _compiled(question.choice_filter, filter_scope)
    default = dynamic_default(question.default, question.type)
    read_only, required = _flag(question.read_only, scope), _flag(question.required, scope)
    constraint = _compiled(question.constraint, scope)
    rows, index = lists.get(question.list_name, ((), {}))
    has_expression = bool(relevant or calculation or default)
    return Rules(
        place=place,
        question=question,
        choices=rows,
        index=index,
        answers=list_place,
        relevant=relevant,
        required=required,
        read_only=read_only,
        constraint=constraint,
        calculation=calculation,
        choice_filter=choice_filter,
        lookup=lookup(question.choice_filter, scope, rows) if choice_filter and not list_place else None,
        seed=_compiled(question.parameters.get("seed", "") if question.type in SELECTS else "", scope),
        default=compile_tree(default, scope) if default else None,
        given="" if default else accepted(question.default, question),
        is_kept=bool(question.trigger) or (question.type not in COMPUTED and read_only is not True),
        is_plain=not (has_expression or question.type in COMPUTED | SELECTS),
        is_free=not (has_expression or choice_filter or list_place or question.type == "rank"),
        may_be_wrong=is_asked(question) and (required is not False or constraint is not None),
    )


def _group_rules(place: Place, tree: Tree) -> GroupRules:
    group = place.node
    assert isinstance(group, Group)  # noqa: S101 - as above
    scope = FormScope(tree, place)
    # A count stands outside the repeat that it counts.
    outside = FormScope(tree, place.parent) if place.parent else scope
    return GroupRules(
        place=place,
        group=group,
        relevant=_condition(group.relevant, scope),
        read_only=_flag(group.read_only, scope),
        count=_compiled(group.repeat_count, outside) if group.is_repeat else None,
        size=sum(below.repeats == place.repeats and isinstance(below.node, Question) for below in place.below()) or 1,
    )


def _list_place(question: Question, tree: Tree) -> Place | None:
    """The question whose answers are the choices: `select_one ${name}`."""
    if not question.list_name.startswith("${"):
        return None
    found = tree.named.get(question.list_name[2:-1].strip(), ())
    return found[0] if found and found[0].repeats else None


def _rows(choices: tuple[Choice, ...]) -> _Rows:
    return tuple((choice, MappingProxyType(_columns(choice))) for choice in choices)


def _indexed(rows: _Rows) -> tuple[_Rows, _Index]:
    index: dict[str, tuple[int, ...]] = {}
    for place, (choice, _) in enumerate(rows):
        index[choice.name] = (*index.get(choice.name, ()), place)
    return rows, MappingProxyType(index)


def _columns(choice: Choice) -> dict[str, str]:
    """As ODK has it, a label is a column only where it is in no language; an empty cell is no column at all."""
    label = choice.label.by_language.get(UNNAMED, "")
    # A file of choices may have columns of these names that are not what is shown and stored.
    columns = {"label": label, "name": choice.name, **choice.columns}
    return {name: text for name, text in columns.items() if text}


def _compiled(text: str, scope: FormScope) -> Expression | None:
    return compile_expression(text, scope) if text.strip() else None


def _condition(text: str, scope: FormScope) -> Expression | None:
    """A relevance; spreadsheets turn true and false into cells of their own kind, which come back as these words."""
    plain = text.strip().casefold()
    if plain in _YES:
        return None
    return compile_expression("false()" if plain in _NO - {""} else text, scope) if plain else None


def _flag(text: str, scope: FormScope) -> Expression | bool:
    """Authors write yes and no where pyxform expects true() and false()."""
    plain = text.strip().casefold()
    if plain in _YES or plain in _NO:
        return plain in _YES
    return compile_expression(text, scope)
