"""Question pages that are alike for everybody: drawn and compressed once, then served from memory.

Most pages are: nobody has answered them yet, and nothing on them depends on other answers. Only the sealed state
differs, and it goes between the pieces (`pieces`). So do the answers on the review, and the code on the thanks.

What is kept was drawn for nobody in particular: a page with somebody's answers in it is never kept.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import lru_cache

from flask import Flask, Response, current_app, request

from consultations.pages.pieces import Pieces, new_mark
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


def kept_page(key: Hashable, drawn: Callable[..., str], *own: bytes) -> Response:
    """The page of that key with what is one respondent's own in it.

    `drawn` is called when it is not kept yet, with a mark for each of `own` to draw in its place.
    """
    kept = pages_of(current_app)
    page = kept.get(key)
    if page is None:
        marks = [new_mark() for _ in own]
        page = kept[key] = Pieces.between(drawn(*marks), *marks)
        if len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    encoding, content = page.encoded(request.headers.get("Accept-Encoding", ""), *own)
    return Response(content, headers={"Content-Encoding": encoding} if encoding else None)


def page_key(here: Visit, interface: str, spot: Spot, form: State) -> Hashable | None:
    """What a page of that visit is kept under; None where it is not alike for everybody."""
    shown = _everybodys(here.flow, spot, form)
    if shown is None:
        return None
    is_first = here.flow.previous_page(form, spot) is None
    return (here.place.key, here.language, interface, spot.page, *here.flow.progress(form, spot), is_first, shown)


def review_key(here: Visit, interface: str) -> Hashable:
    """What the review of that visit is kept under, as long as nobody is held back."""
    return ("review", here.place.key, here.language, interface)


def thanks_key(here: Visit, interface: str, host: str | None) -> Hashable:
    """What the thanks of that visit are kept under: the card in them has the address that the reader came to."""
    return ("thanks", here.place.key, here.language, interface, host)


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


def pages_of(app: Flask) -> OrderedDict[Hashable, Pieces]:
    """Everything that is kept in this process, oldest first."""
    kept: OrderedDict[Hashable, Pieces] = app.extensions.setdefault("kept_pages", OrderedDict())
    return kept
