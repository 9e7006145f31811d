"""What stands in single cells: yes and no, names, expressions, with the dirt of real workbooks taken off."""

from __future__ import annotations

import re
from dataclasses import replace

from forms.checking.problems import Problem
from forms.questionnaire import Text
from forms.xlsform.headers import Record

_YES = frozenset({"yes", "true", "true()", "1"})
_NO = frozenset({"no", "false", "false()", "0"})
_YES_OR_NO = {"yes": "true()", "true": "true()", "no": "false()", "false": "false()"}
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})
_QUOTES = "\"'“”„‘’«»` "
_EXPRESSIONS = (
    *("required", "relevant", "constraint", "calculation", "choice_filter", "default", "read_only", "repeat_count"),
)
_NAME = re.compile(r"[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?")
#: pyxform's inner name for a choice's label in the reader's language, which is what `label` is here.
_ITEXT = re.compile(r"jr:itext\(\s*(instance\([^)]*\)/root/item\[[^\]]*\])/itextId\s*\)")
_SEED = re.compile(r"seed\s*=\s*\$\{\s*([^}\s]{1,200})\s*\}", re.IGNORECASE)
_QUOTED = re.compile(r"""(['"])\s*\$\{\s*([^}\s]{1,200})\s*\}\s*\1""")
_INDEXED = "indexed-repeat("
REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}\s]{1,200})\s*\}")


def is_yes(written: str) -> bool:
    """Whether a cell says yes; `TRUE()` and `Yes` do."""
    return written.casefold() in _YES


def expression(written: str) -> str:
    """An expression with straight quotes; a bare yes or no is `true()` or `false()`, as pyxform has it; 0 stays 0."""
    word = written.casefold()
    if word in _YES_OR_NO:
        return _YES_OR_NO[word]
    return _ITEXT.sub(r"\1/label", written.translate(_STRAIGHT))


def condition(written: str) -> str:
    """What makes a question required or read-only: yes, 1 -> `true()`; no, 0 -> '', as if nothing were written."""
    if is_yes(written):
        return "true()"
    return "" if written.casefold() in _NO else expression(written)


def name_in(written: str) -> str:
    """A name without the quotation marks that a word processor may have put around it."""
    return written.strip(_QUOTES)


def is_name(written: str) -> bool:
    """Whether it can be the name of an XML element (Namespaces in XML 1.0, QName, as far as letters go)."""
    return _NAME.fullmatch(written) is not None


def without_dropped(record: Record, dropped: dict[str, int], problems: list[Problem]) -> Record:
    """The record with every `${name}` of a dropped row read as empty; a notice for each cell that had one."""
    cells = dict(record.cells)
    for column in _EXPRESSIONS:
        cells[column], found = _emptied(cells.get(column, ""), dropped, "''")
        problems.extend(_notices(record, column, found))
    if found := {name for name in REFERENCE.findall(cells.get("type", "")) if name in dropped}:
        # A select whose choices would be answers that nobody gives.
        cells["disabled"] = "yes"
        problems.extend(_notices(record, "type", found))
    if found := {name for name in REFERENCE.findall(cells.get("trigger", "")) if name in dropped}:
        cells["trigger"] = ", ".join(
            f"${{{name}}}" for name in REFERENCE.findall(cells["trigger"]) if name not in found
        )
        problems.extend(_notices(record, "trigger", found))
    if found := {name for name in REFERENCE.findall(cells.get("parameters", "")) if name in dropped}:
        # A seed that is always empty is none.
        cells["parameters"] = _SEED.sub(lambda seed: "" if seed[1] in dropped else seed[0], cells["parameters"]).strip()
        problems.extend(_notices(record, "parameters", found))
    texts = {}
    for column, text in record.texts.items():
        emptied = {language: _emptied(words, dropped, "") for language, words in text.by_language.items()}
        texts[column] = Text({language: words for language, (words, _) in emptied.items()})
        problems.extend(_notices(record, column, {name for _, names in emptied.values() for name in names}))
    return replace(record, cells={column: cell for column, cell in cells.items() if cell}, texts=texts)


def _emptied(written: str, dropped: dict[str, int], nothing: str) -> tuple[str, set[str]]:
    found = {name for name in REFERENCE.findall(written) if name in dropped}
    if not found:
        return written, found
    if nothing:
        written = _without_calls(written, found)
        # jr:choice-name() has its second name in quotes.
        written = _QUOTED.sub(lambda match: nothing if match[2] in found else match[0], written)
    return REFERENCE.sub(lambda match: nothing if match[1] in found else match[0], written).strip(), found


def _without_calls(written: str, dropped: set[str]) -> str:
    """The expression with '' for each indexed-repeat() that looks at a dropped row: it takes nothing but references."""
    place = 0
    while (start := written.find(_INDEXED, place)) >= 0:
        depth, place = 1, start + len(_INDEXED)
        while depth and place < len(written):
            depth += {"(": 1, ")": -1}.get(written[place], 0)
            place += 1
        if not depth and not dropped.isdisjoint(REFERENCE.findall(written[start:place])):
            written, place = f"{written[:start]}''{written[place:]}", start
    return written


def _notices(record: Record, column: str, names: set[str]) -> list[Problem]:
    return [Problem("expression.dropped", record.sheet, record.row, column, {"name": name}) for name in sorted(names)]
