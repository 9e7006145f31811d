"""What the attack on a release finds in files that break a rule, and what it makes of tables that hold."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from consultations.analysis.attack import attack, from_json
from consultations.analysis.attacks import bounds as attack_bounds
from consultations.analysis.attacks import newcomers as attack_newcomers
from consultations.analysis.attacks import noise as attack_noise
from consultations.analysis.attacks import rules as attack_rules
from consultations.analysis.attacks import system as attack_system
from consultations.analysis.attacks.bounds import outcome
from consultations.analysis.attacks.columns import parts_of
from consultations.analysis.attacks.counts import counts
from consultations.analysis.attacks.earlier import differences
from consultations.analysis.attacks.findings import SENTENCES, Finding, Report, Tried
from consultations.analysis.attacks.known import known_of
from consultations.analysis.attacks.mending import Hidden, mended, to_hide
from consultations.analysis.attacks.system import Sum, System, Target, interval, system_of
from consultations.analysis.releases.growth import LEAST_NEW, too_few
from consultations.analysis.releases.published import RELEASE, TABLES
from consultations.analysis.tables import EVERYBODY, FEW, ReleasedCell, ReleasedColumn, ReleasedRow, ReleasedTable
from tests.attacks.populations import Population, population


@pytest.fixture(scope="module")
def people() -> Population:
    """161 people, with breakdowns within regions put in by hand where a test needs them."""
    return population(9)


@pytest.fixture(scope="module")
def tables(people: Population) -> tuple[ReleasedTable, ...]:
    return people.tables()


def kinds(people: Population, tables: Any, *earlier: Any) -> set[str]:
    report = attack(people.files(tables), [people.files(each) for each in earlier])
    return {each.kind for each in report.findings}


def with_cell(tables: tuple[ReleasedTable, ...], place: int, **changed: object) -> tuple[ReleasedTable, ...]:
    """The tables with the first cell of the first row of one of them changed."""
    row = tables[place].rows[0]
    cells = (replace(row.cells[0], **changed), *row.cells[1:])
    return with_row(tables, place, cells=cells)


def with_row(tables: tuple[ReleasedTable, ...], place: int, **changed: object) -> tuple[ReleasedTable, ...]:
    table = tables[place]
    rows = (replace(table.rows[0], **changed), *table.rows[1:])
    return (*tables[:place], replace(table, rows=rows), *tables[place + 1 :])


def test_files_that_do_not_agree_are_found(people: Population, tables: Any) -> None:
    files = people.files(tables)
    cut = {**files, TABLES: b"\r\n".join(files[TABLES].split(b"\r\n")[:-2]) + b"\r\n"}
    assert {each.kind for each in attack(cut, []).findings} >= {"files"}


def test_other_rules_and_tables_outside_the_plan_are_found(people: Population, tables: Any) -> None:
    files = people.files(tables)
    said = json.loads(files[RELEASE])
    other = {**files, RELEASE: json.dumps({**said, "rules": {**said["rules"], "least_count": 3}, "plan": []}).encode()}
    assert {"rules", "plan"} <= {each.kind for each in attack(other, []).findings}


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"shown": "4", "percent": None}, "count"),
        ({"shown": FEW, "percent": 2}, "share"),
        ({"shown": "40", "percent": 99}, "percentage"),
    ],
)
def test_a_cell_that_breaks_a_rule_is_found(people: Population, tables: Any, changed: Any, kind: str) -> None:
    assert kind in kinds(people, with_cell(tables, 0, **changed))


@pytest.mark.parametrize(("changed", "kind"), [({"base": 9}, "base"), ({"median": 0}, "median")])
def test_a_row_that_breaks_a_rule_is_found(people: Population, tables: Any, changed: Any, kind: str) -> None:
    place = next(at for at, table in enumerate(tables) if table.kind == "categories")
    if kind == "median":
        place = next(at for at, each in enumerate(tables) if each.rows[0].median)
    assert kind in kinds(people, with_row(tables, place, **changed))


def test_the_same_people_with_two_figures_are_found(people: Population, tables: Any) -> None:
    place = next(at for at, table in enumerate(tables) if table.id == "several_2.by.work")
    base = tables[place].rows[0].base
    assert "twice" in kinds(people, with_row(tables, place, base=base + 1))


def test_a_small_row_in_which_all_seem_to_answer_alike_is_found() -> None:
    alike = table(row(15, "15", FEW), row(40, "20", "18"))
    found = [each for each in attack_rules._alike(alike, ()) if each]
    assert found == [Finding("alike", "q.by.region", "*", "a")]
    only = replace(alike.rows[0], cells=alike.rows[0].cells[:1])
    one_column = replace(alike, columns=alike.columns[:1], rows=(only,))
    assert list(attack_rules._alike(one_column, ())) == []


def test_a_middle_answer_leaves_out_what_is_no_step() -> None:
    scale = table(row(40, "30", "8"))
    apart = replace(scale, columns=(replace(scale.columns[0], apart=True), scale.columns[1]))
    assert attack_rules._middle(scale, scale.rows[0]) == 0
    assert attack_rules._middle(apart, scale.rows[0]) == 1
    nothing = replace(scale, columns=tuple(replace(column, apart=True) for column in scale.columns))
    assert attack_rules._middle(nothing, scale.rows[0]) is None


def test_a_region_that_does_not_stand_alone_has_no_table_of_its_own() -> None:
    merged = table(row(60, "30", "30"), replace(row(30, "15", "15", name="africa+asia"), kind="merged"))
    alone = table(row(60, "30", "30"), row(30, "15", "15", name="africa"))
    inside = replace(merged, id="q.by.age.in.africa", breakdown="age", within="africa", rows=merged.rows[:1])
    assert list(attack_rules._within(inside, [merged, inside])) == [Finding("within", "q.by.age.in.africa")]
    assert list(attack_rules._within(inside, [alone, inside])) == [None]
    assert list(attack_rules._within(merged, [merged])) == []


def test_sums_that_always_add_up_have_no_noise() -> None:
    exact = [replace(table(row(40, "30", "10")), id=str(n), question=str(n)) for n in range(20)]
    assert [each.kind for each in attack_noise.check(exact)[0]] == ["no noise"]
    assert attack_noise.check(exact[:5])[0] == []
    assert attack_noise.check([])[0] == []
    changed = [replace(table(row(40, "31", "10")), id=str(n), question=str(n)) for n in range(20)]
    assert attack_noise.check(changed)[0] == []


def table(*rows: ReleasedRow, **more: Any) -> ReleasedTable:
    columns = tuple(ReleasedColumn(name, {"en": name}) for name in "ab")
    made = ReleasedTable("q.by.region", "q", {}, "region", {}, "categories", columns, rows)
    return replace(made, **more)


def row(base: int, *cells: str, name: str = "") -> ReleasedRow:
    shown = tuple(ReleasedCell(cell, None) for cell in cells)
    return ReleasedRow("one" if name else EVERYBODY, name, ({"en": name},) if name else (), base, shown)


def test_a_cell_stands_for_counts_that_noise_can_have_made_it_of() -> None:
    assert interval(ReleasedCell(FEW, None)) == (0, 7)
    assert interval(ReleasedCell("12", None)) == (9, 15)


def test_figures_without_a_solution_are_found() -> None:
    """More people in one region than there are."""
    impossible = table(row(20, "10", "10"), row(50, "25", "25", name="africa"))
    found, tried = counts("q", [impossible])
    assert found == [Finding("impossible", "q")]
    assert Tried("linear programs", 1) in tried


def test_a_count_with_one_solution_is_worked_out() -> None:
    """Of 23 people 20 to 22 gave the first answer, so one to three the other; one where it was more than 21."""
    system = System()
    first, second = system.at((("", "x", ""), "", "a")), system.at((("", "x", ""), "", "b"))
    system.learn(Sum((first,)), 20, 22)
    system.learn(Sum((first, second)), 23, 23)
    target = Target(Sum((second,)), "q", row(23, "22", FEW), "b")
    system.targets[target.sum] = target
    assert outcome(system, 1).proven == ()
    system.learn(Sum((first,)), 21.5, 22)
    (proven,) = outcome(system, 1).proven
    assert (proven.count, proven.target) == (1, target)


def test_whole_numbers_say_more_than_linear_programs_do() -> None:
    """Twice a count lies between 3 and 5: it is 2, and a linear program says 1.5 to 2.5."""
    system = System()
    one, other = (system.at((("", "x", ""), "", name)) for name in "ab")
    system.learn(Sum((one,), (other,)), 0, 0)
    system.learn(Sum((one, other)), 3, 5)
    system.targets[Sum((one,))] = Target(Sum((one,)), "q", row(20), "a")
    out = outcome(system, 1)
    assert [each.count for each in out.proven] == [2]
    system.learn(Sum((one, other)), 3, 3.5)
    assert not outcome(system, 1).possible or outcome(system, 1).proven == ()


def test_a_program_that_is_given_up_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    system = System()
    system.learn(Sum((system.at((("", "x", ""), "", "a")),)), 1, 1)
    system.targets[Sum((0,))] = Target(Sum((0,)), "q", row(20), "a")
    monkeypatch.setattr(attack_bounds.Solver, "solution", lambda self, goal, whole=False: None)
    assert outcome(system, 1) == attack_bounds.Outcome(True)
    assert outcome(System(), 1) == attack_bounds.Outcome(True)


def test_bands_are_cut_where_a_band_of_any_table_begins() -> None:
    wide = replace(table(), id="w", columns=(column("0–9", 0), column("≥ 10", 10)), rows=(row(20, "9", "11"),))
    fine = replace(wide, id="f", columns=(column("0–4", 0), column("5–9", 5), column("≥ 10", 10)))
    parts, columns = parts_of([wide, fine])
    assert parts == {"": ("-inf", "5", "10")}
    assert columns["w", 0] == ("-inf", "5")
    assert columns["f", 1] == ("5",)
    dates = replace(wide, columns=(column("≤ 2024-03"), column("2024-04–2025-01"), column("≥ 2025-02")))
    years = replace(wide, id="y", columns=(column("≤ 2023"), column("≥ 2024")))
    assert parts_of([dates, years])[1]["y", 1] == ("202400", "202404", "202502")


def column(name: str, low: float | None = None) -> ReleasedColumn:
    return ReleasedColumn(name, {}, low=low)


def test_a_report_comes_back_as_it_was_stored() -> None:
    report = Report((Finding("small count", "q", "*", "yes"),), (Tried("linear programs", 3),))
    assert from_json(json.loads(json.dumps(report.to_json()))) == report
    assert not report.passed
    assert all(sentence % Finding(kind, "q", "*", "yes").values for kind, sentence in SENTENCES.items())
    assert report.findings[0].sentence % report.findings[0].values == (
        "In q, the hidden count of yes in the row * can be worked out."
    )


def test_a_row_is_hidden_wherever_the_same_people_are_told_of() -> None:
    by_region = table(row(60, "30", "30"), row(30, "15", "15", name="africa"), row(30, "15", "15", name="asia"))
    inside = replace(
        table(row(30, "15", "15"), row(15, "8", "7", name="street")), id="q.in", breakdown="setting", within="africa"
    )
    hidden = to_hide([Finding("small count", "q.by.region", "africa", "a")], [by_region, inside])
    assert hidden == (Hidden("q.by.region", "africa"),)
    outer, inner = mended([by_region, inside], hidden)
    assert [each.name for each in outer.rows] == ["", "asia"]
    assert (inner.rows, inner.columns, inner.hidden) == ((), (), ({"en": "street"},))
    assert all(each.is_hidden for each in mended([by_region, inside], [Hidden("q.by.region", "*")]))
    only = mended([by_region, inside], [Hidden("q.in", "africa/street")])
    assert (only[0], len(only[1].rows)) == (by_region, 1)


def test_what_is_left_for_rows_that_are_hidden_is_attacked_as_well() -> None:
    by_region = table(row(60, "30", "30"), row(30, "15", "15", name="africa"), hidden=({"en": "Asia"},))
    by_age = replace(by_region, id="q.by.age", breakdown="age")
    system = system_of(known_of([by_region, by_age], [by_region, by_age]))
    assert len(system.targets) == 4
    assert set(system.left_out) == set()
    assert outcome(system, 1).proven == ()


def test_nobody_is_in_a_row_of_one_question_who_is_in_none_of_the_breakdown_s_own_table() -> None:
    """Twelve in a region answered at most, as five to eleven said that they are there: eleven is the most."""
    where = replace(table(row(60, "52", "8")), id="region", question="region", breakdown="")
    where = replace(where, columns=(column("asia"), column("africa")))
    by_region = table(row(60, "30", "30"), row(10, "5", "5", name="africa"), row(50, "25", "25", name="asia"))
    system = system_of(known_of([by_region], [where, by_region]))
    assert (10, 11) in system.known.values()


def test_what_hiding_rows_does_not_mend_hides_none() -> None:
    found = [Finding("alike", "q.by.region", "*", "a"), Finding("no noise", RELEASE)]
    assert to_hide(found, [table(row(60, "30", "30"))]) == ()
    assert to_hide([], []) == ()


def test_thirty_new_answers_are_enough_and_fewer_are_not() -> None:
    assert not too_few(40, 40 + LEAST_NEW)
    assert too_few(40, 39 + LEAST_NEW)


def test_what_the_new_people_answered_is_hidden_by_the_noise_of_both_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = [table(row(20, "10", "10"))], [table(row(60, "48", "12"))]
    found, tried = differences("q", [before], after)
    assert (found, tried[0].times) == ([], 4)
    monkeypatch.setattr(attack_system, "MOST_NOISE", 0)
    found = differences("q", [before], after)[0]
    assert {(each.kind, each.column) for each in found} == {("new count", "a"), ("new count", "b")}
    assert differences("q", [], before) == ([], [])
    assert differences("q", [[table()]], before) == ([], [])


def test_newcomers_to_rows_that_grew_by_few_are_named_too_often() -> None:
    def at(number: int) -> list[ReleasedTable]:
        half = str(number // 2)
        regions = [row(number // 2, str(number // 4), str(number // 4), name=name) for name in ("africa", "asia")]
        return [table(row(number, half, half), *regions)]

    found, _ = attack_newcomers.newcomers("q", [at(200)], at(216))
    assert [each.kind for each in found] == ["newcomer"]
    assert attack_newcomers.newcomers("q", [at(200)], at(400))[0] == []
    assert {each.kind for each in attack_newcomers.growth([at(200)], at(216))[0]} == {"growth"}


def test_two_releases_of_a_whole_form_are_attacked_together() -> None:
    """With several answers, rankings and bands; what is new is in no row that the first release did not have."""
    people = population(1, size=400, number=1)
    before, after = people.tables(250), people.tables()
    questions = dict.fromkeys(table.question for table in after)
    attacked = [differences(question, [before], after) for question in questions]
    assert [found for found, _ in attacked if found] == []
    assert sum(tried[0].times for _, tried in attacked) > 500


def test_a_small_count_that_all_tables_of_a_question_give_away_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attack_system, "MOST_NOISE", 0)
    found, _ = counts("q", [table(row(20, "18", FEW))])
    assert {each.kind for each in found} == {"small count", "others"}
    everybody, _ = counts("q", [table(row(20, "20", FEW))])
    assert [each.kind for each in everybody] == ["everybody"]


def test_a_whole_release_is_attacked_with_every_attack() -> None:
    people = population(11)
    told: list[tuple[int, int]] = []
    tables = people.tables()
    files = people.files(mended(tables, to_hide(attack(people.files(tables), []).findings, tables)))
    report = attack(files, [], lambda done, total: told.append((done, total)))
    assert report.passed
    assert told[-1][0] == told[-1][1] == len(told) - 1
    assert {each.what: each.times > 0 for each in report.tried}["hidden counts bounded by linear programming"]


def test_within_a_region_the_same_people_are_counted_as_in_its_row() -> None:
    people = population(1, size=1500, number=1)
    tables = people.tables()
    ranked = [table for table in tables if table.question == "rank_4"]
    known = known_of(ranked, tables)
    system = system_of(known)
    assert known.threefold
    assert outcome(system, 1).possible
    assert attack_noise.check(tables)[0] == []
