"""A tree that is written out and read again is the same tree; a text that is none is a plain problem."""

import gc
import time

from hypothesis import example, given
from hypothesis import strategies as st

from forms.expressions.parsing import ExpressionProblem, parse
from forms.expressions.signatures import SIGNATURES, counts
from forms.expressions.syntax import Call, Chain, Literal, Negative, Path, Reference, Step
from tests.forms.expressions.generated import BOUNDED, odk

NAMES = st.sampled_from(["a", "b-c", "d.e", "or", "div", "jr:count", "नाम", "_x1"])
TEXTS = st.text(st.characters(exclude_characters='"', exclude_categories=["Cs"]), max_size=8)


def written(tree):
    """The tree as an expression with a bracket around everything that could need one."""
    return WRITERS[type(tree)](tree)


def quoted(text):
    return f'"{text}"' if "'" in text else f"'{text}'"


def step(made):
    name = made.name if made.axis == "child" else f"{made.axis}::{made.name}"
    return name + "".join(f"[{written(predicate)}]" for predicate in made.predicates)


def path(tree):
    steps = "/".join(map(step, tree.steps))
    return f"{written(tree.root)}/{steps}" if isinstance(tree.root, Call) else tree.root + steps


def chain(tree):
    rest = "".join(f" {operator} ({written(operand)})" for operator, operand in tree.rest)
    return f"({written(tree.first)}){rest}"


WRITERS = {
    Literal: lambda tree: quoted(tree.value) if isinstance(tree.value, str) else format(tree.value, "f"),
    Reference: lambda tree: f"${{{tree.name}}}",
    Negative: lambda tree: f"-({written(tree.operand)})",
    Call: lambda tree: f"{tree.function}({', '.join(map(written, tree.arguments))})",
    Path: path,
    Chain: chain,
}


def placeless(tree):
    """The tree without its places, which brackets move."""
    if isinstance(tree, Step):
        return (tree.name, tree.axis, *map(placeless, tree.predicates))
    if isinstance(tree, Path):
        return (placeless(tree.root), *map(placeless, tree.steps))
    if isinstance(tree, Call):
        return (tree.function, *map(placeless, tree.arguments))
    if isinstance(tree, Chain):
        return (placeless(tree.first), *((operator, placeless(operand)) for operator, operand in tree.rest))
    if isinstance(tree, Negative):
        return ("-", placeless(tree.operand))
    return tree.name if isinstance(tree, Reference) else tree


def calls_of(name, inner):
    least, most = counts(name)
    arguments = st.lists(inner, min_size=least, max_size=least if most is None else most)
    return st.builds(Call, st.just(name), arguments.map(tuple))


def larger(inner):
    axes = st.sampled_from(["child", "descendant", "preceding-sibling", "ancestor-or-self"])
    steps = st.lists(
        st.builds(Step, NAMES | st.just("*"), st.lists(inner, max_size=1).map(tuple), axes), min_size=1, max_size=3
    )
    calls = st.sampled_from(sorted(SIGNATURES)).flatmap(lambda name: calls_of(name, inner))
    operators = st.sampled_from([("or",), ("and",), ("=", "!="), ("<", ">="), ("+", "-"), ("*", "div", "mod"), ("|",)])
    rest = operators.flatmap(
        lambda level: st.lists(st.tuples(st.sampled_from(level), inner), min_size=1, max_size=4).map(tuple)
    )
    return (
        st.builds(Path, st.sampled_from(["", "/"]) | calls, steps.map(tuple))
        | calls
        | st.builds(Negative, inner)
        | st.builds(Chain, inner, rest)
    )


LITERALS = TEXTS | st.floats(min_value=0, max_value=1e6).map(lambda number: float(format(number, "f")))
TREES = st.recursive(st.builds(Literal, LITERALS) | st.builds(Reference, NAMES), larger, max_leaves=6)


@BOUNDED
@given(TREES)
def test_a_tree_written_out_is_read_as_the_same_tree(tree):
    assert placeless(parse(written(tree))) == placeless(tree)


@BOUNDED
@given(st.one_of(*odk(2)))
def test_what_authors_write_is_read_the_same_when_written_again(text):
    tree = parse(text)

    assert placeless(parse(written(tree))) == placeless(tree)


@BOUNDED
@given(st.text(st.sampled_from("a1.'\"‘”${}()[]/|+-*=<>!,: @ and or div\u00a0") | st.characters(), max_size=40))
@example("a::b::c")
@example("::")
@example("/")
@example("${a}[1]")
def test_any_text_is_a_tree_or_a_problem_with_its_place(text):
    assert place_of_problem(text) <= len(text)


def place_of_problem(text):
    try:
        parse(text)
    except ExpressionProblem as problem:
        return problem.position
    return 0


def seconds(work):
    """The shortest of three, without the collector, which would look through all that other tests have left."""
    taken = []
    for _ in range(3):
        gc.disable()
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
        gc.enable()
    return min(taken)


def test_reading_takes_time_in_proportion_to_length():
    short, long = (" + ".join(["concat('a', ${b})"] * count) for count in (150, 1500))

    parse(short)

    assert seconds(lambda: parse(long)) < 40 * max(seconds(lambda: parse(short)), 0.001)
