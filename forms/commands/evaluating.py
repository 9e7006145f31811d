"""`python -m forms eval`: the result of an expression without a form around it."""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from forms.expressions.context import Context
from forms.expressions.evaluate import compile_expression
from forms.expressions.syntax import ExpressionProblem
from forms.expressions.values import Value, to_boolean, to_number, to_text

DONE, WRONG, UNREADABLE = 0, 1, 2

_KINDS: MappingProxyType[str, Callable[[Value], Any]] = MappingProxyType(
    {"string": to_text, "number": lambda value: _as_json(to_number(value)), "boolean": to_boolean}
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Teaches the command line this command; what it parses has `run`, a function of what was given."""
    parser = commands.add_parser("eval", help="print the result of an expression")
    parser.add_argument("expression", nargs="?", help="as a cell of an XLSForm has it")
    parser.add_argument("--inputs", default="{}", help="a JSON object of answers by name or path; '.' is this one")
    parser.add_argument("--as", dest="kind", choices=_KINDS, default="string")
    parser.add_argument("--batch", action="store_true", help="answer JSON lines from standard input")
    parser.add_argument("--tz", dest="zone", type=_zone, default="UTC", help="the time zone of the clock")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints one result, or one for each line of standard input; returns the exit status."""
    if given.batch:
        for answer in answers(sys.stdin.buffer, given.zone):
            print(json.dumps(answer), flush=True)
        return DONE
    if given.expression is None:
        print("Give an expression, or --batch.", file=sys.stderr)
        return UNREADABLE
    try:
        inputs = json.loads(given.inputs)
        result = evaluated({"expression": given.expression, "inputs": inputs, "as": given.kind}, given.zone)
    except ExpressionProblem as problem:
        print(problem, file=sys.stderr)
        return WRONG
    except (ValueError, RecursionError) as problem:
        print(problem, file=sys.stderr)
        return UNREADABLE
    shown = result if isinstance(result, str) else json.dumps(result)
    print(shown.encode(errors="replace").decode())
    return DONE


def answers(lines: Iterable[bytes], zone: tzinfo) -> Iterator[dict[str, Any]]:
    """For each line `{"id", "expression", "inputs", "as"}` either `{"id", "result"}` or `{"id", "error"}`."""
    for line in lines:
        if not line.strip():
            continue
        asked: Any = None
        try:
            asked = json.loads(line)
            yield {"id": asked["id"] if isinstance(asked, dict) else None, "result": evaluated(asked, zone)}
        except (ValueError, KeyError, RecursionError) as problem:
            reason = f"{problem} is missing" if isinstance(problem, KeyError) else str(problem)
            yield {"id": asked.get("id") if isinstance(asked, dict) else None, "error": reason}


def evaluated(asked: Any, zone: tzinfo) -> str | float | bool:
    """The result of one question; NaN, the infinite numbers and -0, for which JSON has no words, as texts.

    Raises ExpressionProblem, and ValueError or KeyError for what is no question.
    """
    if not isinstance(asked, dict) or not isinstance(asked["expression"], str):
        raise ValueError("A line is an object with an expression")
    inputs = asked.get("inputs") or {}
    if not isinstance(inputs, dict) or not all(
        isinstance(value, str | int | float | None) for value in inputs.values()
    ):
        raise ValueError("Inputs are an object of texts")
    kind = asked.get("as", "string")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise ValueError(f"A result is taken as one of: {', '.join(_KINDS)}")
    result: str | float | bool = _KINDS[kind](compile_expression(asked["expression"])(_context(inputs, zone)))
    return result


def _context(inputs: Mapping[str, Any], zone: tzinfo) -> Context:
    texts = {name.rstrip("/").rsplit("/", 1)[-1]: _as_text(value) for name, value in inputs.items()}
    now = datetime.now(zone)
    return Context(
        value=lambda name: texts.get(name, ""),
        current=texts.get(".", ""),
        today=now.date(),
        now=now,
        random=random.random,
    )


def _as_text(value: str | float | None) -> str:
    return "" if value is None else to_text(value)


def _as_json(number: float) -> str | float:
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else to_text(number)
    if number == 0:
        return "-0" if math.copysign(1, number) < 0 else 0
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as problem:
        raise argparse.ArgumentTypeError(f"there is no time zone {name}") from problem
