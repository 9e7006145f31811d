"""What follows from a change: each value is the one that ODK Web Forms' engine (0.22) came to on the same steps."""

from datetime import date

import pytest

from forms.running.filling import Filling, NotInTheForm
from forms.running.flow import Flow
from forms.xlsform.importing import import_file

CHOICES = """
    | choices |
    | | list_name | name | label | f |
    | | l | a | A | 1 |
    | | l | b | B | 1 |
    | | l | c | C | 2 |
    | | l | d | D | |
"""


def filling(survey):
    imported = import_file("form.md", f"| survey |\n{survey}\n{CHOICES}".encode())
    assert imported.questionnaire, imported.problems
    return Filling(Flow(imported.questionnaire), date(2026, 11, 22), "en")


def after(survey, *changes):
    """The state after these changes; a text adds a time to the repeat of that path, a tuple removes one."""
    fill = filling(survey)
    answers = fill.begun()
    for change in changes:
        if isinstance(change, str):
            answers = fill.with_another(answers, change)
        elif isinstance(change, tuple):
            answers = fill.without(answers, *change)
        else:
            answers = fill.changed(answers, change)
    return fill.state(answers)


EDITED = """
    | | type | name | label | calculation | relevant |
    | | integer | a | A | | |
    | | integer | b | B | | |
    | | text | e | E | if(${a} > 3, 'x', 'y') | ${b} != 2 |
    | | text | o | O | once(concat('k', ${a})) | |
    | | calculate | u | | if(${a} > 2, once(${a}), '') | |
"""


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ([{"a": "5"}], "x"),
        ([{"a": "5"}, {"e": "own"}], "own"),
        ([{"a": "5"}, {"e": "own"}, {"a": "6"}], "own"),
        ([{"a": "5"}, {"e": "own"}, {"a": "1"}], "y"),
        ([{"a": "5"}, {"e": ""}], ""),
        ([{"a": "5"}, {"e": "own"}, {"b": "2"}], ""),
        ([{"a": "5"}, {"e": "own"}, {"b": "2"}, {"b": "3"}], "x"),
    ],
)
def test_what_is_written_over_a_calculation_stays_until_that_comes_to_something_else(changes, value):
    assert after(EDITED, *changes).value("e") == value


@pytest.mark.parametrize(
    ("changes", "values"),
    [
        ([{"a": "5"}], ("k", "5")),
        ([{"a": "5"}, {"o": ""}], ("k5", "5")),
        ([{"a": "5"}, {"o": "own"}, {"a": "6"}], ("own", "5")),
        ([{"a": "5"}, {"a": "1"}, {"a": "6"}], ("k", "6")),
    ],
)
def test_what_is_computed_once_stays(changes, values):
    state = after(EDITED, *changes)

    assert (state.value("o"), state.value("u")) == values


IN_REPEAT = """
    | | type | name | label | calculation | trigger |
    | | integer | a | A | | |
    | | begin_repeat | r | R | | |
    | | integer | x | X | | |
    | | integer | y | Y | ${x} + ${a} | |
    | | text | t | T | concat('t', ${x}, ${a}) | ${x} |
    | | text | emptied | E | | ${x} |
    | | end_repeat | | | | |
    | | text | agg | Agg | sum(${y}) | |
"""


def test_a_trigger_fires_in_its_own_time_only_and_not_for_a_time_that_is_new():
    state = after(IN_REPEAT, {"a": "2"}, "/data/r", {"x[1]": "5"}, "/data/r")

    assert [state.value(f"t[{time}]") for time in (1, 2, 3)] == ["t52", "", ""]


def test_a_trigger_without_a_calculation_empties():
    state = after(IN_REPEAT, {"emptied[1]": "full"}, {"x[1]": "5"})

    assert state.value("emptied[1]") == ""


def test_a_trigger_fires_again_only_when_its_question_changes():
    state = after(IN_REPEAT, {"x[1]": "5"}, {"t[1]": "own"}, {"x[1]": "5"}, {"a": "3"})

    assert state.value("t[1]") == "own"


def test_times_that_move_up_bring_along_what_was_written_over_their_calculations():
    steps = ({"a": "1"}, "/data/r", "/data/r", {"x[2]": "5", "y[2]": "50", "x[3]": "6"}, {"y[3]": "60"})

    state = after(IN_REPEAT, *steps, ("/data/r", (1,)))

    assert [state.value(name) for name in ("y[1]", "y[2]", "t[1]", "t[2]")] == ["50", "60", "t51", "t61"]


def test_a_sum_that_was_written_over_is_made_anew_when_it_changes():
    steps = ({"a": "1"}, {"x[1]": "5"}, {"agg": "own"})

    assert after(IN_REPEAT, *steps).value("agg") == "own"
    assert after(IN_REPEAT, *steps, {"x[1]": "6"}).value("agg") == "7"


NESTED = """
    | | type | name | label | repeat_count |
    | | integer | n | N | |
    | | begin_repeat | a | A | |
    | | begin_repeat | direct | D | |
    | | text | d | D | |
    | | end_repeat | | | |
    | | begin_group | g | G | |
    | | begin_repeat | grouped | G | |
    | | text | e | E | |
    | | end_repeat | | | |
    | | end_group | | | |
    | | begin_repeat | twice | T | 2 |
    | | begin_repeat | inner | I | |
    | | text | i | I | |
    | | end_repeat | | | |
    | | end_repeat | | | |
    | | end_repeat | | | |
    | | begin_repeat | counted | C | ${n} |
    | | begin_repeat | within | W | |
    | | text | w | W | |
    | | end_repeat | | | |
    | | end_repeat | | | |
"""


def names(state, letter):
    return [name for name in state.names() if name.startswith(f"{letter}[")]


def test_what_is_nested_begins_once_where_a_form_is_opened_and_in_groups():
    state = after(NESTED, "/data/a", {"n": "2"})

    assert names(state, "d") == ["d[1,1]"]
    assert names(state, "e") == ["e[1,1]", "e[2,1]"]
    assert names(state, "i") == ["i[1,1,1]"]
    assert names(state, "w") == ["w[1,1]"]


def test_nobody_adds_to_a_time_that_is_not_there():
    fill = filling(NESTED)

    with pytest.raises(NotInTheForm):
        fill.with_another(fill.begun(), "/data/a/direct", (2,))


DEFAULTS = """
    | | type | name | label | default | relevant | choice_filter |
    | | integer | a | A | 5 | | |
    | | integer | bad | Bad | abc | | |
    | | integer | cut | Cut | 5.7 | | |
    | | date | day | Day | 2024-2-3 | | |
    | | integer | minus | Minus | 5 - 3 | | |
    | | text | plain | Plain | a-b | | |
    | | text | late | Late | concat('x', ${a}) | ${a} = 7 | |
    | | text | still | Still | there | ${a} = 7 | |
    | | select_one l | s | S | c | | f = ${a} |
    | | begin_repeat | r | R | | | |
    | | integer | x | X | ${a} * 2 | | |
    | | end_repeat | | | | | |
"""


@pytest.mark.parametrize(
    ("name", "value"),
    [("bad", ""), ("cut", "5"), ("day", ""), ("minus", "2"), ("plain", "a-b"), ("s", ""), ("x[1]", "10")],
)
def test_defaults_are_what_the_question_can_hold(name, value):
    assert after(DEFAULTS).value(name) == value


def test_defaults_are_computed_once_and_for_each_time_that_is_added():
    state = after(DEFAULTS, {"a": "6"}, "/data/r", {"a": "7"})

    assert [state.value(name) for name in ("x[1]", "x[2]", "late", "still")] == ["10", "12", "", "there"]


def test_a_default_that_is_not_offered_comes_back_when_it_is():
    assert after(DEFAULTS, {"a": "2"}).value("s") == "c"


COUNTED = """
    | | type | name | label | repeat_count | default | calculation |
    | | integer | n | N | | 2 | |
    | | begin_repeat | r | R | ${n} | | |
    | | integer | x | X | | ${n} + position(..) | |
    | | end_repeat | | | | | |
    | | begin_repeat | s | S | count(${r}) | | |
    | | calculate | same | | | | indexed-repeat(${x}, ${r}, position(..)) |
    | | end_repeat | | | | | |
    | | calculate | all | | | | join(',', ${same}) |
"""


@pytest.mark.parametrize(
    ("counts", "text"),
    [([], "3,4"), (["3"], "3,4,6"), (["1"], "3"), (["1", ""], "3"), (["1", "2"], "3,4"), (["0"], "")],
)
def test_a_count_is_followed_at_once_by_another_too(counts, text):
    assert after(COUNTED, *({"n": count} for count in counts)).value("all") == text


def test_only_answers_that_set_something_off_are_followed_one_by_one():
    form = filling("""
        | | type | name | label | calculation | relevant | trigger | default |
        | | text | far | A | | | | |
        | | text | near | A | | ${far} = '1' | | |
        | | text | plain | A | | | | concat('a', 'b') |
        | | calculate | made | | concat(${near}, ${plain}) | | | |
        | | text | written | B | 'x' | | ${near} | |
    """).flow.form

    assert form.stirring == {"far", "near", "written"}


def test_a_page_of_hundreds_of_answers_in_a_form_with_computed_defaults_is_taken_over_at_once(monkeypatch):
    rows = "\n".join(f"| | text | q{n} | A | concat('a', {n}) |" for n in range(300))
    fill = filling(f"| | type | name | label | default |\n{rows}")
    made = []
    monkeypatch.setattr(Flow, "state", lambda *given: made.append(given))

    answers = fill.changed({}, {f"q{n}": "b" for n in range(300)})

    assert (len(answers), made) == (300, [])


def test_a_page_of_hundreds_of_answers_that_all_set_something_off_is_followed_in_bounded_steps(monkeypatch):
    names = ", ".join(f"${{q{n}}}" for n in range(250))
    rows = "\n".join(f"| | text | q{n} | A | |" for n in range(250))
    fill = filling(f"| | type | name | label | calculation |\n{rows}\n| | text | all | B | concat({names}) |")
    steps = []
    followed = Filling._followed
    monkeypatch.setattr(Filling, "_followed", lambda self, *given: steps.append(1) or followed(self, *given))

    answers = fill.changed({"all": "mine"}, {f"q{n}": "b" for n in range(250)})

    assert len(steps) <= 100
    assert fill.state(answers).value("all") == "b" * 250
