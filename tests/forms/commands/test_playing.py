"""A form walked by JSON lines."""

import io
import json
import sys
from datetime import date

import pytest

from forms.__main__ import main
from forms.commands.playing import Play, answered
from forms.xlsform.importing import import_file

FORM = """
    | survey |
    | | type | name | label | relevant | calculation | read_only | constraint |
    | | integer | age | Age | | | | . < 120 |
    | | select_one yn | work | Work | ${age} > 17 | | | |
    | | select_multiple yn | ticks | Ticks | | | | |
    | | rank yn | order | Order | | | | |
    | | text | fixed | Fixed | | | yes | |
    | | calculate | twice | | | ${age} * 2 | | |
    | | calculate | told | | | jr:choice-name(${work}, '${work}') | | |
    | | begin_repeat | member | Member | | | | |
    | | text | name | Name | | | | |
    | | end_repeat | | | | | | |
    | choices |
    | | list_name | name | label::en | label::fr |
    | | yn | yes | Yes | Oui |
    | | yn | no | No | Non |
"""


def walked(*steps, form=FORM):
    play = Play(import_file("form.md", form.encode()).questionnaire, date(2026, 11, 22))
    lines = [step if isinstance(step, str) else json.dumps(step) for step in steps]
    return list(answered(play, lines))


def test_a_state_says_everything_of_every_node():
    (state,) = walked({"set": "/data/age", "value": "30"}, {"set": "/data/work", "value": "yes"}, {"state": True})

    assert state["nodes"]["/data/work"] == {
        "relevant": True,
        "value": "yes",
        "required": False,
        "readonly": False,
        "constraint_violated": False,
        "options": ["yes", "no"],
    }
    assert state["nodes"]["/data/twice"]["value"] == "60"
    assert state["nodes"]["/data/member[1]"] == {"relevant": True}


def test_what_is_not_offered_is_not_chosen():
    (state,) = walked(
        {"set": "/data/age", "value": "130"},
        {"set": "/data/work", "value": "maybe"},
        {"set": "/data/ticks", "value": "no maybe yes no"},
        {"set": "/data/order", "value": "no yes"},
        {"state": True},
    )

    assert [state["nodes"][f"/data/{name}"]["value"] for name in ("work", "ticks", "order")] == ["", "yes no", "no yes"]
    assert state["nodes"]["/data/age"]["constraint_violated"]


def test_times_are_added_and_removed():
    added, removed = walked(
        {"add_repeat": "/data/member", "count": 2},
        {"set": "/data/member[3]/name", "value": "Ana"},
        {"state": True},
        {"remove_repeat": "/data/member[1]"},
        "",
        {"state": True},
    )

    assert added["nodes"]["/data/member[3]/name"]["value"] == "Ana"
    assert removed["nodes"]["/data/member[2]/name"]["value"] == "Ana"


def test_labels_come_in_the_language_asked_for():
    *_, state = walked(
        {"set": "/data/age", "value": "30"},
        {"set": "/data/work", "value": "no"},
        {"language": "French (fr)"},
        {"state": True},
    )

    assert state["nodes"]["/data/told"]["value"] == "Non"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[" * 100_000,
        "[1]",
        "null",
        '"state"',
        "{}",
        '{"set": 5, "value": "1"}',
        '{"set": "/data/age"}',
        '{"set": "/data/age", "value": ["1"]}',
        '{"set": "/data/none", "value": "1"}',
        '{"set": "", "value": "1"}',
        '{"set": "/data", "value": "1"}',
        '{"set": "/data/age[1]", "value": "1"}',
        '{"set": "/data/member[0]/name", "value": "1"}',
        '{"set": "/data/member[99999999999999999999]/name", "value": "1"}',
        '{"set": "/data/member[-1]/name", "value": "1"}',
        '{"set": "/data/member[[1]]/name", "value": "1"}',
        '{"set": "/data/member]1[/name", "value": "1"}',
        '{"set": "/data/member[1/name", "value": "1"}',
        '{"set": "/data/member", "value": "1"}',
        '{"set": "/data/twice", "value": "1"}',
        '{"set": "/data/fixed", "value": "1"}',
        '{"set": "/data/order", "value": "no"}',
        '{"add_repeat": "/data/member", "count": 0}',
        '{"add_repeat": "/data/member", "count": -5}',
        '{"add_repeat": "/data/member", "count": 1e999}',
        '{"add_repeat": "/data/member", "count": NaN}',
        '{"add_repeat": "/data/member", "count": "2"}',
        '{"add_repeat": "/data/age"}',
        '{"add_repeat": null}',
        '{"remove_repeat": "/data/member[2]"}',
        '{"language": {}}',
    ],
)
def test_a_line_that_cannot_be_done_says_so_and_changes_nothing(line):
    before, error, after = walked({"state": True}, line, {"state": True})

    assert error["error"]
    assert after == before


def test_a_count_beyond_every_measure_adds_what_there_is_room_for():
    (state,) = walked({"add_repeat": "/data/member", "count": 10**9}, {"state": True})

    assert "/data/member[100]" in state["nodes"]
    assert "/data/member[101]" not in state["nodes"]


def test_the_command_walks_a_file_whatever_bytes_come(tmp_path, monkeypatch, capsys):
    (tmp_path / "form.md").write_text(FORM)
    lines = b'{"set": "/data/member[1]/name", "value": "\\ud800"}\n\xff\xfe\n{"state": true}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))

    assert main(["play", str(tmp_path / "form.md"), "--today", "2026-11-22"]) == 0
    printed = capsys.readouterr()
    (state,) = map(json.loads, printed.out.splitlines())
    assert "JSON" in json.loads(printed.err)["error"]
    assert state["nodes"]["/data/member[1]/name"]["value"] == "\ud800"


@pytest.mark.parametrize(("text", "code"), [("| survey |\n| | type | name |\n| | text | 1a |\n", 1), (None, 2)])
def test_a_file_that_is_no_form_is_not_walked(tmp_path, text, code):
    if text:
        (tmp_path / "form.md").write_text(text)

    assert main(["play", str(tmp_path / "form.md")]) == code


def test_a_flat_form_has_no_groups_in_its_paths():
    (state,) = walked(
        {"state": True},
        form="""
        | survey |
        | | type | name | label | relevant |
        | | text | a | A | |
        | | begin_group | g | G | ${a} = 'x' |
        | | text | b | B | |
        | | end_group | | | |
        | settings |
        | | form_id | flat |
        | | f | yes |
        """,
    )

    assert list(state["nodes"]) == ["/data/a", "/data/b"]
