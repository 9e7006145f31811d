"""ODK expression text read into a syntax tree."""

import sys

import pytest

from forms.expressions.parsing import MAX_DEPTH, ExpressionProblem, parse, references
from forms.expressions.syntax import Call, Chain, Literal, Negative, Path, Reference, Step
from forms.expressions.tokens import MAX_LENGTH


def test_operators_of_one_precedence_make_one_flat_chain():
    assert parse("1 - 2 + 3") == Chain(Literal(1.0), (("-", Literal(2.0)), ("+", Literal(3.0))))


def test_tighter_operators_stand_inside_looser_ones():
    product = Chain(Literal(2.0), (("*", Literal(3.0)),))

    assert parse("1 + 2 * 3 = 7") == Chain(Chain(Literal(1.0), (("+", product),)), (("=", Literal(7.0)),))


def test_word_operators_are_names_where_an_operand_stands():
    assert parse("../or or div") == Chain(
        Path("", (Step(".."), Step("or"))), (("or", Path("", (Step("div"),), position=9)),)
    )


def test_a_star_after_an_operand_multiplies_and_elsewhere_is_any_name():
    assert parse("${a} * 2") == Chain(Reference("a"), (("*", Literal(2.0)),))
    assert parse("../*") == Path("", (Step(".."), Step("*")))


def test_names_may_hold_hyphens_dots_and_letters_of_any_script():
    assert parse("${âge-du.membre}") == Reference("âge-du.membre")


def test_curly_quotation_marks_quote():
    assert parse("‘yes’") == parse("“yes”") == Literal("yes")


def test_a_curly_quotation_mark_may_be_closed_by_a_straight_one():
    assert parse("‘yes'") == parse('“yes"') == Literal("yes")
    assert parse("'it’s “here”'") == Literal("it’s “here”")


def test_names_are_those_of_xml():
    assert parse("../नाम-१") == Path("", (Step(".."), Step("नाम-१")))
    assert parse("${jr:count}\u00a0+ 1") == Chain(Reference("jr:count"), (("+", Literal(1.0)),))


def test_a_hyphen_belongs_to_a_name_and_a_minus_stands_free():
    assert parse("a-b") == Path("", (Step("a-b"),))
    assert parse("a - b") == Chain(Path("", (Step("a"),)), (("-", Path("", (Step("b"),), 4)),))


def test_a_step_may_look_along_another_axis():
    assert parse("preceding-sibling::*[1]") == Path("", (Step("*", (Literal(1.0),), "preceding-sibling"),))
    assert parse("//x/y") == Path("/", (Step("x", (), "descendant"), Step("y")))
    assert parse("current()//x") == Path(Call("current", ()), (Step("x", (), "descendant"),))


def test_minus_signs_are_counted():
    assert parse("-${a}") == Negative(Reference("a", 1))
    assert parse("--${a}") == Negative(Negative(Reference("a", 2)))


def test_paths_keep_their_root_steps_and_conditions():
    tree = parse("instance('x')/root/item[name = 'a'][1]/label")

    assert tree.root == Call("instance", (Literal("x"),))
    assert [step.name for step in tree.steps] == ["root", "item", "label"]
    assert len(tree.steps[1].predicates) == 2


def test_the_last_saved_answer_is_always_empty():
    assert parse("${last-saved#town}") == Literal("")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("${a} + ../b + /data/g/c + current()/../d", {"a", "b", "c", "d"}),
        ("if(${a}, -${b}, concat('${x}', 1))", {"a", "b"}),
        ("region = ${area} and . != ''", {"area"}),
        ("instance('x')/root/item[town = ${t}]/label", {"t"}),
        ("../.. or current()/.", set()),
        ("//a + ancestor::g/b + self::c + following-sibling::d", {"a", "b", "d"}),
    ],
)
def test_references_are_the_questions_that_are_read(text, names):
    assert references(parse(text)) == names


@pytest.mark.parametrize(
    ("text", "reason", "position"),
    [
        ("", "stops before", 0),
        ("1 +", "stops before", 3),
        ("(1", "opened and never closed", 0),
        ("1 + concat('a', ", "stops before", 16),
        ("1 + concat('a'", "opened and never closed", 10),
        ("(1))", "closes no bracket", 3),
        ("concat('a',)", "closes no bracket", 11),
        ("concat('a' 'b')", "not expected", 11),
        ("1 2", "not expected", 2),
        ("a[1", "opened and never closed", 1),
        ("@a", "Attributes", 0),
        ("../@a", "Attributes", 3),
        ("1 AND 2", "written in small letters", 2),
        ("1 == 2", "Write = in place of ==", 2),
        ("${a} <> 2", "Write != in place of <>", 5),
        ("1 ≥ 2", "Write >= in place of ≥", 2),
        ("${a} – 2", "Write - in place of –", 5),
        ("1 &lt; 2", "Write < in place of &lt;", 2),
        ("!true()", r"Write not\(…\) in place of !", 0),
        ("1 % 2", "Write mod in place of %", 2),
        ("following::a", "no way following::", 0),
        ("../text()", r"text\(\) has no place", 3),
        ("'abc", "never closed", 0),
        ("$name", r"written \${name}", 0),
        ("${a b}", r"written \${name}", 0),
        ("a ? b", "no meaning", 2),
        ("1" * (MAX_LENGTH + 1), "too long", MAX_LENGTH),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text, reason, position):
    with pytest.raises(ExpressionProblem, match=reason) as problem:
        parse(text)

    assert problem.value.position == position
    assert str(position + 1) in str(problem.value)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "if(1," * 5_000,
        "a[" * 10_000,
        "not(" * 5_000 + "1" + ")" * 5_000,
        "1 or 1 and 1 = 1 < 1 + 1 * (" * 1_000,
    ],
)
def test_hostile_depth_is_a_plain_problem(text):
    with pytest.raises(ExpressionProblem, match="too many brackets"):
        parse(text)


def test_hostile_length_is_read_without_depth():
    terms = 8_000

    assert len(parse("+".join("1" * terms)).rest) == terms - 1
    assert isinstance(parse("-" * terms + "1"), Negative)


def test_depth_within_the_limit_needs_little_of_the_stack():
    limit = sys.getrecursionlimit()

    tree = parse("(" * (MAX_DEPTH - 1) + "1" + ")" * (MAX_DEPTH - 1))

    assert tree == Literal(1.0)
    assert sys.getrecursionlimit() == limit
