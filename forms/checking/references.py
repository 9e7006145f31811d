"""What expressions and texts refer to: every name is there, is meant for one row only, and leads to a value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from forms.checking.problems import Problem
from forms.checking.suggestions import Guesses
from forms.expressions.defaults import dynamic_default, looks_dynamic
from forms.expressions.evaluate import compile_expression
from forms.expressions.parsing import parse
from forms.expressions.syntax import ExpressionProblem, Path, Reference, parts, question_name
from forms.expressions.syntax import Tree as Syntax
from forms.questionnaire import Group, Question, Questionnaire, Source, Text
from forms.running.places import Place, Tree, tree_of
from forms.running.scopes import FormScope
from forms.xlsform.cells import REFERENCE, is_yes, name_in
from forms.xlsform.headers import Table
from forms.xlsform.type_column import row_type

_EXPRESSIONS = ("required", "relevant", "constraint", "calculation", "choice_filter", "read_only", "repeat_count")
_TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
#: `${` without a name and a bracket behind it.
_BROKEN = re.compile(r"\$\{(?!\s*(?:last-saved#)?[^\W\d][\w.-]*\s*\})[^}]{0,50}\}?")


@dataclass(frozen=True, slots=True)
class Names:
    """How many rows have each name, and the tree in which expressions find them."""

    counts: Counter[str]
    tree: Tree
    guesses: Guesses

    def place_of(self, node: Question | Group) -> Place | None:
        """Where the node stands; None where another one stands in its place."""
        place = self.tree.questions.get(node.name) if isinstance(node, Question) else self.tree.groups.get(node.path)
        return place if place is not None and place.node is node else None


def names_of(questionnaire: Questionnaire, survey: Table) -> Names:
    """The names of the form; rows that were dropped count where another row has the same name, as in ODK."""
    tree = tree_of(questionnaire)
    counts = Counter({name: len(places) for name, places in tree.named.items()})
    rows = Counter(
        name_in(record.cell("name"))
        for record in survey.records
        if not is_yes(record.cell("disabled")) and row_type(record.cell("type")).kind != "end"
    )
    return Names(Counter({name: max(count, rows[name]) for name, count in counts.items()}), tree, Guesses())


def check_references(node: Question | Group, names: Names) -> Iterator[Problem]:
    """Every problem in the expressions and texts of one row."""
    place = names.place_of(node)
    for column in _EXPRESSIONS:
        if text := getattr(node, column, ""):
            yield from _expression(node.source, column, text, names, _scope(node, column, place, names.tree))
    for column in _TEXTS:
        yield from _text(node.source, column, getattr(node, column, Text()), names)
    if isinstance(node, Question):
        yield from _default(node, names, place)
        yield from _trigger(node, names)
        written = (("type", node.list_name), ("parameters", node.parameters.get("seed", "")))
        for column, cell in written:
            yield from _named(node.source, column, REFERENCE.findall(cell), names)


def check_choice_texts(choices: Table, names: Names) -> Iterator[Problem]:
    """Every problem with what the labels of choices refer to."""
    for record in choices.records:
        yield from _text(Source(record.sheet, record.row), "label", record.text("label"), names)


def _scope(node: Question | Group, column: str, place: Place | None, tree: Tree) -> FormScope | None:
    """Where the expression of that column is read from, as the engine has it."""
    if place is None:
        return None
    if column == "repeat_count":
        return FormScope(tree, place.parent or place)
    if column == "choice_filter" and isinstance(node, Question) and node.list_name.startswith("${"):
        found = tree.named.get(node.list_name[2:-1].strip(), ())
        return FormScope(tree, place, found[0].repeats[-1]) if found and found[0].repeats else FormScope(tree, place)
    return FormScope(tree, place)


def _expression(source: Source, column: str, text: str, names: Names, scope: FormScope | None) -> Iterator[Problem]:
    try:
        tree = parse(text)
        referred = [part.name for part in parts(tree) if isinstance(part, Reference)]
        found = [*_named(source, column, referred, names), *_paths(source, column, tree, names)]
        if scope is not None and all(problem.level == "notice" for problem in found):
            compile_expression(text, scope)
    except ExpressionProblem as problem:
        values = {"expression": text, "position": str(problem.position + 1)}
        yield Problem("expression.invalid", source.sheet, source.row, column, values, problem.sentence)
        return
    yield from found


def _paths(source: Source, column: str, tree: Syntax, names: Names) -> Iterator[Problem]:
    """A path that leads nowhere is no mistake to ODK, but hardly what the author means."""
    for part in parts(tree):
        name = question_name(part) if isinstance(part, Path) else ""
        if isinstance(part, Path) and name and not names.counts[name]:
            told = "/".join(("" if part.root else ".", *(step.name for step in part.steps))).removeprefix("./")
            yield _at(source, "expression.no_path", column, path=told)


def _named(source: Source, column: str, referred: list[str], names: Names) -> Iterator[Problem]:
    for name in sorted(set(referred)):
        count = names.counts[name]
        if count == 1:
            continue
        guess = "" if count else names.guesses.nearest(name, names.counts)
        code = "expression.ambiguous" if count else "expression.misspelt" if guess else "expression.unknown_name"
        yield _at(source, code, column, name=name, **({"guess": guess} if guess else {}))


def _text(source: Source, column: str, text: Text, names: Names) -> Iterator[Problem]:
    for words in text.by_language.values():
        for broken in _BROKEN.findall(words):
            yield _at(source, "reference.invalid", column, words=broken)
    referred = [name for words in text.by_language.values() for name in REFERENCE.findall(words)]
    yield from _named(source, column, referred, names)


def _default(question: Question, names: Names, place: Place | None) -> Iterator[Problem]:
    if not looks_dynamic(question.default, question.type):
        return
    if dynamic_default(question.default, question.type) is None:
        yield _at(question.source, "default.as_text", "default", default=question.default)
    else:
        scope = FormScope(names.tree, place) if place else None
        yield from _expression(question.source, "default", question.default, names, scope)


def _trigger(question: Question, names: Names) -> Iterator[Problem]:
    for name in question.trigger:
        found = names.tree.named.get(name, ())
        node = found[0].node if found else None
        if isinstance(node, Group):
            yield _at(question.source, "expression.unknown_name", "trigger", name=name)
        elif isinstance(node, Question) and _is_unseen(node):
            yield _at(question.source, "trigger.unseen", "trigger", name=name)
    yield from _named(question.source, "trigger", list(question.trigger), names)


def _is_unseen(question: Question) -> bool:
    is_computed = bool(question.calculation or question.trigger)
    return question.type == "calculate" or (is_computed and not question.label and not question.hint)


def _at(source: Source, code: str, column: str, **values: str) -> Problem:
    return Problem(code, source.sheet, source.row, column, values)
