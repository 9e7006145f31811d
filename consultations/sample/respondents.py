"""Made-up respondents who answer through the web pages as a phone without JavaScript does, and know nothing else."""

from __future__ import annotations

import http.client
import ipaddress
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from urllib.parse import urlencode, urlsplit

from lxml import html

from consultations.errors import N_, Problem
from forms.running.canonical import canonical

MOST_PAGES = 400
TIMEOUT_SECONDS = 30
#: Who sends too quickly, or in a rush, is asked to press *Send* again.
SECONDS_BETWEEN_TRIES = 2
#: Tried one after another where a page asks to look at an answer again: numbers of many sizes, an address.
SECOND_THOUGHTS = ("1", "made-up@example.org", "5", "20", "0", "35", "100", "2", "12", "1990", "1000", "0.5", "21:30")
#: Times of a repeat that are added at most to the first one: one to three of them answer to most questionnaires.
MOST_ADDED = 2
_CLOCK = re.compile(r"[0-9]{1,2}\s?[:h点]\s?[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9](?:[\s.,\u202f]?[0-9])*")
SAID = ("This is a made-up answer.", "Made up for a trial.", "Nothing real is said here.")


class OnlyThisMachine(Problem):
    message = N_("Made-up answers are only sent to this machine, so that they never reach a real consultation.")


class Lost(Problem):
    """A made-up respondent that could not come to the end; says at which page."""

    message = N_("A made-up respondent did not come to the end: %(place)s.")


@dataclass(frozen=True, slots=True)
class Sent:
    """How many pages a respondent opened, and the bytes that came over the wire."""

    pages: int
    size_bytes: int


def answer_all(address: str, slug: str, languages: list[str], count: int, seed: int) -> Iterator[Sent]:
    """`count` respondents on `address` such as `http://127.0.0.1:8000`.

    One after another; who is asked to press *Send* again later stands aside until everybody has had a turn.
    Raises OnlyThisMachine for any other host, Lost when one of them cannot send.
    """
    parts = urlsplit(address)
    if not _is_here(parts.hostname or ""):
        raise OnlyThisMachine
    chance = Random(seed)  # noqa: S311 - made-up answers need no secrets
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=TIMEOUT_SECONDS)
    paths = (f"/c/{slug}/{chance.choice(languages)}/" for _ in range(count))
    answering: Iterable[Iterator[Sent | None]] = (_walk(connection, path, chance) for path in paths)
    try:
        while True:
            held = []
            for walk in answering:
                sent = next(walk)
                if sent is None:
                    held.append(walk)
                else:
                    yield sent
            if not held:
                return
            answering = held
            time.sleep(SECONDS_BETWEEN_TRIES)
    finally:
        connection.close()


def answer_one(connection: http.client.HTTPConnection, path: str, chance: Random) -> Sent:
    """One respondent from the welcome page to the thanks. Raises Lost."""
    for sent in _walk(connection, path, chance):
        if sent is not None:
            return sent
        time.sleep(SECONDS_BETWEEN_TRIES)
    raise Lost(place=path)


def _walk(connection: http.client.HTTPConnection, path: str, chance: Random) -> Iterator[Sent | None]:
    """None each time the respondent is asked to press *Send* again later; last of all what was sent. Raises Lost."""
    page, size = _fetch(connection, "GET", path, [])
    tries: dict[str, int] = {}
    added: dict[str, int] = {}
    for number in range(1, MOST_PAGES):
        form = _form(page)
        if form is None:
            yield Sent(number, size)
            return
        for name in _objected(page):
            tries[name] = tries.get(name, 0) + 1
        go = _button(form, chance, added)
        page, received = _fetch(
            connection, "POST", form.get("action") or path, [*_filled(form, chance, tries), ("go", go)]
        )
        size += received
        if go == "send" and page.xpath("//button[@name='go' and @value='send']"):
            yield None
    raise Lost(place=path)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _fetch(
    connection: http.client.HTTPConnection, method: str, path: str, fields: list[tuple[str, str]]
) -> tuple[html.HtmlElement, int]:
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
    connection.request(method, path, urlencode(fields) if fields else None, headers)
    response = connection.getresponse()
    body = response.read()
    if response.status not in {200, 422}:
        raise Lost(place=f"{path} ({response.status})")
    return html.document_fromstring(body), len(body)


def _form(page: html.HtmlElement) -> html.HtmlElement | None:
    """The form that goes on: the one with the `state` of the answers so far, or that begins; None on the last page."""
    forms = [form for form in page.forms if form.xpath(".//button[@name='go']")]
    return forms[0] if forms else None


def _button(form: html.HtmlElement, chance: Random, added: dict[str, int]) -> str:
    """The button that goes on, or once in a while the one that begins a repeat again."""
    offered = [str(value) for value in form.xpath(".//button[@name='go']/@value")]
    for more in (value for value in offered if value.startswith("add-")):
        if added.get(more, 0) < MOST_ADDED and chance.random() < 0.5:
            added[more] = added.get(more, 0) + 1
            return more
    for wanted in ("send", "next", "begin"):
        if wanted in offered:
            return wanted
    return offered[-1]


def _objected(page: html.HtmlElement) -> list[str]:
    """Names of the fields that the page asks to look at again."""
    wrong = "//*[contains(concat(' ', @class, ' '), ' wrong ')]//*[@name]/@name"
    return list(dict.fromkeys(str(name) for name in page.xpath(wrong)))


def _filled(form: html.HtmlElement, chance: Random, tries: dict[str, int]) -> list[tuple[str, str]]:
    fields = [
        (str(hidden.get("name")), str(hidden.get("value", ""))) for hidden in form.xpath(".//input[@type='hidden']")
    ]
    # What a person does not see is for machines to fall into; what has no name is not sent.
    seen = form.xpath(
        "(.//input[not(@type='hidden')]|.//select|.//textarea)[@name and not(ancestor::*[@aria-hidden='true'])]"
    )
    names = dict.fromkeys(str(control.get("name")) for control in seen)
    for name in names:
        controls = form.xpath(".//*[@name=$name]", name=name)
        if ranked := _ranked(form, name):
            fields += _placed(ranked, name, chance)
            continue
        fields += [(name, value) for value in _values(controls, chance, tries.get(name, 0))]
    return fields


def _values(controls: list[html.HtmlElement], chance: Random, tried: int) -> list[str]:
    first = controls[0]
    kind = first.tag if first.tag != "input" else first.get("type", "text")
    if kind == "radio":
        return [str(chance.choice(controls).get("value"))]
    if kind == "checkbox":
        options = [str(control.get("value")) for control in controls]
        return chance.sample(options, 1 if tried or len(options) < 3 else chance.randint(1, 2))
    if kind == "select":
        options = [str(value) for value in first.xpath(".//option/@value") if value]
        return [chance.choice(options)] if options else []
    if tried:
        return [SECOND_THOUGHTS[(tried - 1) % len(SECOND_THOUGHTS)]]
    return [_typed(first, chance)]


def _ranked(form: html.HtmlElement, name: str) -> list[str]:
    """The names of all fields of a rank (`needs:health`, `needs:work`) that this one is one of; [] of any other."""
    start = f"{name.partition(':')[0]}:"
    places = ".//*[contains(concat(' ', @class, ' '), ' place ')]//input/@name"
    fields = [str(field) for field in form.xpath(places)]
    return [field for field in fields if field.startswith(start)] if name in fields else []


def _placed(fields: list[str], name: str, chance: Random) -> list[tuple[str, str]]:
    """A place for each answer of a rank, all drawn when its first field comes up."""
    if name != fields[0]:
        return []
    places = chance.sample(range(1, len(fields) + 1), len(fields))
    return [(field, str(place)) for field, place in zip(fields, places, strict=True)]


def _typed(control: html.HtmlElement, chance: Random) -> str:
    name, said = str(control.get("name")), _described(control)
    if offered := control.xpath("//datalist[@id=$id]/option/@value", id=control.get("list") or ""):
        return str(chance.choice(offered))
    for ending, lowest, highest in (("-year", 1960, 2005), ("-month", 1, 12), ("-day", 1, 28)):
        if name.endswith(ending):
            return str(chance.randint(lowest, highest))
    if _CLOCK.search(said) or name.endswith("-time"):
        return f"{chance.randint(0, 23)}:{chance.choice(('00', '15', '30'))}"
    if control.get("inputmode") in {"numeric", "decimal"}:
        return _number(said, chance)
    return chance.choice(SAID)


def _number(said: str, chance: Random) -> str:
    """One between the limits that the page says, in steps of the third number where it says one."""
    limits = [Decimal(canonical("decimal", [found])) for found in _NUMBER.findall(said)]
    if len(limits) not in {2, 3}:
        return str(chance.randint(1, 40))
    low, high, step = (*limits, Decimal(1))[:3]
    return str(low + step * chance.randint(0, max(0, int((high - low) / (step or 1)))))


def _described(control: html.HtmlElement) -> str:
    """What the page says of how to fill in a control: the texts that it is described by, less what the author says."""
    ids = str(control.get("aria-describedby") or "").split()
    return " ".join(
        str(found.text_content())
        for id in ids
        if id.endswith("-how")
        for found in control.getroottree().xpath("//*[@id=$id]", id=id)
    )
