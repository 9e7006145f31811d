"""Question pages that are alike for everybody: drawn and compressed once, then served from memory.

Most pages are: nobody has answered them yet, and nothing on them depends on other answers. Only the sealed state
differs. So the bytes before and after it are kept, plain and as pieces of a gzip stream (RFC 1951 section 2.3: a stream
is a row of blocks), and the state goes between them in a block of its own. Compressing a whole page with Brotli takes
longer than everything else about it together; in pieces it is some 200 bytes larger and costs next to nothing.

What is kept was drawn for nobody in particular: a page with somebody's answers in it is never kept.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, Response, current_app, request

from consultations.pages.visits import Visit
from forms.controls import control_name
from forms.expressions.in_place import IN_PLACE, Plain
from forms.question_types import SELECTS, is_asked
from forms.questionnaire import Text
from forms.running.flow import Flow, Spot, State
from forms.running.live import live

#: Pages of about 20 kB with both forms: some dozens for each language of each consultation.
MOST_KEPT = 1000
#: The browser may keep such a page for its own *Back*, and asks again for any other use. It holds no answer that could
#: be read, only the sealed state; every page with an answer on it is `no-store`. With `no-store` on all pages, Back on
#: a phone led to the browser's own error page (Chromium 156: ERR_CACHE_MISS), with the answers seemingly lost.
FOR_BACK_ONLY = "private, no-cache"
#: What an expression is made of: texts in quotation marks without these, names and numbers, operators.
_WORD = re.compile(r"[\w.-]+|[<>!=|+*$-]+")
#: No deflate stream, no magic beyond RFC 1952: no name, no time, an unknown system.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_LONGEST_BLOCK = 0xFFFF


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page without the state."""

    before: bytes
    after: bytes
    deflated_before: bytes
    deflated_after: bytes
    #: CRC-32 of `before`.
    checksum: int

    @classmethod
    def around(cls, page: str, state: str) -> KeptPage:
        """The page as it was drawn with `state` in it, once."""
        before, _, after = page.partition(state)
        head, tail = before.encode(), after.encode()
        return cls(head, tail, _deflated(head, zlib.Z_FULL_FLUSH), _deflated(tail, zlib.Z_FINISH), zlib.crc32(head))

    def plain(self, state: bytes) -> bytes:
        return b"".join((self.before, state, self.after))

    def gzipped(self, state: bytes) -> bytes:
        """`plain(state)` as gzip (RFC 1952)."""
        checksum = zlib.crc32(self.after, zlib.crc32(state, self.checksum))
        size = len(self.before) + len(state) + len(self.after)
        end = struct.pack("<II", checksum, size & 0xFFFFFFFF)
        return b"".join((_GZIP_HEAD, self.deflated_before, *_stored(state), self.deflated_after, end))


def kept_page(key: Hashable, state: str, drawn: Callable[[], str]) -> Response:
    """The page of that key with `state` in it; `drawn` is called when it is not kept yet, and draws it with `state`."""
    kept = pages_of(current_app)
    page = kept.get(key)
    if page is None:
        page = kept[key] = KeptPage.around(drawn(), state)
        if len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    gzips = takes_gzip(request.headers.get("Accept-Encoding", ""))
    response = Response(page.gzipped(state.encode()) if gzips else page.plain(state.encode()))
    response.headers["Cache-Control"] = FOR_BACK_ONLY
    if gzips:
        response.headers["Content-Encoding"] = "gzip"
    return response


def takes_gzip(accept_encoding: str) -> bool:
    """Whether a browser takes gzip: every one since 1999 does, and says so without a quality value."""
    return "gzip" in accept_encoding and "gzip;q=0" not in accept_encoding.replace(" ", "")


def page_key(here: Visit, interface: str, spot: Spot, form: State) -> Hashable | None:
    """What a page of that visit is kept under; None where it is not alike for everybody."""
    shown = _everybodys(here.flow, spot, form)
    if shown is None:
        return None
    is_first = here.flow.previous_page(form, spot) is None
    return (here.place.key, here.language, interface, spot.page, *here.flow.progress(form, spot), is_first, shown)


def _everybodys(flow: Flow, spot: Spot, form: State) -> tuple[Hashable, ...] | None:
    """What a page depends on that is shown for the first time; None where it shows anything that somebody answered."""
    if spot.positions or not _is_constant(flow, spot.page):
        return None
    found = live(flow, spot, form)
    if found.folded and not _is_of_the_form(found.conditions, flow):
        return None
    shown: list[Hashable] = [tuple(found.conditions.items())] if found.folded else []
    for name, question in flow.questions(spot):
        if not form.relevance[name]:
            # What lies ready for the script has nothing of anybody's in it either.
            if name in found.conditions and not _is_ready_for_everybody(name, form):
                return None
            continue
        # What is locked has somebody's answer on it, a region that a code told for instance; the other pages do not.
        if form.value(name) or (is_asked(question) and form.read_only(name)):
            return None
        rules = form.rules[name]
        is_whole = question.type not in SELECTS or (name in form.form.free and "randomize" not in question.parameters)
        offered = () if is_whole else tuple(choice.name for choice in form.options(name))
        shown.append((name, rules.required if isinstance(rules.required, bool) else form.required(name), offered))
    return tuple(shown)


def _is_of_the_form(conditions: Mapping[str, Plain], flow: Flow) -> bool:
    """Whether conditions that other answers went into hold no word or number but the form's own."""
    return all(isinstance(leaf, bool) or str(leaf) in _words(flow) for leaf in _leaves(tuple(conditions.items())))


def _leaves(tree: object) -> Iterator[object]:
    if isinstance(tree, tuple):
        for part in tree:
            yield from _leaves(part)
    else:
        yield tree


@lru_cache(maxsize=64)
def _words(flow: Flow) -> frozenset[str]:
    """Names of questions and choices, and what stands in the form's relevances."""
    form = flow.questionnaire
    words = {control_name(question.name) for question in form.questions()} | IN_PLACE | {"$", "|"}
    words |= {choice.name for choices in form.choices.values() for choice in choices}
    for question in form.questions():
        words.update(_WORD.findall(question.relevant))
    return frozenset(words)


def _is_ready_for_everybody(name: str, form: State) -> bool:
    """Whether a closed question would be shown alike to everybody, were it open."""
    rules = form.rules[name]
    is_whole = not (rules.choice_filter or rules.answers or "randomize" in rules.question.parameters)
    is_open = isinstance(rules.required, bool) and not form.form.has_locks
    return name not in form.answers and is_open and is_whole


@lru_cache(maxsize=4096)
def _is_constant(flow: Flow, page: int) -> bool:
    """Whether no text on the page has an answer put into it."""
    return not any("${" in text for part in _texts(flow, page) for text in part.by_language.values())


def _texts(flow: Flow, page: int) -> Iterator[Text]:
    names = {question.name for question in flow.pages[page].questions}
    for groups, question in flow.questionnaire.walk():
        if question.name in names:
            yield from (group.label for group in groups)
            yield from (question.label, question.hint, question.guidance_hint)
            yield from (choice.label for choice, _ in flow.form.rules[question.name].choices)


def _stored(content: bytes) -> Iterator[bytes]:
    """Blocks without compression (RFC 1951 section 3.2.4); sealed bytes have nothing to compress."""
    for first in range(0, len(content), _LONGEST_BLOCK):
        block = content[first : first + _LONGEST_BLOCK]
        yield struct.pack("<BHH", 0, len(block), len(block) ^ 0xFFFF) + block


def _deflated(content: bytes, flush: int) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(content) + deflate.flush(flush)


def pages_of(app: Flask) -> OrderedDict[Hashable, KeptPage]:
    """Everything that is kept in this process, oldest first."""
    kept: OrderedDict[Hashable, KeptPage] = app.extensions.setdefault("kept_pages", OrderedDict())
    return kept
