"""The way through a questionnaire, and what is kept at its end."""

from forms.running.flow import Flow, Spot, final_answers
from tests.forms.running.small_forms import TODAY, ask, form, group, state


def paged():
    return Flow(
        form(
            group("first", ask("a"), appearance="field-list"),
            group("second", ask("b"), appearance="field-list", relevant="${a} = 'more'"),
            group("third", ask("c", "note"), appearance="w1 field-list"),
        )
    )


def test_pages_with_nothing_to_show_are_passed_over():
    flow = paged()
    now = flow.state({}, TODAY, "en")

    assert len(flow.pages) == 3
    assert [flow.next_page(now, spot) for spot in (None, Spot(0), Spot(2))] == [Spot(0), Spot(2), None]
    assert [flow.previous_page(now, spot) for spot in (None, Spot(2), Spot(0))] == [Spot(2), Spot(0), None]


def test_progress_counts_the_pages_that_are_relevant_now():
    flow = paged()

    assert flow.progress(flow.state({}, TODAY, "en"), Spot(2)) == (2, 2)
    assert flow.progress(flow.state({"a": "more"}, TODAY, "en"), Spot(1)) == (2, 3)


def test_final_answers_are_the_relevant_ones():
    now = state(
        ask("a"),
        ask("gone", relevant="${a} = 'y'"),
        ask("empty"),
        ask("ticks", "select_multiple", list_name="yes_no"),
        ask("sum", "calculate", calculation="1 + 1"),
        ask("told", "note", calculation="'x'"),
        a="x",
        gone="secret",
    )

    assert final_answers(now) == {"a": "x", "ticks": ""}


def test_a_flow_knows_which_questions_come_filled_in():
    flow = Flow(form(ask("a", default="1"), ask("b", calculation="1"), ask("c")))

    assert [flow.fills_in(name) for name in ("a", "b", "c", "d")] == [True, True, False, False]


def test_what_is_kept_is_made_coarser_or_left_out_where_the_form_says_so():
    now = state(
        ask("street", anonymise="drop"), ask("born", "date", anonymise="band"), street="Main", born="1990-05-17"
    )

    assert final_answers(now) == {"born": "1990-05-01"}
