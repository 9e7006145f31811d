"""The regular expressions of Java and JavaScript, which authors write for ODK, as RE2 reads them."""

from __future__ import annotations

import re

# Up to the end where it is never closed, so that no part of a pattern is read twice.
_CLASS = r"\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*+(?:\]|\\?\Z)"
_PART = re.compile(
    rf"""
    (?P<escape>\\(?:u[0-9A-Fa-f]{{4}}|[pP]\{{\^?\w+\}}|x\{{\w+\}}|.))
  | (?P<class>{_CLASS})
  | (?P<look>\(\?[=!])
  | (?P<open>\()
  | (?P<close>\))
  | (?P<repeat>\{{(?P<least>\d+)(?P<comma>,(?P<most>\d*))?\}})
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|[pP]\{\^?\w+\}|.)", re.DOTALL)
# RE2 repeats nothing more often than this; no cell of a form needs more than ten times as much.
_MOST_REPEATS, _MOST_PIECES = 1000, 10
_MOST_LOOK_AHEADS = 20
# Repeats within repeats would otherwise multiply the pattern itself.
_LONGEST_PIECE = 200
# https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html
_POSIX = frozenset({"Lower", "Upper", "ASCII", "Alpha", "Digit", "Alnum", "Punct", "Graph", "Print", "Blank", "Cntrl"})
_PLAIN = {"\\h": "[ \\t]", "\\R": "(?:\\r\\n|[\\n\\r])", "\\Z": "\\z", "\\e": "\\x1b"}
_IN_CLASS = {"\\h": " \\t", "\\e": "\\x1b"}


def split(pattern: str) -> tuple[str, tuple[tuple[str, bool], ...]]:
    """A pattern as RE2 reads it, and the look-aheads at its beginning: each with whether it must be there or must not.

    RE2 has no look-aheads, for they can take exponential time; but those that stand first, as in
    `^(?=.*[0-9])(?!.*\\s).{8,}$`, are patterns of their own over the same text.
    """
    rest = pattern.removeprefix("^")
    found: list[tuple[str, bool]] = []
    limit = 0 if _has_choice(rest) else _MOST_LOOK_AHEADS
    while len(found) < limit and (end := _look_ahead_end(rest)):
        found.append((_translated(rest[3 : end - 1]), rest[2] == "="))
        rest = rest[end:]
    return _translated(rest if found else pattern), tuple(found)


def _look_ahead_end(pattern: str) -> int:
    """Where the look-ahead that the pattern begins with has ended; 0 when it begins with none."""
    if not pattern.startswith(("(?=", "(?!")):
        return 0
    depth = 0
    for part in _PART.finditer(pattern):
        depth += _DEPTH.get(part.lastgroup or "", 0)
        if depth == 0:
            return part.end()
    return 0


def _has_choice(pattern: str) -> bool:
    """Whether `|` stands outside every bracket: then what stands first belongs to the first alternative alone."""
    depth = 0
    for part in _PART.finditer(pattern):
        depth += _DEPTH.get(part.lastgroup or "", 0)
        if depth == 0 and part[0] == "|":
            return True
    return False


def _translated(pattern: str) -> str:
    made: list[str] = []
    opened: list[int] = []
    atom = 0
    for part in _PART.finditer(pattern):
        kind = part.lastgroup
        if kind == "repeat":
            made[atom:] = [_repeated("".join(made[atom:]), part)]
            continue
        if kind == "close":
            atom = opened.pop() if opened else len(made)
        elif part[0] not in "*+?":
            atom = len(made)
        if kind in {"open", "look"}:
            opened.append(len(made))
        made.append(_written(part))
    return "".join(made)


def _written(part: re.Match[str]) -> str:
    if part["escape"]:
        return _escape(part[0], _PLAIN)
    if part["class"]:
        return _ESCAPE.sub(lambda found: _escape(found[0], _IN_CLASS), part[0])
    return part[0]


def _escape(text: str, known: dict[str, str]) -> str:
    if text in known:
        return known[text]
    if text.startswith("\\u") and len(text) == 6:
        return f"\\x{{{text[2:]}}}"
    if not text.isascii():
        return text[1:]
    if text[1] not in "pP" or len(text) < 4:
        return text
    name = text[3:-1].removeprefix("^")
    if name in _POSIX:
        posix = f"[:{name.lower()}:]"
        return posix if known is _IN_CLASS else f"[{posix}]"
    return text.replace("{Is", "{").replace("{In", "{").replace("{Alphabetic", "{L")


def _repeated(atom: str, part: re.Match[str]) -> str:
    """`x{0,1500}` as `x{0,1000}x{0,500}`."""
    least = int(part["least"])
    most = int(part["most"] or 0) if part["comma"] else least
    often = max(least, most)
    if often <= _MOST_REPEATS or often > _MOST_REPEATS * _MOST_PIECES or len(atom) > _LONGEST_PIECE:
        return atom + part[0]
    pieces = []
    is_endless = bool(part["comma"]) and not part["most"]
    while least > 0 or most > 0:
        low, high = min(least, _MOST_REPEATS), min(max(most, least), _MOST_REPEATS)
        pieces.append(f"{atom}{{{low},{high}}}")
        least, most = least - low, max(most, least) - high
    return f"(?:{''.join(pieces)}{f'{atom}*' if is_endless else ''})"


_DEPTH = {"open": 1, "look": 1, "close": -1}
