"""Whole pages of real forms: what the script has open is what the server finds relevant, whatever is typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from forms.controls import control_name
from forms.questionnaire import Question
from forms.running.answers import SHOWN, read_page
from forms.running.filling import Filling
from forms.running.flow import Flow, Spot
from forms.running.live import live
from forms.running.typed_times import parts_of
from forms.xlsform.importing import import_file
from tests.consultations.pages.script_runs import Filled, needs_node, open_questions

pytestmark = needs_node

FOLDER = Path(__file__).parents[3] / "../shared/fixtures/forms"
FORMS = sorted(file for file in FOLDER.glob("*.xls*") if file.suffix in {".xls", ".xlsx"})
TODAY = date(2026, 11, 22)
FILLED_IN, MOST_PAGES = 12, 25
OWN = """
| survey |
| | type | name | label | relevant | calculation | appearance |
| | integer | far | Far | | | |
| | begin_group | page | Page | | | field-list |
| | integer | a | A | | | |
| | select_multiple s | b | B | ${a} > ${far} | | |
| | select_one s | z | Z | | | minimal |
| | begin_group | g | G | selected(${b}, 'x') or ${z} = 'y' | | |
| | date | c | C | not(selected(${b}, 'y')) | | |
| | select_one s | d | D | | | |
| | end_group | | | | | |
| | calculate | sum | | ${d} != 'y' | coalesce(${a}, 0) * 2 + count-selected(${b}) | |
| | text | e | E | ${sum} mod 3 = 1 or ${c} > today() | | |
| | text | f | F | string-length(${e}) > 2 and regex(${e}, '[a-z ]+') | | |
| | end_group | | | | | |
| choices |
| | list_name | name | label |
| | s | x | X |
| | s | y | Y |
"""


def fields_of(question: Question, key: str) -> list[str]:
    return [f"{key}-{part}" for part in parts_of(question)] or [control_name(key)]


def typed(question: Question, key: str, choices: tuple[str, ...], random: Random) -> dict[str, list[str]]:
    """Something in the fields of a question: nothing, what fits, or what does not."""
    if parts_of(question):
        day = [random.choice(("2020", "2030", "x", "")), str(random.randint(1, 13)), str(random.randint(1, 31))]
        return {field: [day.pop(0) if day else "9:30"] for field in fields_of(question, key)}
    if question.type == "select_multiple":
        return {control_name(key): [choice for choice in choices if random.random() < 0.4]}
    if choices:
        return {control_name(key): [random.choice(("", *choices))]}
    texts = ("", "1", "2", "3", "5", "18", "65", "-1", "2.5", "1,000", "abc", "ab c", "yes")
    return {control_name(key): [random.choice(texts)]}


def filled_in(flow: Flow, page: int, random: Random):
    """A page with live questions, filled in by chance: what the script needs of it, and what the server needs."""
    before = {"far": str(random.randint(0, 3))}
    filling, spot = Filling(flow, TODAY, "en", "seed"), Spot(page)
    state = filling.state(before)
    conditions = live(flow, spot, state).conditions
    if not conditions:
        return None
    questions = dict(flow.questions(spot))
    every: dict[str, list[str]] = {}
    for key, question in questions.items():
        names = tuple(choice.name for choice, _ in state.rules[key].choices)
        every |= typed(question, key, names, random)
    # What is not live and not relevant before is not on the page.
    there = [key for key in questions if key in conditions or state.relevance[key]]
    fields = {field: every[field] for key in there for field in fields_of(questions[key], key)}
    controls = {name: fields_of(questions[name], name) for name in conditions}
    return Filled(conditions, controls, fields), (filling, spot, before, there)


def on_the_server(page: Filled, found: frozenset[str], sent) -> tuple[frozenset[str], tuple[str, ...]]:
    """The live questions that the server finds relevant, and those that it would bring the page back for."""
    filling, spot, before, there = sent
    shown = [key for key in there if key in found or key not in page.conditions]
    closed = {field for name, fields in page.controls.items() if name not in found for field in fields}
    raw = {field: given for field, given in page.fields.items() if field not in closed and given}
    result = read_page(filling, spot, {**raw, SHOWN: [" ".join(shown)]}, before)
    relevant = frozenset(name for name in page.conditions if result.state.relevance[name])
    return relevant, tuple(name for name in result.opened if name in page.conditions)


@pytest.mark.parametrize("file", ["own", *FORMS], ids=lambda file: getattr(file, "name", file))
def test_the_script_has_open_what_the_server_finds_relevant(file):
    name, content = ("own.md", OWN.encode()) if file == "own" else (file.name, file.read_bytes())
    questionnaire = import_file(name, content).questionnaire
    if questionnaire is None and file != "own":
        pytest.skip("the checks refuse this form")
    flow, random = Flow(questionnaire), Random(7)  # noqa: S311 - it fills in forms
    pages = [page for page in range(len(flow.pages)) if not flow.pages[page].repeats][:MOST_PAGES]
    times = 300 if file == "own" else FILLED_IN
    drawn = [made for page in pages for _ in range(times) if (made := filled_in(flow, page, random))]

    found = open_questions([page for page, _ in drawn]) if drawn else []

    if file == "own":
        assert {len(names) for names in found} > {0, 1, 2, 3}
    differing = [
        (sent[1], page.fields, names, expected)
        for (page, sent), names in zip(drawn, found, strict=True)
        if (expected := on_the_server(page, names, sent)) != (names, ())
    ]
    assert differing[:3] == []
