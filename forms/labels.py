"""One label as safe HTML: its emphasis, its line breaks, and the answers that it quotes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import cast

from markupsafe import Markup, escape

_FILL = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
#: Our own marks, while a label is worked on; an author's text cannot hold them.
_OPEN, _CLOSE, _STAR, _LOW = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = str.maketrans("", "", _OPEN + _CLOSE + _STAR + _LOW)
_MARKED_FILL = re.compile(f"{_OPEN}(.+?){_CLOSE}")

#: What XLSForm's Markdown allows in a label and phones can show; anything else, HTML above all, is shown as written.
_RULES = (
    (re.compile(r"\\\*"), _STAR),
    (re.compile(r"\\_"), _LOW),
    # A link would tell another site that somebody answers here: its address is shown, not linked.
    (re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)"), r"\1 (\2)"),
    (re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE), r"<strong>\1</strong>"),
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)"), r"<strong>\1</strong>"),
    (re.compile(r"(?<!\*)\*(?=[^\s*])([^*]+?)(?<=\S)\*(?!\*)"), r"<em>\1</em>"),
    (re.compile(r"(?<!\w)_(?=[^\s_])([^_]+?)(?<=\S)_(?!\w)"), r"<em>\1</em>"),
    (re.compile(_STAR), "*"),
    (re.compile(_LOW), "_"),
    (re.compile(r"\r\n|\r|\n"), "<br>"),
)


def inline(text: str, fill: Callable[[str], str]) -> Markup:
    """`text` as HTML that fits into a label; `${name}` becomes `fill(name)`, escaped and kept apart in direction."""
    parts = _parts(text)
    if len(parts) == 1:  # most labels quote no answer, and joining Markup is ten times as slow as handing it on
        return cast(Markup, parts[0])
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(fill(part)) if place % 2 else part for place, part in enumerate(parts)
    )


def plain(text: str, fill: Callable[[str], str]) -> str:
    """`text` without any markup, for an `<option>` or a title."""
    return inline(text, fill).striptags()


@lru_cache(maxsize=8192)  # some thousand labels: every text of a large form in a dozen languages
def _parts(text: str) -> tuple[Markup | str, ...]:
    """HTML and names of answers by turns, HTML first."""
    marked = _FILL.sub(_OPEN + r"\1" + _CLOSE, text.translate(_MARKS).strip())
    html = str(escape(marked))
    for pattern, replacement in _RULES:
        html = pattern.sub(replacement, html)
    return tuple(
        part if place % 2 else Markup(part)  # noqa: S704 - escaped above, before any tag of ours
        for place, part in enumerate(_MARKED_FILL.split(html))
    )
