"""Every message that the author of a form can get: what it says, how grave it is, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from forms.checking.messages import MESSAGES
from forms.marking import Sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell an author, and where it stands; rows count from 1 as a spreadsheet does, 0 is the whole sheet.

    The texts are marked for translation in `forms.checking.messages`; a page asks for them with `told`.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    #: What `%(reason)s` stands for, where a message has it: a sentence that is translated on its own.
    reason: Sentence | None = None

    @property
    def level(self) -> str:
        """`error`: the form cannot be used; `notice`: something was dropped or read differently."""
        return MESSAGES[self.code].level

    @property
    def text(self) -> str:
        """What is wrong, in English."""
        return self.told(str)[0]

    @property
    def remedy(self) -> str:
        """What to do about it, in English."""
        return self.told(str)[1]

    def told(self, translate: Callable[[str], str], shown: Callable[[str], str] = str) -> tuple[str, str]:
        """What is wrong and what to do about it, in the language of `translate`, a function of the English template.

        `shown` is what a page does to each value, which is a piece of the workbook.
        """
        message, values = MESSAGES[self.code], self._values(translate, shown)
        return translate(message.text) % values, translate(message.remedy) % values

    @property
    def place(self) -> str:
        """`survey, row 7, column relevant`: as much of it as is known."""
        parts = (self.sheet, f"row {self.row}" if self.row else "", f"column {self.column}" if self.column else "")
        return ", ".join(part for part in parts if part)

    def as_json(self) -> dict[str, object]:
        """Plain data with the English words in it, for a command line or a log of imports."""
        place = {"sheet": self.sheet, "row": self.row, "column": self.column}
        words = {"text": self.text, "remedy": self.remedy, "values": self._values(str, str)}
        return {"code": self.code, "level": self.level, **place, **words}

    def _values(self, translate: Callable[[str], str], shown: Callable[[str], str]) -> dict[str, str]:
        values = {name: shown(value) for name, value in self.values.items()}
        return {**values, **({"reason": self.reason.told(translate, shown)} if self.reason else {})}


def is_usable(problems: tuple[Problem, ...]) -> bool:
    """Whether none of the problems is an error."""
    return all(problem.level != "error" for problem in problems)
