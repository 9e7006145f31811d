"""What respondents are promised, said in their language from the facts that were frozen at opening."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import get_locale, gettext, ngettext

from consultations.errors import N_
from exports.scripts import quoted
from translations.formats import joined, listed

#: Reading and choosing on a phone in a second language; writing a few sentences there.
SECONDS_A_CHOICE, SECONDS_A_TEXT = 15, 60

#: For invited consultations.
WITH_CODE = N_(
    "You answer with a code. The code counts once and says only for which region it was made. Nobody can see which "
    "code an answer came with."
)


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


def kept(statement: Mapping[str, Any], breakdowns: Sequence[str]) -> list[str]:
    """Everything that is kept of a response, who can read it, what becomes public, and when it ends.

    `breakdowns` are the labels of the questions that tables are broken down by.
    """
    language = str(get_locale() or "en")
    sentences = [
        gettext("We keep your answers and the language you answer in. We keep nothing else."),
        gettext("Nothing is stored before you press “Send”. Answers are locked as soon as they arrive."),
        gettext("Only if you press “Save for later”: your answers so far, locked with a code of yours, for 30 days."),
        gettext("After “Send” you get a code with which you can take your answers back until results are published."),
        *([gettext(WITH_CODE)] if statement.get("invited") else []),
        *_kept_in_part(statement),
    ]
    holders, months = int(statement.get("key_holders", 0)), int(statement.get("retention_months", 0))
    if holders:
        sentences.append(
            ngettext(
                "After the consultation has closed, %(num)d person can unlock the answers. Nobody else can.",
                "After the consultation has closed, %(num)d people can unlock the answers. Nobody else can.",
                holders,
            )
        )
    if breakdowns:
        sentences.append(
            gettext(
                "Results are published as totals by these questions only: %(questions)s. Small numbers are hidden.",
                questions=listed([quoted(label, language) for label in breakdowns], language),
            )
        )
    else:
        sentences.append(gettext("Results are published as totals. Small numbers are hidden."))
    if statement.get("open_questions"):
        sentences.append(
            gettext(
                "Some questions ask for your own words. Please write no names, and nothing that could point to you or "
                "to somebody else."
            )
        )
    if months:
        sentences.append(
            ngettext(
                "All answers are destroyed one month after the consultation has closed, or sooner.",
                "All answers are destroyed %(num)d months after the consultation has closed, or sooner.",
                months,
            )
        )
    return sentences


def _kept_in_part(statement: Mapping[str, Any]) -> Iterator[str]:
    never, coarser = int(statement.get("never_stored", 0)), int(statement.get("stored_coarser", 0))
    if never:
        yield ngettext(
            "%(num)d answer only decides what you are asked next. It is never stored.",
            "%(num)d answers only decide what you are asked next. They are never stored.",
            never,
        )
    if coarser:
        yield ngettext(
            "%(num)d answer is stored only roughly: a number as a range, a date as its month, a time as its hour.",
            "%(num)d answers are stored only roughly: numbers as ranges, dates as months, times as hours.",
            coarser,
        )


def not_kept() -> list[str]:
    """What no response carries, whatever the form: the store has no place for it."""
    return [
        gettext("Your name, e-mail address and phone number: we never ask for them."),
        gettext("Your internet address, your kind of device, and when you answered."),
        gettext("Cookies: these pages set none, and they load nothing from other sites."),
    ]
