"""Indicators are made, changed and deleted by policy staff, and read from every released consultation."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import false, select

from consultations.analysis.figures import indicators
from consultations.analysis.figures.indicators import Indicator
from consultations.audit import AuditEntry
from consultations.rounds.consultations import by_slug
from tests.consultations.pages.two_rounds import cells

FIELDS = {
    "code": "2.1",
    "name_en": "Members who are safe",
    "options": ["yes"],
    "region": "",
    "direction": "up",
    "baseline": "40",
    "baseline_on": "2025-06-30",
    "target": "80",
    "target_on": "2030-12-31",
}


@pytest.fixture
def ana(desk_of):
    return desk_of("ana")


@pytest.fixture
def made(ana):
    assert make(ana).status_code == 303


def make(desk, question="safe", **other):
    fields = {**FIELDS, **other}
    return desk.post(f"indicators/new?question={question}", **{key: value for key, value in fields.items() if value})


def stored(app, model):
    with app.extensions["sessions"]() as session:
        return list(session.query(model))


def test_making_one_begins_with_a_question(ana):
    page = ana.open("indicators/new")
    assert page.xpath("//main//li/a/@href") == ["?question=region", "?question=safe", "?question=needs"]
    form = ana.open("indicators/new?question=safe")
    assert form.xpath("//input[@name='options']/@value") == ["yes", "no"]


def test_its_values_stand_over_the_years_with_progress_towards_the_target(ana, made):
    page = ana.open("indicators/1")
    # 40 of 100, then 60 of 100: half of the way from 40 to 80. Africa 62 and Europe 51 of 100 are 56.5 on average.
    assert cells(page)[1:] == [
        ["Our rights 2025, June 2025", "40%", "30% to 50%", "40%", "100", "0%"],
        ["Our rights 2026, June 2026", "60%", "50% to 70%", "56%", "100", "50%"],
    ]
    assert "It has come 50% of the way." in page.text_content()
    assert page.xpath("//figure/*[local-name()='svg']")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"baseline": "55"}, "It has come 20% of the way. No clear change since the baseline."),
        ({"baseline": "70"}, "It is no nearer to the target than at the baseline."),
        ({"target": "60"}, "The target is reached."),
        ({"baseline": ""}, "The target is not reached yet."),
        ({"target": "", "baseline": "65"}, "No clear change since the baseline."),
    ],
)
def test_progress_is_said_in_whole_sentences(ana, fields, said):
    assert make(ana, **fields).status_code == 303
    paragraphs = ana.open("indicators/1").xpath("//section/p[not(@class)]")
    assert [paragraph.text for paragraph in paragraphs] == [said]


def test_the_overview_has_the_newest_value(ana, made):
    said = ana.says("indicators/")
    assert "2.1 Members who are safe" in said
    assert "60% (50% to 70%) – Our rights 2026, June 2026" in said


def test_codes_are_in_the_order_in_which_people_number(ana):
    for code in ("2.10", "2.9", "b", "10"):
        assert make(ana, code=code).status_code == 303
    heads = [each.text for each in ana.open("indicators/").xpath("//h2//bdi[1]")]
    assert [head for head in heads if head in {"2.10", "2.9", "b", "10"}] == ["2.9", "2.10", "10", "b"]


def test_it_can_be_changed_and_keeps_what_was_not(two_rounds, ana, made):
    form = ana.open("indicators/1/change")
    assert form.xpath("//input[@name='target']/@value") == ["80.0"]
    assert form.xpath("//input[@name='options' and @checked]/@value") == ["yes"]
    assert ana.post("indicators/1/change", **{**FIELDS, "target": "62.5"}).status_code == 303
    (one,) = stored(two_rounds, Indicator)
    assert (one.target, one.baseline, one.name) == (62.5, 40, {"en": "Members who are safe"})


def test_deleting_asks_first(two_rounds, ana, made):
    assert "Delete the indicator 2.1?" in ana.says("indicators/1/delete")
    assert len(stored(two_rounds, Indicator)) == 1
    assert ana.post("indicators/1/delete").status_code == 303
    assert stored(two_rounds, Indicator) == []
    ana.open("indicators/1", 404)


def test_the_audit_log_says_who_did_what(two_rounds, ana, made):
    ana.post("indicators/1/change", **FIELDS)
    ana.post("indicators/1/delete")
    assert [(entry.who, entry.what, entry.subject) for entry in stored(two_rounds, AuditEntry)] == [
        ("ana", "made the indicator", "2.1"),
        ("ana", "changed the indicator", "2.1"),
        ("ana", "deleted the indicator", "2.1"),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": ""}, "Give it a number"),
        ({"code": " "}, "Give it a number"),
        ({"name_en": ""}, "Write the name in at least one language."),
        ({"options": []}, "Choose at least one answer."),
        ({"options": ["maybe"]}, "not a valid choice"),
        ({"target": "30"}, "it goes in the other direction"),
        ({"direction": "down"}, "it goes in the other direction"),
        ({"target": "140"}, "between 0 and 100"),
        ({"target": "nan"}, "between 0 and 100"),
        ({"baseline_on": "yesterday"}, "Not a valid date"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(two_rounds, ana, wrong, said):
    answer = make(ana, **wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert stored(two_rounds, Indicator) == []


def test_two_answers_of_those_who_could_choose_several_would_count_people_twice(ana):
    assert "count twice" in " ".join(make(ana, "needs", options=["care", "money"]).text.split())
    assert make(ana, "needs", options=["care"]).status_code == 303


def test_a_code_is_given_once(ana, made):
    assert "Another indicator has this code." in make(ana).text
    assert make(ana, code="2.2").status_code == 303
    assert ana.post("indicators/2/change", **FIELDS).status_code == 422


def test_one_of_a_region_is_there_for_whoever_reaches_it(ana, desk_of):
    make(ana, region="europe", baseline="", target="")
    make(ana, code="2.2", region="africa", baseline="", target="")
    cleo = desk_of("cleo")
    assert [line[1] for line in cells(ana.open("indicators/1"))[1:]] == ["50%", "51%"]
    cleo.open("indicators/1", 404)
    assert [line[1] for line in cells(cleo.open("indicators/2"))[1:]] == ["30%", "62%"]
    assert cleo.open("indicators/").xpath("//h2//bdi[1]")[0].text == "2.2"
    assert b"europe" not in cleo.client.get("/staff/indicators/indicators.csv").data


def test_values_come_only_from_consultations_that_are_reached(made, desk_of):
    assert [line[0] for line in cells(desk_of("dora").open("indicators/1"))[1:]] == ["Our rights 2026, June 2026"]


def test_others_read_and_change_nothing(two_rounds, made, desk_of):
    cleo = desk_of("cleo")
    assert not cleo.open("indicators/1").xpath("//a[contains(@href, 'change') or contains(@href, 'delete')]")
    assert [cleo.post(f"indicators/1/{what}", **FIELDS).status_code for what in ("change", "delete")] == [403, 403]
    desk_of("eva").open("indicators/", 403)
    assert len(stored(two_rounds, Indicator)) == 1


def test_a_question_that_nobody_asked_has_no_value_yet(ana):
    make(ana, "needs", options=["care"])
    assert "No released consultation has asked this question yet." in ana.says("indicators/1")


def test_the_file_has_a_line_for_each_value_and_no_formula(ana):
    make(ana, name_en="=HYPERLINK(1)")
    answer = ana.client.get("/staff/indicators/indicators.csv")
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [(line["consultation"], line["day"], line["percent"], line["way_percent"]) for line in lines] == [
        ("spring", "2025-06-30", "40.0", "0.0"),
        ("autumn", "2026-06-30", "60.0", "50.0"),
    ]
    assert lines[0]["name"] == "'=HYPERLINK(1)"
    assert (lines[1]["low"], lines[1]["high"], lines[1]["people"]) == ("49.7", "69.6", "100")


def test_values_of_a_synthetic_sample_say_so_wherever_they_stand(two_rounds, ana, made):
    with two_rounds.extensions["sessions"].begin() as session:
        by_slug(session, "autumn").synthetic = True
    sentence = "Synthetic sample: no real person answered."
    assert [sentence in line[0] for line in cells(ana.open("indicators/1"))[1:]] == [False, True]
    assert sentence in ana.says("indicators/")
    lines = csv.DictReader(io.StringIO(ana.client.get("/staff/indicators/indicators.csv").data.decode("utf-8-sig")))
    assert [line["synthetic"] for line in lines] == ["no", "yes"]


def test_a_number_that_is_too_large_for_the_database_is_not_there(ana):
    ana.open("indicators/99999999999", 404)


def test_a_code_that_somebody_took_a_moment_ago_is_refused_as_well(two_rounds, ana, made, monkeypatch):
    """Two who save at once: neither saw the other's when it looked."""
    monkeypatch.setattr(indicators, "select", lambda *_: select(Indicator.id).where(false()))
    assert "Another indicator has this code." in make(ana).text
    monkeypatch.undo()
    assert len(stored(two_rounds, Indicator)) == 1


def test_the_command_line_writes_the_same_file(two_rounds, ana, made, tmp_path):
    file = tmp_path / "indicators.csv"
    said = two_rounds.test_cli_runner().invoke(args=["indicators", "export", str(file)])
    assert (said.exit_code, said.output.split(":")[0]) == (0, "2 values of 1 indicators")
    assert file.read_bytes() == ana.client.get("/staff/indicators/indicators.csv").data
