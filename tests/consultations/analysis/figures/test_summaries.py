"""Released tables come down to tables of measures in the reader's language, and say that they are estimates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from consultations.analysis.figures.summaries import ranking_table, summary_table
from consultations.analysis.regional import released_tables
from consultations.analysis.tables import EVERYBODY, FEW, ONE, ReleasedColumn, ReleasedTable
from tests.consultations.analysis.made_up_tables import AFRICA, ASIA, EUROPE, row, table

NAMES = ("strongly_disagree", "disagree", "agree", "strongly_agree", "dk")
EVERY = row(EVERYBODY, base=100, cells=("10", "20", "30", "20", "20"))
SCALE = table(
    EVERY, row(ONE, AFRICA, base=40, cells=("10", "10", "10", "10", FEW)), row(ONE, ASIA, base=15, cells=(FEW,) * 5),
    kind="scale", names=NAMES,
)  # fmt: skip


def lines(made, column=0):
    return {line.head: line.cells[column] for line in made.rows}


def ranked(item: str, *cells: str, kind: str = "places", africa: tuple[str, ...] = ("20", "10", FEW)) -> ReleasedTable:
    columns = tuple(ReleasedColumn(str(place), {"": str(place)}, low=place, high=place) for place in (1, 2, 3))
    made = table(row(EVERYBODY, base=100, cells=cells), row(ONE, AFRICA, base=30, cells=africa), kind=kind)
    return replace(made, columns=columns, item=item, item_label={"en": item.title()}, id=item)


def test_a_scale_has_its_mean_boxes_and_polarisation_for_each_group() -> None:
    made = summary_table(SCALE, "en")
    assert made is not None
    assert made.columns == ("Everybody", "Each region counts the same", "Africa", "Asia")
    assert [(line.head, line.cells[0]) for line in made.rows] == [
        ("Mean of the steps, 1 to 4", "2.8"),
        ("Answer in the middle", "Agree"),
        ("“Agree” or “Strongly_Agree”", "62%"),
        ("The same, of everybody who answered", "50%"),
        ("“Strongly_Disagree” or “Disagree”", "38%"),
        ("The same, of everybody who answered", "30%"),
        ("Polarisation, 0 to 100", "38"),
        ("People counted here", "80"),
    ]


def test_a_scale_without_answers_apart_has_its_boxes_once_and_runs_to_its_good_end() -> None:
    turned = table(row(EVERYBODY, base=100, cells=("40", "30", "20", "10")), kind="scale", names=NAMES[3::-1])
    made = summary_table(turned, "en")
    assert made is not None
    assert list(lines(made).items())[:4] == [
        ("Mean of the steps, 1 to 4", "3.0"),
        ("Answer in the middle", "Agree"),
        ("“Agree” or “Strongly_Agree”", "70%"),
        ("“Strongly_Disagree” or “Disagree”", "30%"),
    ]
    assert len(made.rows) == 6


def test_groups_with_too_few_people_have_no_measure() -> None:
    made = summary_table(SCALE, "en")
    assert made is not None
    assert {line.cells[3] for line in made.rows} == {"–"}
    assert summary_table(table(row(EVERYBODY, base=15, cells=("3",) * 5), kind="scale", names=NAMES), "en") is None


def test_it_says_what_it_is_made_of() -> None:
    made = summary_table(replace(SCALE, hidden=(EUROPE,)), "en")
    assert made is not None
    assert made.caption == "Is it so? – by region – estimates"
    assert made.note == (
        "Everything in this table is an estimate from published figures alone. Estimates take “<5” for 2 people."
        " Too few people answered to show figures for: Europe. “Each region counts the same” is an estimate: the mean"
        " of the regions’ shares, as if equally many people had answered in each region. Regions without figures have"
        " no part in it. Step 1 is “Strongly_Disagree”, step 4 “Strongly_Agree”. Polarisation is 0 where all answered"
        " the same, 50 where equally many chose each step, 100 where half are at each end. Left out, unless it says"
        " “of everybody who answered”: Dk."
    )


def test_with_the_profile_it_says_who_left_the_question_out() -> None:
    profile = replace(
        table(row(EVERYBODY, base=125, cells=("50", "60")), names=("Africa", "Asia")), question="region", breakdown=""
    )
    made = summary_table(SCALE, "en", (SCALE, profile))
    assert made is not None
    assert made.rows[-1].head == "Not asked, or not answered"
    assert made.rows[-1].cells == ("20%", "–", "20%", "75%")


def test_numbers_have_mean_median_quartiles_and_spread() -> None:
    columns = (ReleasedColumn("18–29", {}, low=18, high=29), ReleasedColumn("30–39", {}, low=30, high=39))
    open_end = ReleasedColumn("≥ 40", {}, low=40)
    ages = replace(table(row(EVERYBODY, base=100, cells=("30", "40", "30")), kind="number"), breakdown="")
    made = summary_table(replace(ages, columns=(*columns, open_end)), "en")
    assert made is not None
    assert lines(made) == {
        "Mean": "32.8",
        "Middle value (median)": "34.5",
        "Middle half of the people": "27.5–≥ 40",
        "Standard deviation": "6.5",
        "People counted here": "100",
    }
    assert "in an open band for its closed end" in made.note
    assert summary_table(replace(ages, columns=(*columns, ReleasedColumn("more", {}))), "en") is None


@pytest.mark.parametrize(("names", "middle"), [(("2018", "2019–2020"), "2019"), (("2019-02", "2019-03"), "March 2019")])
def test_dates_have_a_middle_year_or_month(names: tuple[str, ...], middle: str) -> None:
    made = table(row(EVERYBODY, base=100, cells=("45", "55")), kind="date")
    made = replace(made, columns=tuple(ReleasedColumn(name, {}) for name in names))
    summary = summary_table(made, "en")
    assert summary is not None
    assert lines(summary)["Middle date (median)"] == middle


def test_choices_have_shares_of_those_who_named_one() -> None:
    withheld = table(row(EVERYBODY, base=100, cells=("60", "20", "20")), row(ONE, AFRICA, base=12, cells=("5",) * 3),
                     names=("yes", "other", "dk"))  # fmt: skip
    made = summary_table(withheld, "en")
    assert made is not None
    assert lines(made) == {
        "“Yes”, of those who named an answer": "75%",
        "“Other”, of those who named an answer": "25%",
    }
    assert summary_table(table(row(EVERYBODY)), "en") is None
    assert summary_table(table(row(EVERYBODY), kind="multiple"), "en") is None


def test_a_ranking_has_mean_places_and_borda_shares_the_best_first() -> None:
    tables = (ranked("rent", "20", "30", "50"), ranked("health", "50", "30", "20", africa=(FEW, FEW, "20")))
    made = ranking_table(tables, "en")
    assert made is not None
    assert made.caption == "Is it so? – in order – by region"
    assert [(line.head, line.cells) for line in made.rows] == [
        ("Health", ("1.7 (65%)", "2.8 (12%)")),
        ("Rent", ("2.3 (35%)", "1.4 (78%)")),
    ]
    first = replace(ranked("", "50", "20", "30", kind="ranking"), item="")
    assert summary_table(first, "en", (first, *tables)) == made


def test_a_ranking_without_places_or_people_has_no_table() -> None:
    assert ranking_table((replace(ranked("rent", "20", "30", "50"), rows=()),), "en") is None
    few = replace(table(row(EVERYBODY, base=12, cells=("4", "4")), kind="places"), breakdown="")
    assert ranking_table((few,), "en") is None
    assert summary_table(table(row(EVERYBODY), kind="ranking"), "en") is None


def test_a_release_s_own_tables_come_down_to_measures(form: Any, packed: Any, records: Any, people: Any) -> None:
    orders = ("venue outdoors no_answer", "venue no_answer outdoors")
    ranked = [{**each, "needs": orders[number % 2]} for number, each in enumerate(people)]
    released = released_tables(packed, form, records(ranked), [])
    made = {table.id: summary_table(table, "en", released) for table in released}
    shown = [summary for summary in made.values() if summary]
    assert all(len(line.cells) == len(summary.columns) for summary in shown for line in summary.rows)
    ranking, scale = made["needs.by.region"], made["right_health.by.region"]
    assert ranking is not None
    # All put the venue first, half the other two last.
    assert [line.cells[0].split()[0] for line in ranking.rows] == ["1.0", "2.5", "2.5"]
    assert scale is not None
    assert "Not asked, or not answered" in lines(scale)
