"""How the things that a paper can show are named in lists, in the reader's language."""

from __future__ import annotations

from functools import singledispatch

from flask_babel import get_locale, gettext

from consultations.analysis.releases.earlier import Compared
from consultations.analysis.shown.presenting import caption
from consultations.analysis.shown.presenting_changes import title_and_month
from consultations.analysis.tables import ReleasedTable
from consultations.fieldwork.case_studies import CaseStudyBox
from consultations.papers.blocks import KINDS, Block, told_to
from consultations.papers.sources import Sources, UsableQuote
from consultations.registry.countries import country_name
from translations.phrases import filled

SHORT_LETTERS = 90


@singledispatch
def source_name(source: object) -> str:
    """A line that tells a table, quote or case study from the others."""
    raise TypeError(source)


@source_name.register
def _(source: ReleasedTable) -> str:
    return caption(source, str(get_locale()))


@source_name.register
def _(source: Compared) -> str:
    language = str(get_locale())
    values = {"table": caption(source.comparison.after, language), "earlier": title_and_month(source.before, language)}
    return filled(gettext("%(table)s – since %(earlier)s"), values)


@source_name.register
def _(source: UsableQuote) -> str:
    return source.text if len(source.text) <= SHORT_LETTERS else source.text[: SHORT_LETTERS - 1] + "…"


@source_name.register
def _(source: CaseStudyBox) -> str:
    return country_name(source.country_code, str(get_locale()))


def said(block: Block) -> str:
    """What a heading or a text says to the reader."""
    return told_to(block, str(get_locale()))


def source_of(sources: Sources, block: Block) -> object | None:
    """What a block shows; None when that may no longer be shown."""
    by_kind = {
        "table": sources.tables,
        "comparison": sources.comparisons,
        "quote": sources.quotes,
        "case_study": sources.case_studies,
    }
    source = KINDS[block["kind"]].source
    return by_kind[source].get(block[source])
