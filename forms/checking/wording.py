"""What a message to an author is made of: its level, its text and its remedy, marked for translation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Message:
    """How grave it is, what is wrong, and what to do."""

    level: Literal["error", "notice"]
    text: str
    remedy: str


def error(text: str, remedy: str) -> Message:
    return Message("error", text, remedy)


def notice(text: str, remedy: str) -> Message:
    return Message("notice", text, remedy)
