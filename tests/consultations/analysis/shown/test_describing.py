"""Charts say in words what they show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consultations.analysis.shown.describing import MOST_SENTENCES, described
from exports.document import Chart, Series
from tests.exports.made_up_charts import every_chart
from tests.exports.made_up_papers import LANGUAGES


def said(chart: Chart, language: str = "en") -> str:
    return described(chart, language).alternative


def bars(*shares: float | None) -> Chart:
    return Chart("bars", "c", ("Yes", "No", "Never")[: len(shares)], (Series("", shares),))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", every_chart("en"))
def test_every_kind_is_described_in_every_language(kind: str, language: str) -> None:
    words = said(every_chart(language)[kind], language)
    assert "%(" not in words
    assert words[-1] in ".。؟"
    assert len(words.encode()) < 3_000


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((60, 10, None), "The greatest share is 60% (“Yes”), the smallest that is shown is 10% (“No”)."),
        ((30, 30), "The greatest share is 30% (“Yes”), the smallest that is shown is 30% (“No”)."),
        ((None, 10), "The only share that is shown is 10% (“No”)."),
        ((None, None), "No share is shown."),
    ],
)
def test_bars_name_their_extremes(shares: tuple[float | None, ...], words: str) -> None:
    assert said(bars(*shares)) == f"Bars show the share of people for each answer. {words}"


def test_a_diverging_stack_sums_up_its_sides_where_all_of_them_is_shown() -> None:
    series = tuple(Series(name, shares) for name, shares in (("Bad", (10, None)), ("So", (20, 40)), ("Good", (70, 60))))
    chart = Chart("stacked", "c", ("Africa", "Europe"), series, middle=1)
    assert said(chart) == (
        "Each bar is a group of people, divided by answer from “Bad” to “Good”. "
        "Africa: 10% towards “Bad”, 70% towards “Good”. Europe: most often “Good” (60%)."
    )
    assert "Africa: 30% towards “Bad”, 70% towards “Good”." in said(replace(chart, middle=1.5))


def test_places_of_a_ranking_have_no_sides() -> None:
    series = (Series("1", (70, 40)), Series("2", (30, 60)))
    assert said(Chart("stacked", "c", ("Health", "Law"), series)) == (
        "Each bar is divided by place, from “1” to “2”. Health: most often “1” (70%). Law: most often “2” (60%)."
    )


def test_dots_say_which_group_has_least_and_which_most() -> None:
    series = (Series("Africa", (10, None, None)), Series("Europe", (30, 7, None)), Series("Asia", (20, None, None)))
    chart = Chart("dots", "c", ("Yes", "No", "Never"), series)
    assert said(chart) == (
        "Dots show the share of each group, answer by answer. “Yes”: from 10% (Africa) to 30% (Europe). "
        "“No”: 7% (Europe). “Never”: no share is shown."
    )
    lines = tuple(replace(one, intervals=((1.0, 20.0), None, None)) for one in series)
    assert "Lines show what a share may really be." in said(replace(chart, series=lines))


def test_panels_say_what_most_people_of_each_group_answered() -> None:
    chart = Chart("multiples", "c", ("Yes", "No"), (Series("Street", (10, 90)), Series("Indoors", (None, None))))
    assert said(chart).endswith("Street: most often “No” (90%). Indoors: no share is shown.")
    sections = replace(chart, sections=(("Africa", 1), ("Europe", 1)))
    assert said(sections).endswith("Street (Africa): most often “No” (90%). Indoors (Europe): no share is shown.")


def test_tiles_say_their_share_and_their_remark() -> None:
    chart = Chart(
        "tiles", "c", ("Africa", "Asia", "Europe"), (Series("", (62, None, 30)),), remarks=("", "", "With Asia.")
    )
    assert said(chart).endswith("Africa: 62%. Asia: no share is shown. Europe: 30%. Europe: With Asia.")
    assert said(replace(chart, remarks=())).endswith("Europe: 30%.")


def test_a_long_chart_is_not_read_out_whole() -> None:
    many = tuple(str(number) for number in range(MOST_SENTENCES + 1))
    chart = Chart("dots", "c", many, (Series("Africa", (50.0,) * len(many)),))
    assert said(chart).count("50%") == MOST_SENTENCES
    assert said(chart).endswith("The table has all figures.")
