"""What each function of ODK expressions is given, in the words of its documentation."""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType

from forms.expressions.syntax import ExpressionProblem
from forms.marking import N_

#: Name -> its arguments in order; one in square brackets may be left out, and "…" stands for any number more.
#: After https://docs.getodk.org/form-operators-functions/ and https://getodk.github.io/xforms-spec/#xpath-functions
SIGNATURES: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(arguments.split(", ")) if arguments else ()
        for name, arguments in {
            # Choosing
            "if": "condition, then, otherwise",
            "coalesce": "value, value, …",
            "once": "value",
            "true": "",
            "false": "",
            "boolean": "value",
            "not": "value",
            "boolean-from-string": "text",
            "checklist": "least, most, …",
            "weighted-checklist": "least, most, …",
            # Choices
            "selected": "answer, choice",
            "selected-at": "answer, index from 0",
            "count-selected": "answer",
            "jr:choice-name": "choice, question in quotes",
            "jr:itext": "text",
            # Repeats and lists
            "position": "[path]",
            "last": "",
            "indexed-repeat": "question, repeat, number, [repeat], [number], …",
            "instance": "list name",
            "current": "",
            "count": "path",
            "count-non-empty": "path",
            "sum": "path",
            "min": "value, …",
            "max": "value, …",
            "randomize": "path, [seed]",
            "pulldata": "list name, column, key column, key",
            # Texts
            "string": "[value]",
            "string-length": "[text]",
            "normalize-space": "[text]",
            "concat": "…",
            "join": "separator, …",
            "contains": "text, part",
            "starts-with": "text, part",
            "ends-with": "text, part",
            "substr": "text, start from 0, [end]",
            "substring": "text, start from 1, [length]",
            "substring-before": "text, part",
            "substring-after": "text, part",
            "translate": "text, characters, characters instead",
            "regex": "text, pattern",
            "digest": "text, algorithm, [encoding]",
            "base64-encode": "text",
            "base64-decode": "text",
            "extract-signed": "text, public key",
            # Numbers
            "number": "[value]",
            "int": "number",
            "round": "number, [places]",
            "floor": "number",
            "ceiling": "number",
            "abs": "number",
            "pow": "number, power",
            "sqrt": "number",
            "exp": "number",
            "exp10": "number",
            "log": "number",
            "log10": "number",
            "sin": "number",
            "cos": "number",
            "tan": "number",
            "asin": "number",
            "acos": "number",
            "atan": "number",
            "atan2": "y, x",
            "pi": "",
            "random": "",
            "uuid": "[length]",
            # Dates
            "today": "",
            "now": "",
            "date": "value",
            "date-time": "value",
            "decimal-date-time": "value",
            "decimal-time": "time",
            "format-date": "date, format",
            "format-date-time": "date, format",
            # Places
            "area": "shape",
            "distance": "shape, …",
            "geofence": "point, shape",
        }.items()
    }
)
#: Second names that JavaRosa and XForms have.
SAME_AS: MappingProxyType[str, str] = MappingProxyType(
    {"index": "position", "is-selected": "selected", "enclosed-area": "area"}
)
# What people call these elsewhere: spreadsheets, later XPath, other form tools.
_KNOWN_AS = MappingProxyType(
    {
        "len": "string-length",
        "length": "string-length",
        "trim": "normalize-space",
        "iif": "if",
        "mid": "substr",
        "left": "substr",
        "right": "substr",
        "replace": "translate",
        "matches": "regex",
        "power": "pow",
        "ln": "log",
    }
)


def counts(name: str) -> tuple[int, int | None]:
    """The fewest and the most arguments of a function that we have; None for any number."""
    arguments = SIGNATURES[name]
    fixed = [argument for argument in arguments if argument != "…"]
    least = sum(not argument.startswith("[") for argument in fixed)
    return least, None if "…" in arguments else len(fixed)


def call_problem(name: str, count: int, position: int) -> ExpressionProblem | None:
    """What is wrong with calling `name` with `count` arguments at that place; None when nothing is."""
    if name not in SIGNATURES:
        return _no_function(name, position)
    least, most = counts(name)
    if count < least or (most is not None and count > most) or (name == "weighted-checklist" and count % 2):
        told = _GIVEN.get(count, N_("%(name)s() is given %(count)s values, but it is written %(call)s."))
        return ExpressionProblem(told, position, name=name, count=str(count), call=written_call(name))
    return None


def written_call(name: str) -> str:
    """A function as its documentation shows it: `substr(text, start from 0, [end])`."""
    return f"{name}({', '.join(SIGNATURES[name])})"


_GIVEN = MappingProxyType(
    {
        0: N_("%(name)s() is given nothing, but it is written %(call)s."),
        1: N_("%(name)s() is given 1 value, but it is written %(call)s."),
    }
)


def _no_function(name: str, position: int) -> ExpressionProblem:
    near = get_close_matches(name.lower().replace("_", "-"), [*SIGNATURES, *_KNOWN_AS], n=1, cutoff=0.7)
    if not near:
        return ExpressionProblem(N_("There is no function %(name)s()."), position, name=name)
    told = N_("There is no function %(name)s(); did you mean %(guess)s()?")
    return ExpressionProblem(told, position, name=name, guess=_KNOWN_AS.get(near[0], near[0]))
