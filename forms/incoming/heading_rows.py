"""Which of a file's first rows are headings, and what each of them may name: a question, an option of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from forms.running.typed_choices import folded

#: What stands below a question where it has no options; SurveyMonkey, in its languages.
_RESPONSE = frozenset(
    {"response", "open ended response", "reponse", "reponse ouverte", "respuesta", "respuesta abierta", "ответ", "答复"}
)
_BRACKETS = re.compile(r"^(.+?)\s*\[([^\[\]]+)\]$", re.DOTALL)
#: LimeSurvey's “code & text”: `G01Q02. Where do you live?`
_CODE = re.compile(r"^([A-Za-z][A-Za-z0-9_]*)(?:\[([^\[\]]+)\])?[.:]\s+(.+)$", re.DOTALL)
_DASH = re.compile(r"\s+[-–—]\s+|:\s+")

#: (what may name a question, what may name an option of it or ''.)
Reading = tuple[str, str]


def headings_of(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """For each column its heading, in one part or in two; `rows` are the first three of the file that are not blank."""
    first, second = rows[0], rows[1]
    width = max(map(len, rows))
    first = (*first, *("",) * (width - len(first)))
    if not _is_heading(first, (*second, *("",) * (width - len(second)))) and not _is_for_machines(rows):
        return tuple((cell or f"[{at}]",) for at, cell in enumerate(first, 1))
    above, headings = "", []
    for at in range(width):
        # SurveyMonkey writes a question once, above the first of its options.
        above = first[at] or above
        headings.append((above, second[at] if at < len(second) else ""))
    return tuple(headings)


def _is_heading(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the second row names what the first leaves open, or says in every case that an answer follows."""
    open_cells = [below for above, below in zip(first, second, strict=True) if not above]
    if any(folded(cell) in _RESPONSE for cell in second):
        return True
    return bool(open_cells) and all(open_cells) and bool(first[0])


def _is_for_machines(rows: Sequence[Sequence[str]]) -> bool:
    return len(rows) > 2 and any('"ImportId"' in cell for cell in rows[2])


def readings(heading: tuple[str, ...]) -> tuple[Reading, ...]:
    """All that a heading may name, the likeliest first.

    `group/question/option` (Kobo), `Q1[SQ001]` and `Q1. Text [Option]` (LimeSurvey), `Question - Option` and an option
    below its question (SurveyMonkey), `Question [Row]` (Google Forms).
    """
    if len(heading) == 2:
        above, below = heading
        if not below or folded(below) in _RESPONSE:
            return tuple(dict.fromkeys(_of_one(above)))
        return tuple(dict.fromkeys([(above, below), *_of_one(below), *_of_one(above)]))
    return tuple(dict.fromkeys(_of_one(heading[0])))


def _of_one(text: str) -> Iterator[Reading]:
    yield text, ""
    steps = text.split("/")
    for at in range(len(steps) - 1, 0, -1):
        rest = "/".join(steps[at:]).strip()
        yield rest, ""
        yield "/".join(steps[:at]).strip(), rest
        yield steps[at - 1].strip(), rest
    if found := _CODE.match(text):
        yield found[1], found[2] or ""
        yield from _bracketed(found[3])
        yield found[3], ""
    yield from _bracketed(text)
    for cut in reversed(list(_DASH.finditer(text))):
        yield text[: cut.start()].strip(), text[cut.end() :].strip()


def _bracketed(text: str) -> Iterator[Reading]:
    if found := _BRACKETS.match(text):
        yield found[1], found[2]
        yield f"{found[1]}_{found[2]}", ""
        # The rows of a grid are questions of their own in an XLSForm.
        yield found[2], ""
