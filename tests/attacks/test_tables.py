"""Released tables are attacked as the gate does, and judged by the answers that they were made from."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from consultations.analysis import disclosure
from consultations.analysis.attack import attack
from consultations.analysis.attacks import bounds as attack_bounds
from consultations.analysis.attacks import system as attack_system
from consultations.analysis.attacks.known import known_of
from consultations.analysis.attacks.mending import mended, to_hide
from consultations.analysis.releases.growth import LEAST_NEW, TooFewNewAnswers, check_growth
from consultations.analysis.tables import table_id
from tests.attacks.comparing import Score, compared
from tests.attacks.populations import Population, population, true_count

#: The seeds of `make attacks`, and the few of `make test`: small, middling and large, of all forms.
EVERY, FEW = range(200), (0, 3, 6, 9, 10, 11)


def released(people: Population, tables=None, earlier=()):
    """(tables as the gate would publish them, its last report)."""
    tables = people.tables() if tables is None else tables
    hidden: tuple = ()
    for _ in range(5):
        now = mended(tables, hidden)
        report = attack(people.files(now), earlier)
        more = to_hide(report.findings, now)
        if not more:
            break
        hidden = (*hidden, *more)
    return now, report


def worked_out(people: Population, tables) -> list[tuple[str, str, str, int, int]]:
    """Everything that the linear programs prove of the tables: (table, row, column, proven, true)."""
    by_id = {table.id: table for table in tables}
    found = []
    for question in dict.fromkeys(table.question for table in tables):
        mine = [table for table in tables if table.question == question]
        for proven in attack_bounds.outcome(attack_system.system_of(known_of(mine, tables)), 1).proven:
            target = proven.target
            truth = true_of(people, by_id[target.table], target)
            found.append((target.table, target.row.name, target.column, proven.count, truth))
    return found


def true_of(people: Population, table, target) -> int:
    """The number that the target stands for."""
    if target.is_rest:
        whole, *rows = (true_count(people, table, row, target.column) for row in table.rows)
        return whole - sum(rows)
    count = true_count(people, table, target.row, target.column)
    return count if target.is_cell else true_count(people, table, target.row, None) - count


def attacked(seeds):
    """(populations, rows, rows hidden, refused, exact recoveries of 1 to 4 or of everybody, everything else proven)."""
    rows = hidden = refused = exact = other = 0
    for seed in seeds:
        people = population(seed)
        before = people.tables()
        tables, report = released(people, before)
        rows += sum(len(table.rows) for table in before)
        hidden += sum(len(table.rows) for table in before) - sum(len(table.rows) for table in tables)
        refused += not report.passed
        right = [proven for *_, proven, truth in worked_out(people, tables) if proven == truth]
        exact += sum(1 <= proven <= 4 for proven in right)
        other += sum(not 1 <= proven <= 4 for proven in right)
    return len(seeds), rows, hidden, refused, exact, other


def told(figures) -> None:
    names = ("populations", "rows", "hidden by the gate", "refused", "small counts worked out", "counts of 0 or over 4")
    print(*(f"{name}: {figure}" for name, figure in zip(names, figures, strict=True)), sep="; ")


def test_no_small_count_of_a_few_populations_can_be_worked_out() -> None:
    figures = attacked(FEW)
    told(figures)
    assert figures[3:5] == (0, 0)


@pytest.mark.attack
def test_no_small_count_of_200_populations_can_be_worked_out() -> None:
    started = time.perf_counter()
    figures = attacked(EVERY)
    told(figures)
    print(f"{time.perf_counter() - started:.0f} s")
    assert figures[3:5] == (0, 0)


def test_without_noise_the_same_attack_works_out_small_counts_and_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    without_noise(monkeypatch)
    monkeypatch.setattr(attack_system, "MOST_NOISE", 0)
    monkeypatch.setattr(attack_system, "MOST_FEW", disclosure.LEAST_COUNT - 1)
    people = population(9)
    found = worked_out(people, people.tables())
    print(f"without noise, {len(found)} hidden counts worked out")
    assert len(found) > 20
    assert all(proven == truth for *_, proven, truth in found)


def guessed(seeds, least: tuple[int, ...] = (LEAST_NEW,)) -> dict[int, Score]:
    """Newcomers guessed at between a release of three quarters of the answers and one of all."""
    scores = {each: Score() for each in least}
    for seed in seeds:
        people = population(seed)
        first = len(people.records) * 3 // 4
        before, after = people.tables(first), people.tables()
        for each, score in scores.items():
            score.add(compared(people, first, before, after, each))
    for each, score in scores.items():
        print(f"rows with {each} new answers or more: {score.guesses} guesses, {score.points:+.1f} points")
    return scores


def test_a_newcomer_of_a_few_populations_is_guessed_within_10_points_of_chance() -> None:
    score = guessed((0, 5, 6, 9))[LEAST_NEW]
    assert score.guesses > 1000
    assert score.points < 10


@pytest.mark.attack
def test_a_newcomer_of_200_populations_is_guessed_within_10_points_of_chance() -> None:
    score = guessed(EVERY, (10, LEAST_NEW))[LEAST_NEW]
    assert score.guesses > 100_000
    assert score.points < 10


def without_noise(monkeypatch):
    monkeypatch.setattr(disclosure, "noisy", lambda counts, keys: np.asarray(counts).astype(np.int64))


def fresh_noise(monkeypatch):
    random = np.random.default_rng(5)
    consistent = disclosure.noisy
    monkeypatch.setattr(
        disclosure, "noisy", lambda counts, keys: consistent(counts, random.integers(2**32, size=np.shape(counts)))
    )


def small_counts_shown(monkeypatch):
    monkeypatch.setattr(disclosure, "LEAST_COUNT", 1)


def small_rows_alone(monkeypatch):
    monkeypatch.setattr(disclosure, "LEAST_BASE", 1)


def shares_of_few(monkeypatch):
    monkeypatch.setattr(disclosure, "LEAST_BASE_FOR_SHARES", 1)


def shares_of_true_counts(monkeypatch):
    """Percentages of the counts before noise."""
    protected = disclosure._rows

    def rows(raw, groups, bands):
        bases = disclosure._summed(raw.bases, groups)
        counts = disclosure._summed(disclosure._summed(raw.counts, groups).T, bands).T
        for row, base, true in zip(protected(raw, groups, bands), bases.tolist(), counts.tolist(), strict=True):
            shares = [round(100 * count / base) for count in true]
            cells = [
                replace(cell, percent=share) if cell.percent is not None else cell
                for cell, share in zip(row.cells, shares, strict=True)
            ]
            yield replace(row, cells=tuple(cells))

    monkeypatch.setattr(disclosure, "_rows", rows)


REMOVED = {
    without_noise: "no noise",
    fresh_noise: "twice",
    small_counts_shown: "count",
    small_rows_alone: "base",
    shares_of_few: "share",
    shares_of_true_counts: "percentage",
}


@pytest.mark.parametrize("removed", REMOVED, ids=lambda removed: removed.__name__)
def test_the_gate_fails_where_a_protection_is_removed(removed, monkeypatch: pytest.MonkeyPatch) -> None:
    removed(monkeypatch)
    people = population(10)
    _, report = released(people)
    found = {each.kind for each in report.findings}
    print(f"{removed.__name__}: {sorted(found)}")
    assert REMOVED[removed] in found
    assert not report.passed


def test_the_gate_fails_where_few_are_new_since_an_earlier_release() -> None:
    people = population(0)
    first = len(people.records) - 4
    before, after = people.tables(first), people.tables()
    with pytest.raises(TooFewNewAnswers):
        check_growth(before, after)
    report = attack(people.files(after, 2), [people.files(before)])
    assert {each.kind for each in report.findings} == {"growth"}


def test_the_gate_fails_where_a_region_that_was_put_with_others_has_a_table_of_its_own() -> None:
    people = population(10)
    tables = people.tables()
    questions = {table.question for table in tables if table.breakdown == "setting"}
    merged = next(each for each in tables if each.breakdown == "region" and each.merged and each.question in questions)
    hidden_region = merged.merged[0].name.split("+")[0]
    other = next(each for each in tables if each.question == merged.question and each.breakdown == "setting")
    alone = replace(other, id=table_id(other.question, other.breakdown, within=hidden_region), within=hidden_region)
    report = attack(people.files((*tables, alone)), [])
    assert "within" in {each.kind for each in report.findings}


@pytest.mark.parametrize("seed", [0, 5, 9])
def test_what_was_true_is_always_one_of_the_counts_that_the_attack_holds_possible(seed: int) -> None:
    """Otherwise finding nothing would say nothing: the equations would be wrong."""
    people = population(seed)
    tables, _ = released(people)
    by_id = {table.id: table for table in tables}
    for question in dict.fromkeys(table.question for table in tables):
        system = attack_system.system_of(known_of([each for each in tables if each.question == question], tables))
        for target in system.targets.values():
            truth = true_of(people, by_id[target.table], target)
            system.known[target.sum] = (truth, truth)
        system.targets.clear()
        system.left_out.clear()
        assert attack_bounds.outcome(system, 1).possible, question
