"""A draft and its sources -> one Document in one language."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import TypeVar

from consultations.analysis.figures.summaries import summary_table
from consultations.analysis.shown.charting import has_map, panels, to_chart
from consultations.analysis.shown.presenting import to_table
from consultations.analysis.shown.tiling import tiles
from consultations.errors import N_, Problem
from consultations.papers.attribution import attribution_of
from consultations.papers.blocks import Block, told_to
from consultations.papers.compared import what_changed, who_answered
from consultations.papers.drafting import Draft
from consultations.papers.method import method
from consultations.papers.narrative import reading
from consultations.papers.sources import Sources, UsableQuote
from consultations.rounds.models import Consultation
from exports import document
from forms.questionnaire import Text
from translations.catalogues import words
from translations.formats import written_date
from translations.languages import direction
from translations.phrases import foreign

Source = TypeVar("Source")

SYNTHETIC = N_("Synthetic sample: no real person answered.")
LICENCE = N_("Published under the Creative Commons licence CC BY 4.0.")


class SourceGone(Problem):
    """Its consent was withdrawn, its table was suppressed, or it never was: a block without a source is none."""

    status = 409
    message = N_("A block of this paper shows something that may no longer be shown. Remove the block to go on.")


def composed(
    consultation: Consultation, draft: Draft, sources: Sources, language: str, date: datetime.date
) -> document.Document:
    """The paper in `language`; texts not written in it yet stand in the nearest language that they are written in.

    It is without what does not open, which may come back: pages say so beside it, and it is not published like that.
    Raises SourceGone.
    """
    whole = [block for block in draft.blocks if not sources.is_damaged(block)]
    blocks = [made for block in whole for made in MAKERS[block["kind"]](block, consultation, sources, language)]
    return framed(consultation, draft, language, date, tuple(blocks))


def framed(
    consultation: Consultation, draft: Draft, language: str, date: datetime.date, blocks: tuple[document.Block, ...]
) -> document.Document:
    """`blocks` with the paper's title, date, fixed words and, where no real person answered, the notice of that."""
    translate = words(language).gettext
    notice = translate(SYNTHETIC) if consultation.synthetic else ""
    return document.Document(
        language=language,
        direction=direction(language),
        title=Text(draft.title).told_to(language),
        subtitle=Text(draft.subtitle).told_to(language),
        publisher=Text(consultation.asked_by).told_to(language),
        date=date.isoformat(),
        date_written=written_date(date, language),
        words=document.Words(
            contents=translate(N_("Contents")),
            table=translate(N_("Table {number}")),
            figure=translate(N_("Figure {number}")),
            page=translate(N_("Page {page} of {pages}")),
            translated_quote=translate(N_("our translation")),
            not_shown=translate(N_("not shown")),
        ),
        blocks=blocks,
        running_notice=notice,
        licence=translate(LICENCE),
    )


Maker = Callable[[Block, Consultation, Sources, str], tuple[document.Block, ...]]


def _heading(block: Block, consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    return (document.Heading(told_to(block, language), block.get("level", 1)),)


def _text(block: Block, consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    return (document.Paragraph(told_to(block, language)),)


def _chart(block: Block, consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    table = _found(sources.tables, block["table"])
    if not table.shows_shares:
        return (document.Paragraph(reading(table, language)),)
    return (to_chart(table, language),)


def _map(block: Block, consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    table = _found(sources.tables, block["table"])
    if not has_map(table):
        return _chart(block, consultation, sources, language)
    return (tiles(table, None, language),)


def _panels(block: Block, consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    table = _found(sources.tables, block["table"])
    drawn = panels(table, language, tuple(sources.tables.values())) if table.shows_shares else ()
    return drawn or _chart(block, consultation, sources, language)


def _table(block: Block, consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    table = _found(sources.tables, block["table"])
    if table.is_hidden:
        return (document.Paragraph(reading(table, language)),)
    return (to_table(table, language),)


def _reading(block: Block, consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    return (document.Paragraph(reading(_found(sources.tables, block["table"]), language)),)


def _summary(block: Block, consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    table = _found(sources.tables, block["table"])
    made = summary_table(table, language, sources.tables.values())
    return _table(block, consultation, sources, language) if made is None else (made,)


def _quote(block: Block, consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    return (quoted(_found(sources.quotes, block["quote"]), language),)


def _case_study(
    block: Block, consultation: Consultation, sources: Sources, language: str
) -> tuple[document.Block, ...]:
    box = _found(sources.case_studies, block["case_study"])
    shown = Text({code: text.title for code, text in box.by_language.items()}).written_in(language)
    written_in = shown or next(iter(box.by_language))
    box_text = box.by_language[written_in]
    title, text = (foreign(each, written_in, language) for each in (box_text.title, box_text.text))
    return (document.Box(title, (document.Paragraph(text),)),)


def _profile(block: Block, consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    if sources.profile is None:
        raise SourceGone
    return who_answered(sources.profile, language)


def _comparison(
    block: Block, consultation: Consultation, sources: Sources, language: str
) -> tuple[document.Block, ...]:
    return what_changed(_found(sources.comparisons, block["comparison"]), language)


def _method(block: Block, consultation: Consultation, sources: Sources, language: str) -> tuple[document.Block, ...]:
    return method(consultation, sources, language)


MAKERS: dict[str, Maker] = {
    "heading": _heading,
    "text": _text,
    "chart": _chart,
    "map": _map,
    "panels": _panels,
    "table": _table,
    "reading": _reading,
    "summary": _summary,
    "quote": _quote,
    "case_study": _case_study,
    "profile": _profile,
    "comparison": _comparison,
    "method": _method,
}


def quoted(quote: UsableQuote, language: str) -> document.Quote:
    """The quote verbatim; with its translation where it is in another language than the paper."""
    foreign = quote.language.split("-")[0] != language.split("-")[0]
    return document.Quote(
        text=quote.text,
        language=quote.language,
        attribution=attribution_of(quote.speaker, language),
        translation=quote.translations.get(language, "") if foreign else "",
    )


def _found(sources: Mapping[str, Source], key: str) -> Source:
    if key not in sources:
        raise SourceGone
    return sources[key]
