"""The script of the pages comes to the same as the server, whatever is asked of it."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.expressions.evaluate import Context, compile_expression
from forms.expressions.in_place import NotInPlace, plain
from forms.expressions.patterns import matches
from forms.expressions.script_patterns import script_pattern
from forms.expressions.values import to_boolean, to_number, to_text
from forms.running.answer_problems import NotAnAnswer
from forms.running.canonical import canonical
from tests.consultations.pages.script_runs import needs_node, run, standing_alone
from tests.forms.expressions.generated import ASKED, dated_answers, odk

pytestmark = needs_node

FIXTURE = Path(__file__).parents[3] / "../shared/fixtures/expressions/javarosa.jsonl"
CASES = [json.loads(line) for line in FIXTURE.read_text().splitlines()] if FIXTURE.exists() else []
KINDS = {"number": to_number, "string": to_text, "boolean": to_boolean}
#: What no page is given, and how many of the fixture's cases use it.
LEFT_TO_THE_SERVER = {"digest()": 7, "geofence()": 8, "a date in words or with a time": 1}


def is_same(found, expected):
    if isinstance(expected, float) and isinstance(found, float):
        return math.isclose(found, expected, abs_tol=1e-9) or (math.isnan(found) and math.isnan(expected))
    return found == expected


@pytest.mark.skipif(not CASES, reason="the shared fixtures are not beside this checkout")
def test_expressions_mean_what_they_mean_to_odk():
    asked, expected, left = [], [], {}
    for case in CASES:
        try:
            tree = standing_alone(case["xlsform_expression"])
        except NotInPlace as reason:
            left[str(reason)] = left.get(str(reason), 0) + 1
            continue
        fields = {name: [value] for name, value in case["inputs"].items()}
        asked.append((tree, fields, case["result_kind"]))
        value = case["expected"]
        expected.append((case["xlsform_expression"], float(value) if case["result_kind"] == "number" else value))

    found = run(asked)

    assert [(*wanted, one) for wanted, one in zip(expected, found, strict=True) if not is_same(one, wanted[1])] == []
    assert left == LEFT_TO_THE_SERVER


def examples(strategy, count):
    """So many examples at once: one process of Node looks at all of them."""
    found = []

    @settings(
        max_examples=count, derandomize=not ASKED, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(strategy)
    def collect(example):
        found.append(example)

    collect()
    return found


@pytest.mark.parametrize("kind", ["string", "number", "boolean"])
def test_made_up_expressions_mean_what_they_mean_to_the_server(kind):
    made = dict(zip(("string", "number", "boolean"), odk(2), strict=True))[kind]
    asked, expected = [], []
    for text, inputs in examples(st.tuples(made, dated_answers), ASKED or 400):
        try:
            tree = standing_alone(text)
        except NotInPlace:
            continue
        asked.append((tree, {name: [value] for name, value in inputs.items()}, kind))
        context = Context(value=lambda name, inputs=inputs: inputs.get(name, ""))
        expected.append((text, inputs, KINDS[kind](compile_expression(text)(context))))

    found = run(asked)

    assert len(asked) > 150
    assert [(*wanted, one) for wanted, one in zip(expected, found, strict=True) if not is_same(one, wanted[2])] == []


WHOLE = (
    "|12| 1 000 |1,000|1.000.000|1.5|2.0|-3|−4|+5|٣٤|९|𝟙𝟚|1'000|abc|1,00|1,000.0|12345678901234567|-0|007|.|5.|١٬٠٠٠"
)
DECIMAL = (
    "|1.5|1,5|1.234,5|1,234.5|٣٫٥|1،5|.5|5.|-0.0|0.0000001|100|1.50|-1,0|1..5|x|999999999999999|0.1234567890123456|–2.5"
)
TYPED = {
    "$t": (
        "text",
        ["", "  a b ", "e\u0301", "a\r\nb\rc", "\x00x\x7f\x85", "\u3000日\u3000", "\ufeffx", "😀", "\x1f y"],
    ),
    "$i": ("integer", [*WHOLE.split("|"), "1" * 101, "1\u202f000"]),
    "$n": ("decimal", [*DECIMAL.split("|"), "1 234.5"]),
}
DATES = [
    ("2024", "2", "29"),
    ("2023", "2", "29"),
    ("", "", ""),
    ("24", "1", "1"),
    ("٢٠٢٤", "٠٣", " 5 "),
    ("2024", "13", "1"),
]
DATES += [
    ("0000", "1", "1"),
    ("0001", "1", "1"),
    ("９９９９", "12", "31"),
    ("2024", "", "1"),
    ("2024", "1.", "1"),
    ("2024", "0", "1"),
]


def read_by_the_server(kind, given):
    try:
        return canonical(kind, given)
    except NotAnAnswer:
        return ""


def test_what_is_typed_is_read_as_the_server_reads_it():
    asked = [((work, "a"), {"a": [typed]}, "string") for work, (_, texts) in TYPED.items() for typed in texts]
    asked += [
        (("$d", "a"), dict(zip(("a-year", "a-month", "a-day"), ([p] for p in date), strict=True)), "string")
        for date in DATES
    ]
    expected = [read_by_the_server(kind, [typed]) for kind, texts in TYPED.values() for typed in texts]
    expected += [read_by_the_server("date", date) for date in DATES]

    found = run(asked)

    assert [pair for pair in zip(asked, found, expected, strict=True) if pair[1] != pair[2]] == []


def test_dates_and_moments_in_texts_count_as_the_same_days():
    texts = ["2024-02-29", "2024-2-9", "2023-02-29", " 1969-12-31 ", "0001-01-01", "0000-01-01", "2020-01-01T10:30"]
    texts += [
        "2020-01-01T23:30:15.5-05:00",
        "2020-01-01T00:30:00+0530",
        "2020-01-01T24:00",
        "2020-1-1T10:00",
        "2020-01-01T10",
    ]
    texts += ["2020-01-01T10:00Z", "2020-01-01T10:00+99:00", "20200101", "9999-12-31", "12345678", "x2020-01-01"]
    shapes = ["number('{}')", "decimal-date-time('{}')", "number(date('{}'))"]
    written = [shape.format(text) for shape in shapes for text in texts]

    found = run([(standing_alone(text), {}, "number") for text in written])

    expected = [to_number(compile_expression(text)(Context())) for text in written]
    assert [row for row in zip(written, found, expected, strict=True) if not is_same(row[1], row[2])] == []


def test_numbers_are_written_without_exponents():
    numbers = [1e21, -1.5e300, 5e-324, 1.25e-7, -0.0, 123456789012345680000.0, 2.0**53, 0.1 + 0.2, math.inf, math.nan]

    found = run([(("string", plain(number)), {}, "string") for number in numbers])

    assert found == [to_text(number) for number in numbers]


PATTERNS = [
    "[0-9]{4}",
    "a|b",
    "(ab)?c",
    "([0-9]{3} )*",
    r"\d+\.\d{2}",
    "[^a-c]+",
    r"[\w.-]+@[a-z]+",
    ".",
    r"\s*x",
    "^a$",
    "a-b",
    r"[\s]",
]
TEXTS = [
    "",
    "2024",
    "a",
    "b",
    "abc",
    "c",
    "123 456 ",
    "3.14",
    "xyz",
    "a.b@c",
    "\n",
    "\u2028",
    "\u00a0x",
    " x",
    "😀",
    "a-b",
    "é",
    "\r",
]


def test_patterns_match_what_they_match_on_the_server():
    written = [(pattern, text) for pattern in PATTERNS for text in TEXTS]

    found = run([(("regex", text, script_pattern(pattern)), {}, "boolean") for pattern, text in written])

    assert [row for row, one in zip(written, found, strict=True) if one is not matches(row[1], row[0])] == []


def test_a_date_that_is_asked_for_in_part_is_its_first_day():
    fields = {"a-year": ["2024"], "a-month": ["5"]}

    assert run([(("$d", "a"), {"a-year": ["2024"]}, "string"), (("$d", "a"), fields, "string")]) == [
        "2024-01-01",
        "2024-05-01",
    ]


CORNERS = [
    "round(1.5, 'x')",
    "string-length((1 + 1) | 'a')",
    "checklist(1, 1, ${a})",
    "weighted-checklist(1, 1, ${a}, 1)",
]


def test_corners_are_the_same():
    found = run([(standing_alone(text), {"a": [" "]}, "number") for text in CORNERS])

    expected = [to_number(compile_expression(text)(Context(value=lambda _: " "))) for text in CORNERS]
    assert [row for row in zip(CORNERS, found, expected, strict=True) if not is_same(row[1], row[2])] == []
