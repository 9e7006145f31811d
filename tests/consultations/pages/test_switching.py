"""Filters switch between released tables and nothing else; whatever is not there falls back."""

import pytest

from consultations.analysis.tables import ReleasedTable
from consultations.pages.switching import MOST_QUESTIONS, sections, shown
from forms.questionnaire import Group, Question, Questionnaire, Source, Text

HOME, WORK = ("home", ["rent", "heat"]), ("work", [f"w{number}" for number in range(MOST_QUESTIONS + 1)])


def group(name, questions):
    made = tuple(Question(each, "select_one", f"/data/{each}", Source("survey", 2)) for each in questions)
    return Group(name, f"/data/{name}", Source("survey", 2), Text({"en": name}), appearance="field-list", children=made)


FORM = Questionnaire(Text({"en": "Spring"}), "spring", ("en",), "en", (group(*HOME), group(*WORK)), {})


def table(question, by="region", within="", **more):
    label = {"en": by} if by else {}
    named = {"en": within} if within else {}
    return ReleasedTable(
        f"{question}.{by}.{within}", question, {}, by, label, "categories", (), (), (), within, named, **more
    )


TABLES = [table(name, by) for name in (*HOME[1], *WORK[1]) for by in ("region", "setting")]
TABLES += [table("rent", "setting", "africa"), table("_language", ""), table("rent", "setting", item="x")]


def test_a_part_of_the_questionnaire_is_shown_at_a_time():
    made = shown(TABLES, FORM, {})
    assert [(each.name, each.label, len(each.questions), each.number) for each in made.sections] == [
        ("p1", {"en": "home"}, 2, 0),
        ("p2-1", {"en": "work"}, MOST_QUESTIONS, 1),
        ("p2-2", {"en": "work"}, 1, 2),
        ("more", {}, 1, 0),
    ]
    assert [each.question for each in made.tables] == ["rent", "heat"]
    assert [each.question for each in shown(TABLES, FORM, {"part": "p2-2"}).tables] == [f"w{MOST_QUESTIONS}"]
    assert [each.question for each in shown(TABLES, FORM, {"part": "more"}).tables] == ["_language"]


def test_a_breakdown_and_a_region_choose_among_released_tables():
    assert {each.breakdown for each in shown(TABLES, FORM, {"by": "setting"}).tables} == {"setting"}
    within = shown(TABLES, FORM, {"in": "africa"})
    assert ([each.id for each in within.tables], within.by) == (["rent.setting.africa"], "setting")
    assert (list(within.breakdowns), list(within.regions)) == (["setting"], ["africa"])


@pytest.mark.parametrize("wanted", [{"by": "\0"}, {"in": "mars"}, {"part": "p99"}, {"by": "", "in": "", "part": ""}])
def test_what_is_not_there_falls_back_to_what_comes_first(wanted):
    assert shown(TABLES, FORM, wanted) == shown(TABLES, FORM, {})


def test_an_address_keeps_what_was_chosen_and_changes_one_thing():
    made = shown(TABLES, FORM, {"by": "setting", "part": "p2-1"})
    assert made.choice() == {"by": "setting", "part": "p2-1"}
    assert made.choice(by="region", **{"in": "africa"}) == {"by": "region", "part": "p2-1", "in": "africa"}


def test_a_release_without_tables_shows_none():
    made = shown([], FORM, {"by": "region"})
    assert (made.tables, made.section, made.sections, made.choice()) == ((), None, (), {})
    assert list(sections(FORM, [])) == []
