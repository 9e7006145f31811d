"""Where references and paths lead: each value is the one that ODK Web Forms' engine (0.22) came to."""

from datetime import date

import pytest

from forms.questionnaire import Question, Questionnaire, Source, Text
from forms.running.computing import MOST_NODES
from forms.running.filling import Filling
from forms.running.flow import Flow
from forms.xlsform.importing import import_file

TODAY = date(2026, 11, 22)
#: r[1]: x 5, its in[1]/z 1 and in[2]/z 2; r[2]: x 6, its in[1]/z 3 and in[2]/z 4.
FORM = """
    | survey |
    | | type | name | label | calculation |
    | | text | zz | ZZ | |
    | | begin_repeat | r | R | |
    | | integer | x | X | |
    | | begin_repeat | in | In | |
    | | integer | z | Z | |
    | | calculate | before | | {inner} |
    | | end_repeat | | | |
    | | end_repeat | | | |
    | | calculate | found | | {outer} |
"""
ANSWERS = {"x[1]": "5", "x[2]": "6", "z[1,1]": "1", "z[1,2]": "2", "z[2,1]": "3", "z[2,2]": "4"}


def state(outer="1", inner="1"):
    imported = import_file("form.md", FORM.format(outer=outer, inner=inner).encode())
    assert imported.questionnaire, imported.problems
    fill = Filling(Flow(imported.questionnaire), TODAY, "en")
    answers = fill.with_another(fill.begun(), "/data/r")
    for time, more in ((1, 1), (2, 2)):
        answers = fill.with_another(answers, "/data/r/in", (time,), more)
    return fill.state(fill.changed(answers, ANSWERS))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("join(',', /data/r/in[1]/z)", "1"),
        ("join(',', /data/r/x[2])", "6"),
        ("join(',', /data/r[2]/in[last()]/z)", "4"),
        ("join(',', //z)", "1,2,3,4"),
        ("join(',', /data/r/descendant::z)", "1,2,3,4"),
        ("count(//x)", "2"),
        ("join(',', /data//z[. > 2])", "3,4"),
        ("join(',', ${in}[2]/z)", "2"),
        ("${in}[2]/z", "2"),
        ("count(${r}[x > 5]/in)", "2"),
        ("join(',', ${z}[. > 1])", "2,3,4"),
        ("count(/data/r/in/z[. > 1])", "3"),
        ("count(instance('none')/root/item)", "0"),
        ("string(/data/r[2]/in[1])", "31"),
        ("string(/data/nothing)", ""),
    ],
)
def test_paths_lead_where_they_lead_in_odk(expression, value):
    assert state(outer=expression).value("found") == value


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("../preceding-sibling::in[1]/z", ["", "1", "", "3"]),
        ("../following-sibling::in[1]/z", ["2", "", "4", ""]),
        ("../parent::r/x", ["5", "5", "6", "6"]),
        ("ancestor::r/x", ["5", "5", "6", "6"]),
        ("count(ancestor-or-self::*)", ["4", "4", "4", "4"]),
        ("count(../descendant-or-self::in)", ["1", "1", "1", "1"]),
        ("../self::in/z", ["1", "2", "3", "4"]),
        ("../../preceding-sibling::zz", ["", "", "", ""]),
        ("count(../../../following-sibling::*)", ["0", "0", "0", "0"]),
        ("count(../../following-sibling::found)", ["1", "1", "1", "1"]),
    ],
)
def test_every_axis_leads_somewhere(expression, values):
    now = state(inner=expression)

    assert [now.value(f"before[{times}]") for times in ("1,1", "1,2", "2,1", "2,2")] == values


def asked(name, **columns):
    return Question(name, "calculate", f"/data/{name}", Source("survey", 2), **columns)


@pytest.mark.parametrize("step", [1, -1, 7])
def test_six_hundred_calculations_in_a_row_are_computed_in_whatever_order_they_stand(step):
    rows = [asked(f"c{number}", calculation=f"${{c{number - 1}}} + 1") for number in range(1, 601)]
    rows = [*rows[::step], *(row for row in rows if row not in rows[::step])]
    first = Question("c0", "integer", "/data/c0", Source("survey", 2))
    form = Questionnaire(Text({"en": "F"}), "f", ("en",), "en", (*rows, first), {})

    assert Flow(form).state({"c0": "1"}, TODAY, "en").value("c600") == "601"


def counted(calculation, count="${n}", inner="0"):
    text = f"""
    | survey |
    | | type | name | label | calculation | repeat_count | relevant |
    | | integer | n | N | | | |
    | | begin_repeat | r | R | | {count} | |
    | | calculate | t | | {calculation} | | |
    | | begin_repeat | q | Q | | {inner} | |
    | | calculate | u | | sum(/data/r/q/v) + count(/data/r/q[v > 1]) | | |
    | | integer | v | V | | | |
    | | end_repeat | | | | | |
    | | end_repeat | | | | | |
    """
    imported = import_file("form.md", text.encode())
    assert imported.questionnaire, imported.problems
    return Flow(imported.questionnaire).form, Filling(Flow(imported.questionnaire), TODAY, "en")


def test_times_that_wait_for_the_last_one_are_computed_from_there():
    _, fill = counted("coalesce(indexed-repeat(${t}, ${r}, position(..) + 1), 0) + 1")

    assert fill.state({"n": "100"}).value("t[1]") == "100"


@pytest.mark.parametrize(("count", "times"), [("1000000000", 100), ("NaN", 0), ("Infinity", 0), ("-5", 0), ("1.9", 1)])
def test_any_count_is_bounded(count, times):
    form, fill = counted("1")

    assert fill.state({"n": count}).count(form.tree.groups["/data/r"], ()) == times


def test_repeats_within_repeats_share_the_room_and_the_work_that_there_is():
    _, fill = counted("1", "100", "100")

    values = fill.state(fill.begun()).values

    assert 1_000 < len(values) <= MOST_NODES
    assert len([name for name in values if name.startswith("v[")]) == 2_500


def test_a_ring_through_the_times_of_a_repeat_ends():
    _, fill = counted("concat(indexed-repeat(${t}, ${r}, position(..) mod ${n} + 1), 'x')")

    assert "x" in fill.state({"n": "100"}).value("t[1]")
