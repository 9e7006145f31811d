"""A browser without script that types something else into each field, and remembers what it typed where."""

from __future__ import annotations

import datetime
import http.cookiejar
import io
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from secrets import randbelow
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import lxml.html
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.attacks.needles import LETTERS, drawn_word, drawn_words, groups_of_four

#: Inputs that a person types into; `None` is one without a type.
TYPED = frozenset({None, "text", "search", "tel", "url", "email", "number", "password", "date", "month", "time"})
_LANGUAGE = re.compile(rf"_({'|'.join(LETTERS)})$")
_NUMBERED = re.compile(r"-\d+-")
#: Words that are put together: longer texts show whether anything is kept that is cut or compressed.
_SENTENCES = 3
#: Longer numbers are codes, which no machine keeps as a number.
_MACHINE_DIGITS = 12
_EARLIEST = datetime.date(1931, 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A field of a page: the endpoint that showed it, and its name without a language or a number."""

    page: str
    name: str


@dataclass(slots=True)
class Ledger:
    """What was typed and shown, and which fields there were."""

    #: What is typed into fields that everybody may read: the endpoint and the name -> a value.
    public: Mapping[Place, str]
    endpoint_of: Callable[[str], str]
    secrets: dict[str, str | int | bytes] = field(default_factory=dict, repr=False)
    seen: set[Place] = field(default_factory=set)
    filled: set[Place] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    _words: Any = field(default_factory=drawn_words, repr=False)

    def keep(self, name: str, text: str | int | bytes) -> None:
        """A secret to search for afterwards."""
        if isinstance(text, str) and len(text) < 6:
            return
        if isinstance(text, str) and text.isdecimal() and len(text) < _MACHINE_DIGITS:
            text = int(text)
        self.secrets.setdefault(f"{name} #{len(self.secrets)}", text)

    def typed(self, place: Place, element: Any) -> str:
        """Something new for a field, in the language that its name or its page says."""
        if place in self.public:
            return self.public[place]
        for end, part in PARTS.items():
            if (element.get("name") or "").endswith(end):
                return part()
        language, word = next(self._words)
        named = _LANGUAGE.search(element.get("name") or "")
        if named:
            language, word = named[1], drawn_word(named[1])
        return KINDS.get(element.get("type"), _text)(element, language, word)


def _text(element: Any, language: str, word: str) -> str:
    if element.get("inputmode") in ("numeric", "decimal"):
        return _number(element, language, word)
    if element.tag == "textarea":
        word = " ".join(f"{drawn_word(language)}. " for _ in range(_SENTENCES)) + word
    return word[: int(element.get("maxlength") or 10_000)]


def _number(element: Any, language: str, word: str) -> str:
    return str(10**8 + randbelow(7 * 10**8))


def _date(element: Any, language: str, word: str) -> str:
    return (_EARLIEST + datetime.timedelta(days=randbelow(9000))).isoformat()


#: How a control wants to be filled, by its type ...
KINDS: Mapping[str | None, Callable[[Any, str, str], str]] = {"number": _number, "tel": _number, "date": _date}
#: ... and the parts of a date by the ends of their names. Alone they are too short to be searched for: the date is.
PARTS: Mapping[str, Callable[[], str]] = {
    "-day": lambda: str(1 + randbelow(28)),
    "-month": lambda: str(1 + randbelow(12)),
    "-year": lambda: str(1931 + randbelow(25)),
    "-time": lambda: f"{randbelow(24)}:{10 + randbelow(50)}",
    "clock": lambda: f"{randbelow(24)}:{10 + randbelow(50)}",
}


class _OnThisMachine(urllib.request.HTTPRedirectHandler):
    """Follows no redirect to anywhere else: *Leave now* is not followed into the world."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if urlsplit(newurl).hostname != "127.0.0.1":
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Browser:
    """Opens pages of a server, fills their forms and sends them."""

    def __init__(self, address: str, ledger: Ledger) -> None:
        self.address, self.ledger = address, ledger
        self.cookies = http.cookiejar.CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(cookies, _OnThisMachine())
        self._headers = {"User-Agent": drawn_word("en"), "X-Forwarded-For": f"203.0.113.{randbelow(250)}"}
        ledger.keep("header User-Agent", self._headers["User-Agent"])
        self.url, self.status, self.content, self.page = "", 0, b"", None

    def open(self, path: str) -> Browser:
        return self._ask(urllib.request.Request(urljoin(self.url or self.address, path)))  # noqa: S310 - our own server

    def follow(self, pattern: str) -> Browser:
        """The first link whose address has the pattern in it."""
        links = [link for link in self.links() if re.search(pattern, link)]
        assert links, f"{self.url} has no link to {pattern}: {self.links()}"
        return self.open(links[0])

    def links(self) -> list[str]:
        return [] if self.page is None else [str(link) for link in self.page.xpath("//a/@href")]

    def text(self) -> str:
        return "" if self.page is None else " ".join(self.page.text_content().split())

    def form(self, marker: str = "") -> Any:
        """The first form that posts and has a control or an address of that name; never the one that signs out."""
        for found in self.page.forms:
            if (found.action or "").endswith("/sign-out"):
                continue
            named = {str(name) for name in found.xpath(".//@name")} | {found.action or ""}
            if any(re.search(marker, name) for name in named) and found.method == "POST":
                return found
        raise AssertionError(f"{self.url} has no form with {marker!r}: {self.text()[:300]}")

    def send(
        self,
        button: tuple[str, str] | None = None,
        *,
        form: str = "",
        files: Mapping[str, tuple[str, bytes]] | None = None,
        leave: Collection[str] = (),
        **chosen: Any,
    ) -> Browser:
        """Fill the form, every field of it but those in `leave`, with `chosen` or something new, and send it."""
        sent = self.form(form)
        for element in sent.inputs:
            if element.name and element.name not in leave:
                self._fill(element, chosen)
        self._keep_dates({element.name: element.value for element in sent.inputs if element.tag == "input"})
        values = [*sent.form_values(), *([button] if button else [])]
        address = urljoin(self.url, sent.action or "")
        if sent.get("enctype") == "multipart/form-data":
            parts: dict[str, Any] = dict(values)
            parts |= {name: FileStorage(io.BytesIO(data), file) for name, (file, data) in (files or {}).items()}
            boundary, body = encode_multipart(parts)
            kind = f"multipart/form-data; boundary={boundary}"
        else:
            body, kind = urlencode(values).encode(), "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Referer": self.url}
        return self._ask(urllib.request.Request(address, body, headers))  # noqa: S310 - our own server

    def place(self, name: str) -> Place:
        return Place(self.ledger.endpoint_of(urlsplit(self.url).path), _NUMBERED.sub("-#-", _LANGUAGE.sub("", name)))

    def _fill(self, element: Any, chosen: Mapping[str, Any]) -> None:
        wanted = chosen.get(element.name.replace("-", "_"), chosen.get(element.name))
        if element.tag == "select":
            _select(element, wanted)
        elif element.tag == "input" and element.get("type") in ("radio", "checkbox"):
            if wanted is not None:
                element.checked = wanted is True or element.get("value") in wanted
        elif element.tag == "textarea" or element.get("type") in TYPED:
            place = self.place(element.name)
            value = str(wanted) if wanted is not None else self.ledger.typed(place, element)
            self.ledger.filled.add(place)
            if place not in self.ledger.public:
                for part in value.split(". "):
                    self.ledger.keep(f"{place.page} {element.name}", part.strip())
            element.value = value
        elif wanted is not None:
            element.set("value", str(wanted))

    def _keep_dates(self, typed: Mapping[str, str | None]) -> None:
        for name, year in typed.items():
            parts = [typed.get(name.removesuffix("-year") + end) for end in ("-month", "-day")] if name else []
            if name and name.endswith("-year") and year and all(parts):
                self.ledger.keep(name.removesuffix("-year"), "-".join([year, *(part.zfill(2) for part in parts)]))

    def _ask(self, request: urllib.request.Request) -> Browser:
        for name, value in self._headers.items():
            request.add_header(name, value)
        try:
            response = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as refused:
            response = refused
        with response:
            self.url, self.status, self.content = response.url, response.status, response.read()
            kind = response.headers.get_content_type()
        self.page = lxml.html.fromstring(self.content.decode()) if kind == "text/html" and self.content else None
        self._look()
        return self

    def _look(self) -> None:
        """Note the fields of the page, and the secrets that it shows."""
        self.ledger.pages.add(self.ledger.endpoint_of(urlsplit(self.url).path))
        if self.page is None:
            return
        for template in self.page.xpath("//template"):
            template.drop_tree()
        for element in self.page.xpath("//input[@name] | //textarea[@name]"):
            if element.tag == "textarea" or element.get("type") in TYPED:
                self.ledger.seen.add(self.place(element.get("name")))
        for shown in self.page.find_class("secret"):
            self.ledger.keep("shown secret", " ".join(shown.text_content().split()))
        for shown in self.page.find_class("digits"):
            code = re.sub(r"\D", "", shown.text_content())
            self.ledger.keep("shown code", code)
            self.ledger.keep("shown code in groups", groups_of_four(code))
        for state in self.page.xpath("//input[@name='state']/@value"):
            self.ledger.keep("page state", state[20:60])


def _select(element: Any, wanted: Any) -> None:
    offered = [value for value in element.value_options if value]
    if wanted is not None:
        element.value = wanted
    elif not element.value and offered:
        element.value = offered[0]
