"""Repeats: what a reference means within and around them, how many there are, and the way through their pages."""

from datetime import date

import pytest

from forms.questionnaire import Group
from forms.running.filling import Filling, NotInTheForm
from forms.running.flow import Flow, Spot, final_answers
from forms.xlsform.importing import import_file

TODAY = date(2026, 11, 22)
HOUSEHOLD = """
    | survey |
    | | type | name | label | calculation | repeat_count |
    | | integer | n | N | | |
    | | begin_repeat | member | Member | | |
    | | text | name | Name | | |
    | | integer | age | Age | | |
    | | calculate | place | | position(..) | |
    | | calculate | own | | sum(${age}) | |
    | | calculate | many | | count(${member}) | |
    | | calculate | all | | sum(/data/member/age) | |
    | | calculate | before | | indexed-repeat(${age}, ${member}, position(..) - 1) | |
    | | calculate | total | | coalesce(indexed-repeat(${total}, ${member}, position(..) - 1), 0) + ${age} | |
    | | begin_repeat | child | Child | | |
    | | text | toy | Toy of ${name} | | |
    | | end_repeat | | | | |
    | | end_repeat | | | | |
    | | begin_repeat | visit | Visit | | ${n} |
    | | text | where | Where | | |
    | | end_repeat | | | | |
    | | calculate | sum | | sum(${age}) | |
    | | calculate | count | | count(${member}) | |
    | | calculate | names | | join('-', ${name}) | |
    | | calculate | second | | /data/member[2]/name | |
    | | calculate | old | | join(',', /data/member[age > 40]/name) | |
    | | calculate | last | | /data/member[position() = last()]/name | |
    | | note | end | Bye | | |
"""


def filling(text=HOUSEHOLD):
    imported = import_file("form.md", text.encode())
    assert imported.questionnaire, imported.problems
    return Filling(Flow(imported.questionnaire), TODAY, "en")


def two_members():
    fill = filling()
    answers = fill.with_another(fill.begun(), "/data/member")
    ana = {"name[1]": "Ana", "age[1]": "50"}
    return fill, fill.changed(answers, {**ana, "name[2]": "Bo", "age[2]": "20"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("place[2]", "2"),
        ("own[2]", "20"),
        ("many[2]", "2"),
        ("all[1]", "70"),
        ("before[1]", ""),
        ("before[2]", "50"),
        ("total[2]", "70"),
        ("sum", "70"),
        ("count", "2"),
        ("names", "Ana-Bo"),
        ("second", "Bo"),
        ("old", "Ana"),
        ("last", "Bo"),
    ],
)
def test_references_mean_what_they_mean_to_odk(name, value):
    fill, answers = two_members()

    assert fill.state(answers).value(name) == value


def test_a_repeat_begins_with_one_time_and_one_that_is_added_has_none_of_the_repeats_within():
    fill, answers = two_members()

    assert [name for name in fill.state(answers).names() if name.startswith(("name[", "toy"))] == [
        "name[1]",
        "name[2]",
        "toy[1,1]",
    ]


def test_removing_a_time_moves_up_those_after_it():
    fill, answers = two_members()
    answers = fill.with_another(answers, "/data/member/child", (2,))
    answers = fill.changed(answers, {"toy[2,1]": "ball"})

    left = fill.without(answers, "/data/member", (1,))

    assert {name: fill.state(left).value(name) for name in ("name[1]", "toy[1,1]", "count")} == {
        "name[1]": "Bo",
        "toy[1,1]": "ball",
        "count": "1",
    }
    assert not any("[2" in name for name in left)


def test_a_count_that_shrinks_takes_its_answers_along_and_one_that_is_unknown_changes_nothing():
    fill = filling()
    answers = fill.changed(fill.begun(), {"n": "2", "where[2]": "home"})
    unknown = fill.changed(answers, {"n": ""})
    shrunk = fill.changed(fill.changed(answers, {"n": "1"}), {"n": "2"})

    assert fill.state(unknown).value("where[2]") == "home"
    assert fill.state(shrunk).value("where[2]") == ""
    assert "where[2]" in fill.state(shrunk).values


@pytest.mark.parametrize(("path", "positions"), [("/data/visit", (1,)), ("/data/none", (1,)), ("/data/member", (3,))])
def test_nobody_removes_what_is_not_theirs_to_remove(path, positions):
    fill, answers = two_members()

    with pytest.raises(NotInTheForm):
        fill.without(answers, path, positions)


def test_a_count_is_bounded_whatever_is_asked_for():
    fill = filling()

    assert fill.state(fill.changed({}, {"n": "2147483647"})).count(fill.flow.form.tree.groups["/data/visit"], ()) == 100


def test_the_way_leads_through_each_time_of_a_repeat():
    fill, answers = two_members()
    flow, state = fill.flow, fill.state(answers)

    assert flow.spots(state) == (Spot(0), Spot(1, (1,)), Spot(2, (1, 1)), Spot(1, (2,)), Spot(2, (2, 0)), Spot(4))
    assert flow.next_page(state, Spot(1, (1,))) == Spot(2, (1, 1))
    assert flow.previous_page(state, Spot(4)) == Spot(2, (2, 0))
    assert flow.progress(state, Spot(1, (2,))) == (4, 6)


def test_times_are_added_where_a_repeat_ends_and_removed_where_one_begins():
    fill, answers = two_members()
    flow, state = fill.flow, fill.state(answers)

    assert [[group.name for group in flow.may_add(state, spot)] for spot in flow.spots(state)] == [
        [],
        [],
        ["child"],
        [],
        ["child", "member"],
        [],
    ]
    removable = [flow.may_remove(state, spot) for spot in flow.spots(state)]
    assert [group.name if isinstance(group, Group) else "" for group in removable] == [
        "",
        "member",
        "child",
        "member",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("spot", "is_there"),
    [
        (Spot(0), True),
        (Spot(1, (2,)), True),
        (Spot(1, (3,)), False),
        (Spot(1), False),
        (Spot(9), False),
        (Spot(2, (2, 0)), True),
    ],
)
def test_a_page_that_somebody_made_up_is_recognised(spot, is_there):
    fill, answers = two_members()

    assert fill.flow.is_spot(fill.state(answers), spot) is is_there


def test_answers_of_every_time_are_kept_with_how_many_there_are():
    fill, answers = two_members()

    assert final_answers(fill.state(answers)) == {
        "name[1]": "Ana",
        "age[1]": "50",
        "name[2]": "Bo",
        "age[2]": "20",
        "/data/member": "2",
        "/data/member/child[1]": "1",
    }


def test_labels_speak_of_their_own_time():
    fill, answers = two_members()

    assert fill.state(answers).filled("Toy of ${name}", (2, 1)) == "Toy of Bo"


def test_a_repeat_that_is_not_there_has_a_page_without_questions():
    fill = filling()

    assert fill.flow.questions(Spot(2, (1, 0))) == ()


def test_nobody_adds_to_or_takes_from_what_an_answer_counts():
    fill = filling()
    answers = fill.changed(fill.begun(), {"n": "1", "where[1]": "home"})
    flow, state = fill.flow, fill.state(answers)

    assert (flow.may_add(state, Spot(3, (1,))), flow.may_remove(state, Spot(3, (1,)))) == ((), None)


def test_a_repeat_that_is_irrelevant_or_empty_is_not_counted_among_the_answers():
    fill = filling("""
        | survey |
        | | type         | name | label | relevant   |
        | | text         | a    | A     |            |
        | | begin_group  | g    | G     |            |
        | | begin_repeat | r    | R     | ${a} = 'x' |
        | | text         | b    | B     |            |
        | | end_repeat   |      |       |            |
        | | begin_repeat | s    | S     |            |
        | | text         | c    | C     |            |
        | | end_repeat   |      |       |            |
        | | end_group    |      |       |            |
    """)
    none = fill.without(fill.begun(), "/data/g/s", (1,))

    assert final_answers(fill.state(none)) == {}
    assert final_answers(fill.state({**none, "a": "x", "b[1]": "y"})) == {"a": "x", "b[1]": "y", "/data/g/r": "1"}
