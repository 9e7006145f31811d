"""Authors' regular expressions as JavaScript reads them, where it reads them as RE2 does and cannot hang over them."""

from __future__ import annotations

import re

_SIGNS = r"[A-Za-z0-9 _@#%&=<>!~:;,'\"`\u00c0-\ud7ff]"
_ESCAPED = r"\\[-.+*?()\[\]{}|^$/\\@#%&=<>!~:;,'\"` ]"
_IN_CLASS = rf"(?:{_SIGNS}|{_ESCAPED}|[.+*?(){{}}|$/])"
_PIECES = re.compile(
    rf"""
    (?P<one>\.|\\[dDwWs]|{_ESCAPED}|{_SIGNS}|[-/]|\[\^?-?(?:{_IN_CLASS}(?:-{_IN_CLASS})?|\\[dws])+-?\])
  | (?P<edge>[\^$])
  | (?P<open>\((?:\?:)?)
  | (?P<close>\))
  | (?P<choice>\|)
  | (?P<exact>\{{[0-9]{{1,3}}\}})
  | (?P<some>[*+?]|\{{[0-9]{{1,3}},(?:[0-9]{{1,3}})?\}})
    """,
    re.VERBOSE,
)
# JavaScript's own \s has more in it, and its `.` has less; `-` and the like are not escaped outside its classes.
_WRITTEN = {".": "[^\\n]", "\\s": "[\\t\\n\\f\\r ]"}
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")


def script_pattern(pattern: str) -> str | None:
    """The pattern with the flag `u`, to be held against the whole text; None where browsers might differ or hang.

    Browsers try one way after another: a repeated group that can itself be read in several ways takes them
    exponential time.
    """
    made: list[str] = []
    #: For every open group, whether what it has had so far can be read in one way alone.
    groups = [True]
    before, is_single, at = "", True, 0
    while at < len(pattern):
        piece = _PIECES.match(pattern, at)
        if piece is None:
            return None
        kind = piece.lastgroup or ""
        if kind in {"exact", "some"}:
            if before not in {"one", "close"} or (before == "close" and not is_single and piece[0] != "?"):
                return None
            groups[-1] = groups[-1] and kind == "exact"
        elif kind == "open":
            groups.append(True)
        elif kind == "close":
            if len(groups) == 1:
                return None
            is_single = groups.pop()
            groups[-1] = groups[-1] and is_single
        elif kind == "choice":
            groups[-1] = False
        made.append(_written(piece[0]) if kind == "one" else piece[0])
        before, at = kind, piece.end()
    return "".join(made) if len(groups) == 1 else None


def _written(piece: str) -> str:
    if piece.startswith("["):
        return re.sub(r"\\(.)", lambda found: _in_class(found[1]), piece)
    if piece.startswith("\\") and not piece[1].isalnum() and piece[1] not in _SYNTAX:
        return piece[1]
    return _WRITTEN.get(piece, piece)


def _in_class(escaped: str) -> str:
    if escaped == "s":
        return "\\t\\n\\f\\r "
    return f"\\{escaped}" if escaped.isalnum() or escaped in _SYNTAX or escaped == "-" else escaped
