"""Expressions whose results two engines agree on."""

import json
import math
from pathlib import Path

import pytest

from forms.expressions.evaluate import Context, compile_expression
from forms.expressions.values import to_boolean, to_number, to_text

FIXTURE = Path(__file__).parents[3] / "../shared/fixtures/expressions/javarosa.jsonl"
CASES = [json.loads(line) for line in FIXTURE.read_text().splitlines()] if FIXTURE.exists() else []
KINDS = {"number": to_number, "string": to_text, "boolean": to_boolean}


def agrees(found, expected):
    if not isinstance(found, float):
        return found == expected
    expected = float(expected)
    return math.isclose(found, expected, abs_tol=1e-9) or (math.isnan(found) and math.isnan(expected))


@pytest.mark.skipif(not CASES, reason="the shared fixtures are not beside this checkout")
def test_expressions_mean_what_they_mean_to_odk():
    differing = []
    for case in CASES:
        inputs = case["inputs"]
        context = Context(value=lambda name, inputs=inputs: inputs.get(name, ""))
        found = KINDS[case["result_kind"]](compile_expression(case["xlsform_expression"])(context))
        if not agrees(found, case["expected"]):
            differing.append((case["xlsform_expression"], found, case["expected"]))

    assert differing == []
