"""Expressions as authors might write them, made up by Hypothesis: well-formed, of a wanted kind, with answers."""

from __future__ import annotations

import os

from hypothesis import settings
from hypothesis import strategies as st

#: Some hundreds on every run, the same ones; thousands when asked for, others each time.
ASKED = int(os.environ.get("EXPRESSION_EXAMPLES", "0"))
BOUNDED = settings(max_examples=ASKED or 200, derandomize=not ASKED, deadline=None)

TEXTS = ["", "a", "yes", "hello world", " a  b ", "a b c", "abc", "true", "é日", "😀 ok", "नमस्ते", "1", "x-y", "'"]
NUMBERS = ["0", "1", "2", "3", "7", "10", "0.5", "1.5", "2.5", ".25", "12345.678", "1000000", "0.1", "365.25", "2.675"]
DATES = ["2020-01-31", "2024-02-29", "1970-01-01", "1999-12-31", "2100-03-01", "1900-01-01"]
FORMATS = ["%Y-%m-%d", "%d/%m/%y", "%n %e %b", "100 %%", "%H:%M:%S.%3"]

Texts = st.SearchStrategy[str]

text_literals = st.sampled_from(TEXTS).map(lambda text: f'"{text}"')
number_literals = st.sampled_from(NUMBERS)
references = st.sampled_from(["/data/a", "/data/b", "/data/c"])
answers = st.fixed_dictionaries(dict.fromkeys("abc", st.sampled_from(TEXTS + NUMBERS + ["-1", "-0.5", " 7 "])))
dated_answers = st.fixed_dictionaries(dict.fromkeys("abc", st.sampled_from([*TEXTS, *NUMBERS, *DATES, "2024-02-30"])))


def call(name: str, *arguments: Texts) -> Texts:
    return st.tuples(*arguments).map(lambda given: f"{name}({', '.join(given)})")


def joined(left: Texts, operators: str, right: Texts) -> Texts:
    parts = st.tuples(left, st.sampled_from(operators.split()), right)
    return parts.map(lambda given: f"({given[0]} {given[1]} {given[2]})")


def core(depth: int) -> tuple[Texts, Texts, Texts]:
    """Texts, numbers and truths of XPath 1.0 without ODK's additions."""
    texts, numbers = text_literals | references, number_literals | references
    truths = st.sampled_from(["true()", "false()"])
    for _ in range(depth):
        texts, numbers, truths = (
            texts
            | call("concat", texts, texts)
            | call("substring-before", texts, text_literals)
            | call("substring-after", texts, text_literals)
            | call("translate", texts, text_literals, text_literals)
            | call("normalize-space", texts)
            | call("substring", texts, number_literals, number_literals)
            | call("string", truths | texts),
            numbers
            | joined(numbers, "+ - * div mod", numbers)
            | call("number", texts | truths)
            | call("string-length", texts)
            | st.one_of(*(call(name, numbers) for name in ("floor", "ceiling", "round", "-"))),
            truths
            | joined(numbers, "= != < <= > >=", numbers)
            | joined(texts, "= !=", texts | numbers)
            | joined(truths, "and or = !=", truths)
            | call("not", truths | texts | numbers)
            | call("boolean", texts | numbers)
            | call("contains", texts, texts)
            | call("starts-with", texts, texts),
        )
    return texts, numbers, truths


def odk(depth: int) -> tuple[Texts, Texts, Texts]:
    """The same with what ODK adds: choices, dates, checklists, patterns."""
    texts, numbers, truths = core(1)
    dates = call("date", st.sampled_from(DATES).map(lambda text: f"'{text}'") | references)
    places = st.sampled_from(["0", "1", "2", "-1", "-2", "9", "1.9"])
    for _ in range(depth):
        texts, numbers, truths = (
            texts
            | call("if", truths, texts, texts)
            | call("coalesce", texts, texts)
            | call("substr", texts, places)
            | call("substr", texts, places, places)
            | call("selected-at", texts, places)
            | call("join", text_literals, texts, numbers, truths)
            | call("string", dates | numbers)
            | call("format-date", dates | references, st.sampled_from(FORMATS).map(lambda text: f"'{text}'")),
            numbers
            | call("int", numbers)
            | call("round", numbers, st.sampled_from(["0", "1", "2", "-1"]))
            | call("count-selected", texts)
            | call("min", numbers, numbers)
            | call("max", numbers, numbers, numbers)
            | call("if", truths, numbers, numbers)
            | joined(dates, "- +", dates | numbers)
            | call("decimal-date-time", dates | references),
            truths
            | call("selected", texts, text_literals)
            | call("ends-with", texts, texts)
            | call("boolean-from-string", texts | truths | numbers)
            | call("checklist", st.sampled_from(["-1", "0", "2"]), st.sampled_from(["-1", "1", "3"]), truths, texts)
            | call("weighted-checklist", st.just("1"), st.just("2.5"), truths, number_literals, texts, st.just("1"))
            | call("regex", texts, st.sampled_from(["'[0-9]+'", "'^[a-z ]*$'", "'.{3}'", "'(a|b)+|c'"]))
            | joined(dates, "= != < >=", dates | references),
        )
    return texts, numbers, truths
