"""What a page with live questions shows, what it holds ready, and which headings come and go with them."""

from forms.live_pages import live_blocks
from forms.questionnaire import Text
from forms.running.flow import Flow, Spot
from forms.words import Wording
from tests.forms.running.small_forms import TODAY, ask, form, group


def text(english):
    return Text({"en": english})


def blocks(*children, typed=None, **answers):
    """Of each block: what it is, its condition or the questions that it stands over, and whether it is open."""
    flow = Flow(form(group("page", *children, appearance="field-list")))
    wording = Wording(flow.state(answers, TODAY, "en"), "en", "en")
    return live_blocks(flow, Spot(0), wording, typed or {})


def outline(*children, **answers):
    return [
        (block.field.name if block.field else str(block.heading.html), block.condition or block.over, block.is_open)
        for block in blocks(*children, **answers)
    ]


def test_a_page_without_live_questions_has_no_blocks():
    assert blocks(ask("a"), ask("b")) == ()


def test_a_closed_question_lies_ready_in_its_place():
    children = (ask("a"), ask("b", relevant="${a} = 'x'"), ask("c"))
    condition = '["=",["$t","a"],"x"]'
    assert outline(*children) == [("a", "", True), ("b", condition, False), ("c", "", True)]
    assert outline(*children, a="x") == [("a", "", True), ("b", condition, True), ("c", "", True)]


def test_a_question_that_only_the_server_follows_is_not_there():
    assert [
        block[0] for block in outline(ask("a"), ask("b", relevant="${a} > random()"), ask("c", relevant="${a} = 1"))
    ] == [
        "a",
        "c",
    ]


def test_a_heading_comes_with_the_first_of_its_questions():
    inner = group("inner", ask("b"), ask("c", relevant="${b} = 'y'"), label=text("More"), relevant="${a} = 'x'")
    assert [row for row in outline(ask("a"), inner) if row[0] == "More"] == [("More", "b c", False)]
    assert [row for row in outline(ask("a"), inner, a="x") if row[0] == "More"] == [("More", "b c", True)]


def test_a_heading_over_a_question_that_is_always_there_stays():
    inner = group("inner", ask("b", relevant="${a} = 'x'"), ask("c"), label=text("More"))
    assert [block[:3] for block in outline(ask("a"), inner)][1] == ("More", "", True)


def test_a_group_without_a_label_has_no_heading():
    inner = group("inner", ask("b"), relevant="${a} = 'x'")
    assert [block[0] for block in outline(ask("a"), inner)] == ["a", "b"]


def test_what_lies_ready_has_its_default_and_what_is_open_what_was_typed():
    made = blocks(ask("a"), ask("b", relevant="${a} = 'x'", default="first"), typed={"a": ["<typed>"]})
    assert [block.field.value for block in made] == ["<typed>", "first"]


def test_a_condition_is_safe_between_single_quotation_marks():
    (_, block) = blocks(ask("a"), ask("b", relevant="""${a} = "it's <b> & &#34;" """))
    assert block.condition == '["=",["$t","a"],"it&#39;s &lt;b&gt; &amp; &amp;#34;"]'
