"""What respondents are promised, said in their language from the facts that were frozen at opening."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import get_locale, get_translations, gettext, ngettext

from consultations.rounds import promise as rounds_promise
from translations.formats import joined

#: Reading and choosing on a phone in a second language; writing a few sentences there.
SECONDS_A_CHOICE, SECONDS_A_TEXT = 15, 60


def duration(statement: Mapping[str, Any]) -> str:
    """`There are 21 questions. It takes about 7 minutes. You can stop at any time: just close this page.`"""
    questions, texts = int(statement.get("questions", 0)), int(statement.get("open_questions", 0))
    seconds = SECONDS_A_CHOICE * (questions - texts) + SECONDS_A_TEXT * texts
    minutes = max(1, math.ceil(seconds / 60))
    repeated = [gettext("Some questions may be asked several times.")] if statement.get("repeated") else []
    return joined(
        (
            ngettext("There is one question.", "There are %(num)d questions.", questions),
            *repeated,
            ngettext("It takes about one minute.", "It takes about %(num)d minutes.", minutes),
            gettext("You can stop at any time: just close this page."),
        ),
        str(get_locale() or "en"),
    )


def promise(statement: Mapping[str, Any], breakdowns: Sequence[str]) -> rounds_promise.Promise:
    """What `rounds.promise` says, in the language of the page."""
    return rounds_promise.promise(statement, breakdowns, get_translations(), str(get_locale() or "en"))
