"""The sample questionnaire is a form without problems, and the invented answers fit it."""

import json
from datetime import date
from pathlib import Path

import pytest

import consultations.sample
from forms.questionnaire import Questionnaire
from forms.running.answers import read_page
from forms.running.filling import Filling
from forms.running.flow import Flow, Spot, State
from forms.xlsform.importing import import_file
from translations.languages import OFFICIAL_LANGUAGES

SAMPLE = Path(consultations.sample.__file__).parent
ANSWERS = json.loads((SAMPLE / "answers.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    imported = import_file("questionnaire.md", (SAMPLE / "questionnaire.md").read_bytes())
    assert imported.problems == ()
    assert imported.questionnaire is not None
    return imported.questionnaire


def names(questionnaire: Questionnaire, question: str) -> set[str]:
    return {choice.name for choice in questionnaire.choices[questionnaire.question(question).list_name]}


def test_it_speaks_the_official_languages_from_its_title_on(questionnaire):
    assert set(questionnaire.languages) == set(questionnaire.title.by_language) == set(OFFICIAL_LANGUAGES)


def test_it_takes_ten_pages(questionnaire):
    assert len(questionnaire.pages()) == 10


def test_region_organisation_and_setting_break_tables_down(questionnaire):
    marked = [question.name for question in questionnaire.questions() if question.disaggregation]
    assert marked == ["region", "organisation_type", "work_setting"]


def test_every_country_belongs_to_a_region_that_can_be_chosen(questionnaire):
    countries = questionnaire.choices["country"]
    assert {country.columns["region"] for country in countries} == names(questionnaire, "region")
    assert len({country.name for country in countries}) == len(countries) == 211


@pytest.mark.parametrize("question", ANSWERS["select_one"])
def test_shares_of_one_answer_name_every_choice_and_add_up(questionnaire, question):
    for shares in ANSWERS["select_one"][question].values():
        assert set(shares) == names(questionnaire, question)
        assert sum(shares.values()) == 100


@pytest.mark.parametrize("question", ANSWERS["select_multiple"])
def test_shares_of_several_answers_name_every_choice(questionnaire, question):
    for shares in ANSWERS["select_multiple"][question].values():
        assert set(shares["alone"]) | set(shares["each"]) == names(questionnaire, question)
        assert sum(shares["alone"].values()) < 100


def test_every_question_has_answers_to_draw_from(questionnaire):
    asked = {q.name for q in questionnaire.questions() if q.type not in ("note", "calculate")}
    kinds = ("select_one", "select_multiple", "integer", "text")
    assert asked == {"region", "country"} | {question for kind in kinds for question in ANSWERS[kind]}
    assert set(ANSWERS["unanswered"]) < asked


def test_every_region_has_its_share_and_its_open_answers(questionnaire):
    assert sum(ANSWERS["regions"].values()) == 100
    for answers in ANSWERS["text"].values():
        assert {region for answer in answers for region in answer["regions"]} == set(ANSWERS["regions"])


def test_an_open_answer_is_given_once_and_translated_into_the_other_languages():
    answers = [answer for group in ANSWERS["text"].values() for answer in group]
    assert len({answer["key"] for answer in answers}) == len({answer["text"] for answer in answers}) == len(answers)
    assert all({answer["language"], *answer["translations"]} == set(OFFICIAL_LANGUAGES) for answer in answers)


@pytest.fixture(scope="module")
def flow(questionnaire) -> Flow:
    return Flow(questionnaire)


def state(flow: Flow, **answers: str) -> State:
    return flow.state(answers, date(2026, 11, 22), "fr")


def test_only_the_countries_of_the_chosen_region_are_offered(flow):
    offered = {country.columns["region"] for country in state(flow, region="africa").options("country")}
    assert offered == {"africa"}


@pytest.mark.parametrize(
    ("violence", "asked"), [("", False), ("nobody", False), ("no_answer", False), ("clients", True)]
)
def test_redress_is_asked_only_after_violence(flow, violence, asked):
    assert state(flow, violence=violence).relevant("reported") is asked


def test_nobody_cannot_be_chosen_with_somebody(flow):
    page = next(index for index, page in enumerate(flow.pages) if page.groups[0].name == "violence_page")
    result = read_page(Filling(flow, date(2026, 11, 22), "fr"), Spot(page), {"violence": ["police", "nobody"]}, {})
    assert [problem.question for problem in result.problems] == ["violence"]


def test_permission_is_asked_only_of_those_who_wrote_something(flow):
    assert not state(flow, region="europe").relevant("quote_permission")
    assert state(flow, what_helps="Mes collègues").relevant("quote_permission")


def test_years_and_days_are_asked_only_where_they_make_sense(flow):
    assert not state(flow, organisation_type="individual").relevant("years_involved")
    assert not state(flow, work_setting="not_now").relevant("days_per_week")
