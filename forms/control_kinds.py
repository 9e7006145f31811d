"""Which control suits a question, and how its options stand: by its type and its appearance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from forms.question_types import is_grid_head
from forms.questionnaire import Question

#: A longer list of single choices folds into a `<select>`.
LONGEST_OPEN_LIST = 12
#: A longer one is written in a field that offers what fits: on a phone of 640 pixels a `<select>` shows eleven at once,
#: and nobody should scroll through countries.
LONGEST_MENU = 30
#: A longer list of which several can be ticked opens part by part.
LONGEST_TICKED = 24
#: Lines of a text that may be long, where the author does not say how many, and at most.
USUAL_LINES, MOST_LINES = 5, 20


def layout_of(kind: str, question: Question) -> str:
    """columns, likert, grid or steps; '' for one below the other."""
    if kind == "steps":
        return "" if "tick_labelset" in question.parameters else "steps"
    appearances = question.appearance.split()
    return next((layout for layout, fits in _LAYOUTS if any(map(fits, appearances))), "")


#: ODK's appearances; a phone shows one column whatever they say, save that the choices of a grid's row stand in a line.
_LAYOUTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("likert", lambda appearance: appearance == "likert"),
    ("grid", lambda appearance: appearance == "list-nolabel"),
    ("columns", lambda appearance: appearance.startswith(("columns", "compact", "quickcompact", "horizontal"))),
)


def rows_of(question: Question) -> int:
    """Lines of a text that may be long."""
    wanted = question.parameters.get("rows", "")
    return min(int(wanted), MOST_LINES) or USUAL_LINES if wanted.isdecimal() and len(wanted) < 4 else USUAL_LINES


def kind_of(question: Question, offered: int) -> str:
    """A key of the template's macros; `offered` is how many options there are.

    The head of a grid is only told: its choices stand with each question of the grid.
    """
    return "note" if is_grid_head(question) else _KINDS[question.type](question, offered)


def _one_of(question: Question, offered: int) -> str:
    appearances = set(question.appearance.split())
    if offered > (LONGEST_OPEN_LIST if appearances & {"autocomplete", "search"} else LONGEST_MENU):
        return "typed"
    folded = {"minimal", "autocomplete", "search"} & appearances
    return "list" if folded or offered > LONGEST_OPEN_LIST else "radios"


def _several_of(question: Question, offered: int) -> str:
    return "folded" if offered > LONGEST_TICKED else "checkboxes"


def _text(question: Question, offered: int) -> str:
    appearances = question.appearance.split()
    if "multiline" in appearances or "rows" in question.parameters:
        return "lines"
    return "numbers" if "numbers" in appearances else "line"


_KINDS: Mapping[str, Callable[[Question, int], str]] = MappingProxyType(
    {
        "select_one": _one_of,
        "select_multiple": _several_of,
        "rank": lambda question, offered: "ranks",
        "text": _text,
        "integer": lambda question, offered: "integer",
        "decimal": lambda question, offered: "decimal",
        "range": lambda question, offered: "steps" if offered else "range",
        "date": lambda question, offered: "date",
        "time": lambda question, offered: "time",
        "datetime": lambda question, offered: "moment",
        "acknowledge": lambda question, offered: "acknowledge",
        "note": lambda question, offered: "note",
    }
)
