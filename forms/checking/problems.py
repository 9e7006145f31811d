"""Every message that the author of a form can get: what it says, how grave it is, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.checking.messages import MESSAGES


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell an author, and where it stands; rows count from 1 as a spreadsheet does, 0 is the whole sheet.

    The texts are marked for translation in `forms.checking.messages`; a page translates `message.text` and
    `message.remedy` and fills in `values`.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """`error`: the form cannot be used; `notice`: something was dropped or read differently."""
        return MESSAGES[self.code].level

    @property
    def text(self) -> str:
        """What is wrong, in English."""
        return MESSAGES[self.code].text % self.values

    @property
    def remedy(self) -> str:
        """What to do about it, in English."""
        return MESSAGES[self.code].remedy % self.values

    @property
    def place(self) -> str:
        """`survey, row 7, column relevant`: as much of it as is known."""
        parts = (self.sheet, f"row {self.row}" if self.row else "", f"column {self.column}" if self.column else "")
        return ", ".join(part for part in parts if part)

    def as_json(self) -> dict[str, object]:
        """Plain data with the English words in it, for a command line or a log of imports."""
        place = {"sheet": self.sheet, "row": self.row, "column": self.column}
        words = {"text": self.text, "remedy": self.remedy, "values": dict(self.values)}
        return {"code": self.code, "level": self.level, **place, **words}


def is_usable(problems: tuple[Problem, ...]) -> bool:
    """Whether none of the problems is an error."""
    return all(problem.level != "error" for problem in problems)
