"""`python -m forms eval`."""

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from forms.__main__ import main

ROOT = Path(__file__).parents[3]
FIXTURE = ROOT / "../shared/fixtures/expressions/javarosa.jsonl"
CASES = [json.loads(line) for line in FIXTURE.read_text().splitlines()] if FIXTURE.exists() else []


def batch(capsys, monkeypatch, *lines):
    text = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text)))
    assert main(["eval", "--batch"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        (["1 + 1", "--as", "number"], "2"),
        (["1 div 3", "--as", "number"], "0.3333333333333333"),
        (["0 div 0", "--as", "number"], "NaN"),
        (["--as", "number", "--", "-1 div 0"], "-Infinity"),
        (["--as", "number", "--", "-0"], "-0"),
        (["concat(${a}, 'é', /data/g/b)", "--inputs", '{"a": "x", "/data/g/b": "y"}'], "xéy"),
        (["${a} > 17", "--as", "boolean", "--inputs", '{"a": 18}'], "true"),
        ([". = ''", "--as", "boolean", "--inputs", '{".": null}'], "true"),
        (["selected(${a}, 'no')"], "false"),
        (["string(now()) > ''", "--tz", "Africa/Lagos"], "false"),
    ],
)
def test_one_expression_is_printed(given, printed, capsys):
    assert main(["eval", *given]) == 0
    assert capsys.readouterr().out == printed + "\n"


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        (["concat(1"], 1, "never closed (at character 7)"),
        (["lenght('a')"], 1, "no function lenght()"),
        (["1", "--inputs", "{"], 2, "Expecting property name"),
        (["1", "--inputs", "[1]"], 2, "Inputs are an object"),
        (["1", "--inputs", '{"a": {}}'], 2, "Inputs are an object"),
        ([], 2, "Give an expression"),
    ],
)
def test_what_cannot_be_evaluated_is_told(given, status, told, capsys):
    assert main(["eval", *given]) == status
    assert told in capsys.readouterr().err


def test_an_unknown_time_zone_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["eval", "1", "--tz", "Mars/Olympus"])

    assert "no time zone Mars/Olympus" in capsys.readouterr().err


def test_each_line_of_a_batch_is_answered(capsys, monkeypatch):
    asked = {"id": 1, "expression": "${a} * 2", "inputs": {"a": "4"}, "as": "number"}

    assert batch(
        capsys, monkeypatch, asked, b"", {"id": "x", "expression": "'a'"}, asked | {"expression": "-${a}"}
    ) == [
        {"id": 1, "result": 8},
        {"id": "x", "result": "a"},
        {"id": 1, "result": -4},
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"not json", "Expecting value"),
        (b"\xff", "can't decode"),
        (b"[" * 100_000, "recursion"),
        (b"[1]", "an object with an expression"),
        (b'{"expression": "1"}', "'id' is missing"),
        (b'{"id": 1}', "'expression' is missing"),
        (b'{"id": 1, "expression": 5}', "an object with an expression"),
        (b'{"id": 1, "expression": "1 +"}', "stops before it is complete"),
        (b'{"id": 1, "expression": "1", "as": "colour"}', "string, number, boolean"),
        (b'{"id": 1, "expression": "1", "as": []}', "string, number, boolean"),
        (b'{"id": 1, "expression": "1", "inputs": "x"}', "Inputs are an object"),
    ],
)
def test_a_bad_line_gets_an_error_and_the_next_an_answer(line, told, capsys, monkeypatch):
    wrong, right = batch(capsys, monkeypatch, line, {"id": 2, "expression": "1", "as": "boolean"})

    assert told in wrong["error"]
    assert right == {"id": 2, "result": True}


def test_half_of_a_surrogate_pair_is_answered(capsys, monkeypatch):
    (answer,) = batch(capsys, monkeypatch, b'{"id": 1, "expression": "concat(${a}, 1)", "inputs": {"a": "\\ud800"}}')

    assert answer["result"] == "\ud8001"


@pytest.mark.skipif(not CASES, reason="the shared fixtures are not beside this checkout")
def test_the_shared_expressions_are_answered_in_one_batch():
    lines = [
        {
            "id": case["id"],
            "expression": case["xlsform_expression"],
            "inputs": case["inputs"],
            "as": case["result_kind"],
        }
        for case in CASES
    ]
    asked = "\n".join(map(json.dumps, lines))

    run = subprocess.run(
        [sys.executable, "-m", "forms", "eval", "--batch"],
        cwd=ROOT,
        input=asked,
        capture_output=True,
        text=True,
        check=True,
    )

    answers = [json.loads(line) for line in run.stdout.splitlines()]
    expected = [case["expected"] for case in CASES]
    near = [pytest.approx(value, abs=1e-9) if isinstance(value, float) else value for value in expected]
    assert [answer["id"] for answer in answers] == [case["id"] for case in CASES]
    assert [answer["result"] for answer in answers] == near
