"""What respondents are promised, in words of any language, from the facts that were frozen at opening."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any

from consultations.staff.roles import ROLE_NAMES, Role
from exports.scripts import quoted
from translations.formats import listed, written_number

Statement = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Promise:
    """Whole sentences: what everybody should read, and what is there for who wants to know more."""

    first: tuple[str, ...]
    more: tuple[str, ...]
    never: tuple[str, ...]


def promise(statement: Statement, breakdowns: Sequence[str], words: NullTranslations, language: str) -> Promise:
    """Everything that `rounds.statement` knows; a fact that it does not hold is not claimed.

    `breakdowns` are the labels of the questions that tables are broken down by; `words` speaks `language`.
    """
    return Promise(
        tuple(_first(statement, words)),
        (
            *_kept(statement, words, language),
            *_read_by(statement, words, language),
            *_published(statement, breakdowns, words, language),
            *_seen_on_the_way(statement, words),
        ),
        tuple(_never(words)),
    )


def _first(statement: Statement, words: NullTranslations) -> Iterator[str]:
    holders, months = _number(statement, "key_holders"), _number(statement, "retention_months")
    yield words.gettext("We keep your answers and the language you answer in. We keep nothing else.")
    yield words.gettext(
        "Nothing is stored before you press “Send”, unless you save it for later. Answers are locked as soon as they"
        " arrive."
    )
    if statement.get("invited"):
        yield words.gettext(
            "You answer with a code. The code counts once and says only for which region it was made. Nobody can see"
            " which code an answer came with."
        )
    if holders:
        yield words.ngettext(
            "After the consultation has closed, %(num)d person can unlock the answers. Nobody else can.",
            "After the consultation has closed, %(num)d people can unlock the answers. Nobody else can.",
            holders,
        ) % {"num": holders}
    if months:
        yield words.ngettext(
            "All answers are destroyed one month after the consultation has closed, or sooner.",
            "All answers are destroyed %(num)d months after the consultation has closed, or sooner.",
            months,
        ) % {"num": months}
    if _number(statement, "open_questions"):
        yield words.gettext(
            "Some questions ask for your own words. Please write no names, and nothing that could point to you or to"
            " somebody else."
        )


def _kept(statement: Statement, words: NullTranslations, language: str) -> Iterator[str]:
    kinds = _kinds(statement, words)
    if kinds:
        yield words.gettext("What we keep of your answers: %(kinds)s.") % {"kinds": listed(kinds, language)}
    never, coarser = _number(statement, "never_stored"), _number(statement, "stored_coarser")
    if never:
        yield words.ngettext(
            "%(num)d answer only decides what you are asked next. It is never stored.",
            "%(num)d answers only decide what you are asked next. They are never stored.",
            never,
        ) % {"num": never}
    if coarser:
        yield words.ngettext(
            "%(num)d answer is stored only roughly: a number as a range, a date as its month, a time as its hour.",
            "%(num)d answers are stored only roughly: numbers as ranges, dates as months, times as hours.",
            coarser,
        ) % {"num": coarser}
    days = _number(statement, "draft_days")
    if days:
        yield words.ngettext(
            "Only if you press “Save for later”: your answers so far, locked with a code of yours, for %(num)d day.",
            "Only if you press “Save for later”: your answers so far, locked with a code of yours, for %(num)d days.",
            days,
        ) % {"num": days}
        yield words.gettext(
            "After “Send” you get a code with which you can take your answers back until results are published."
        )


def _kinds(statement: Statement, words: NullTranslations) -> list[str]:
    """`["14 choices from lists", "2 texts"]`."""
    kinds = statement.get("kinds") or {}
    say = {
        "choices": lambda n: words.ngettext("%(num)d choice from a list", "%(num)d choices from lists", n),
        "numbers": lambda n: words.ngettext("%(num)d number", "%(num)d numbers", n),
        "times": lambda n: words.ngettext("%(num)d date or time", "%(num)d dates or times", n),
        "texts": lambda n: words.ngettext("%(num)d text in your own words", "%(num)d texts in your own words", n),
    }
    return [say[kind](kinds[kind]) % {"num": kinds[kind]} for kind in say if kinds.get(kind)]


def _read_by(statement: Statement, words: NullTranslations, language: str) -> Iterator[str]:
    known = [Role(role) for role in statement.get("key_roles", ()) if role in list(Role)]
    roles = list(dict.fromkeys(words.gettext(ROLE_NAMES[role]) for role in known))
    if roles:
        yield words.gettext("Work of the people who can unlock the answers: %(roles)s.") % {
            "roles": listed(roles, language)
        }


def _published(
    statement: Statement, breakdowns: Sequence[str], words: NullTranslations, language: str
) -> Iterator[str]:
    if breakdowns:
        yield words.gettext(
            "Results are published as totals by these questions only: %(questions)s. Small numbers are hidden."
        ) % {"questions": listed([quoted(label, language) for label in breakdowns], language)}
    else:
        yield words.gettext("Results are published as totals. Small numbers are hidden.")
    limits = [_number(statement, name) for name in ("least_base", "least_count", "least_base_for_shares")]
    if all(limits):
        base, count, share = (written_number(limit, language) for limit in limits)
        yield words.gettext(
            "Groups of fewer than %(base)s people are joined with others, numbers below %(count)s are not shown, no"
            " percentages are given for fewer than %(share)s people, and every number is changed a little at random."
        ) % {"base": base, "count": count, "share": share}


def _seen_on_the_way(statement: Statement, words: NullTranslations) -> Iterator[str]:
    if statement.get("counted_in_memory"):
        yield words.gettext(
            "We keep no list of visits. So that machines cannot flood us, we count in memory how often an address tries"
            " something; the count is forgotten after %(minutes)s minutes and never written down."
        ) % {"minutes": statement["counted_in_memory"]}
        yield words.gettext(
            "Your internet provider can see that your device opened this site, but not what you answer. Tor Browser"
            " hides that, too."
        )
    if statement.get("onion"):
        yield words.gettext("In Tor Browser this site has an address of its own: %(address)s") % {
            "address": statement["onion"]
        }


def _never(words: NullTranslations) -> Iterator[str]:
    """What no response carries, whatever the form: the store has no place for it."""
    yield words.gettext("Your name, e-mail address and phone number: we never ask for them.")
    yield words.gettext("Your internet address, your kind of device, and when you answered.")
    yield words.gettext("Cookies: these pages set none, and they load nothing from other sites.")


def _number(statement: Statement, name: str) -> int:
    return int(statement.get(name) or 0)
