"""A second evaluator of ODK expressions, written from the specifications alone and slowly, to check the first one by.

https://www.w3.org/TR/1999/REC-xpath-19991116/ and https://getodk.github.io/xforms-spec/
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from forms.expressions.parsing import parse
from forms.expressions.syntax import Call, Chain, Literal, Negative

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Day:
    """Days since 1 January 1970."""

    number: int


@dataclass(frozen=True)
class Answer:
    """What a node of the form says."""

    text: str


def second(expression, inputs):
    return value_of(parse(expression), inputs)


def value_of(tree, inputs):
    if isinstance(tree, Literal):
        return tree.value
    if isinstance(tree, Negative):
        return -number(value_of(tree.operand, inputs))
    if isinstance(tree, Chain):
        found = value_of(tree.first, inputs)
        for sign, operand in tree.rest:
            found = OPERATIONS[sign](found, value_of(operand, inputs))
        return found
    if isinstance(tree, Call):
        return FUNCTIONS[tree.function](*(value_of(argument, inputs) for argument in tree.arguments))
    return Answer(inputs[tree.steps[-1].name])


def string(value):
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, float):
        return "" if value != value else digits(value)
    if isinstance(value, Day):
        return "-".join(f"{part:0{width}}" for part, width in zip(civil(value.number), (4, 2, 2), strict=True))
    return value.text if isinstance(value, Answer) else value


def digits(value):
    if value in (math.inf, -math.inf):
        return "Infinity" if value > 0 else "-Infinity"
    plain = f"{Decimal(repr(value)):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def number(value):
    if isinstance(value, bool | float):
        return float(value)
    if isinstance(value, Day):
        return float(value.number)
    text = string(value).strip(" \t\r\n")
    if re.fullmatch("-?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)", text):
        return float(Fraction(text.rstrip("."))) if not text.startswith("-") else -number(text[1:])
    found = day(text)
    return math.nan if found is None else float(found.number)


def boolean(value):
    if isinstance(value, float):
        return not (value == 0 or value != value)
    return value is True or isinstance(value, Day | Answer) or (isinstance(value, str) and value != "")


def day(value):
    """The day that a text or a value says, or None."""
    if isinstance(value, Day):
        return value
    found = re.fullmatch("([0-9]{4})-([0-9]{2})-([0-9]{2})", string(value))
    if not found:
        return None
    year, month, date = (int(part) for part in found.groups())
    made = Day(ordinal(year, month, date))
    return made if civil(made.number) == (year, month, date) else None


def ordinal(year, month, date):
    """Counted year by year and month by month."""
    years = (366 if is_leap(each) else 365 for each in range(min(year, 1970), max(year, 1970)))
    before = sum(years) * (1 if year >= 1970 else -1)
    return before + sum(lengths(year)[: month - 1]) + date - 1


def civil(days):
    year = 1970
    while days < 0:
        year -= 1
        days += 366 if is_leap(year) else 365
    while days >= (366 if is_leap(year) else 365):
        days -= 366 if is_leap(year) else 365
        year += 1
    month = 0
    while days >= lengths(year)[month]:
        days -= lengths(year)[month]
        month += 1
    return year, month + 1, days + 1


def lengths(year):
    return [31, 29 if is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def divided(left, right):
    if left != left or right != right or (left == 0 and right == 0):
        return math.nan
    if right == 0:
        return math.inf if (left > 0) == (math.copysign(1, right) > 0) else -math.inf
    return left / right


def remainder(left, right):
    if left != left or right != right or right == 0 or left in (math.inf, -math.inf):
        return math.nan
    if right in (math.inf, -math.inf):
        return left
    exact = abs(Fraction(left)) % abs(Fraction(right))
    return float(exact) if left > 0 else -float(exact)


def arithmetic(work):
    return lambda left, right: work(number(left), number(right))


def equal(left, right):
    if isinstance(left, bool) or isinstance(right, bool):
        return boolean(left) == boolean(right)
    if isinstance(left, float | Day) or isinstance(right, float | Day):
        return number(left) == number(right)
    return string(left) == string(right)


def rounded(value, places=0.0):
    value, places = number(value), number(places)
    if value != value or value in (math.inf, -math.inf):
        return value
    way = ROUND_HALF_UP if value > 0 else ROUND_HALF_DOWN
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-int(places)), way))


def whole(value, way):
    value = number(value)
    return value if value != value or value in (math.inf, -math.inf) else float(Decimal(value).to_integral_value(way))


def part(text, start, end=None):
    """`substr`."""
    text, size = string(text), len(string(text))
    start, end = (int(number(place)) for place in (start, float(size) if end is None else end))
    start, end = (place + size if place < 0 else place for place in (start, end))
    return "".join(text[place] for place in range(max(start, 0), min(end, size)))


def xpath_part(text, start, length):
    first = rounded(start)
    last = first + rounded(length)
    return "".join(letter for place, letter in enumerate(string(text), 1) if first <= place < last)


def translated(text, old, new):
    made = ""
    for letter in string(text):
        place = string(old).find(letter)
        made += letter if place < 0 else string(new)[place : place + 1]
    return made


def chosen(answer):
    return [choice for choice in re.split("[ \t\r\n]+", string(answer)) if choice]


def extreme(way):
    def run(*values):
        numbers = [number(value) for value in values]
        return math.nan if any(each != each for each in numbers) else sorted(numbers)[way]

    return run


def is_there(value):
    return string(value).strip() != "" if isinstance(value, Answer) else boolean(value)


def checklist(least, most, *values):
    count = len([value for value in values if is_there(value)])
    return (number(least) == -1 or count >= number(least)) and (number(most) == -1 or count <= number(most))


def weighted(least, most, *values):
    total = 0.0
    for place in range(0, len(values), 2):
        total += number(values[place + 1]) if is_there(values[place]) else 0
    return number(least) <= total <= number(most)


def formatted(date, pattern):
    found = day(date)
    if found is None:
        return ""
    year, month, date = civil(found.number)
    told = {"%Y": f"{year:04}", "%m": f"{month:02}", "%d": f"{date:02}", "%y": f"{year:04}"[2:], "%n": str(month)}
    told |= {"%e": str(date), "%b": MONTHS[month - 1], "%%": "%", "%H": "00", "%M": "00", "%S": "00", "%3": "000"}
    return "".join(told.get(piece, piece) for piece in re.split("(%.)", pattern))


def selected_at(answer, place):
    place = int(number(place))
    return chosen(answer)[place] if 0 <= place < len(chosen(answer)) else ""


def after(text, mark):
    return string(text)[string(text).index(string(mark)) + len(string(mark)) :] if string(mark) in string(text) else ""


def before(text, mark):
    return string(text)[: string(text).index(string(mark))] if string(mark) in string(text) else ""


OPERATIONS = {
    "+": arithmetic(lambda left, right: left + right),
    "-": arithmetic(lambda left, right: left - right),
    "*": arithmetic(lambda left, right: left * right),
    "div": arithmetic(divided),
    "mod": arithmetic(remainder),
    "<": arithmetic(lambda left, right: left < right),
    "<=": arithmetic(lambda left, right: left <= right),
    ">": arithmetic(lambda left, right: left > right),
    ">=": arithmetic(lambda left, right: left >= right),
    "=": equal,
    "!=": lambda left, right: not equal(left, right),
    "and": lambda left, right: boolean(left) and boolean(right),
    "or": lambda left, right: boolean(left) or boolean(right),
}
FUNCTIONS = {
    "true": lambda: True,
    "false": lambda: False,
    "not": lambda value: not boolean(value),
    "boolean": boolean,
    "number": number,
    "string": string,
    "if": lambda condition, yes, no: yes if boolean(condition) else no,
    "coalesce": lambda first, other: first if string(first) else other,
    "concat": lambda *values: "".join(string(value) for value in values),
    "join": lambda mark, *values: string(mark).join(string(value) for value in values),
    "substring-before": before,
    "substring-after": after,
    "translate": translated,
    "normalize-space": lambda text: re.sub("[ \t\r\n]+", " ", string(text)).strip(" "),
    "substring": xpath_part,
    "substr": part,
    "string-length": lambda text: float(len(string(text))),
    "contains": lambda text, mark: string(text).find(string(mark)) >= 0,
    "starts-with": lambda text, mark: string(text)[: len(string(mark))] == string(mark),
    "ends-with": lambda text, mark: string(text)[len(string(text)) - len(string(mark)) :] == string(mark),
    "floor": lambda value: whole(value, ROUND_FLOOR),
    "ceiling": lambda value: whole(value, ROUND_CEILING),
    "int": lambda value: whole(value, ROUND_FLOOR if number(value) > 0 else ROUND_CEILING),
    "round": rounded,
    "min": extreme(0),
    "max": extreme(-1),
    "count-selected": lambda answer: float(len(chosen(answer))),
    "selected": lambda answer, choice: string(choice).strip() in (chosen(answer) or [""]),
    "selected-at": selected_at,
    "boolean-from-string": lambda value: string(value) in ("1", "true"),
    "checklist": checklist,
    "weighted-checklist": weighted,
    "regex": lambda text, pattern: re.fullmatch(pattern, string(text)) is not None,
    "date": lambda value: day(value) or (Day(int(number(value))) if isinstance(value, float) else ""),
    "decimal-date-time": lambda value: number(value) if day(value) else math.nan,
    "format-date": formatted,
}
