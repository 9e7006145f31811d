"""A paper about an invented consultation in six languages, with every kind of block; nothing in it is real."""

from __future__ import annotations

from exports.document import Box, Chart, Document, Heading, Notice, Paragraph, Quote, Row, Series, Table, Words
from exports.numerals import written
from tests.exports.made_up_words import QUOTES, TEXTS, TextsOf

LANGUAGES = ("en", "fr", "ru", "es", "zh", "ar")

_RIGHTS = (
    (4.0, 11.0, 18.0, 42.0, 25.0),
    (31.0, 28.0, 16.0, 17.0, 8.0),
    (22.0, 30.0, 21.0, 19.0, 8.0),
    (None, None, None, None, None),
    (9.0, 17.0, 25.0, 33.0, None),
)
_REGIONS = (
    (62.0, 48.0, 55.0, 41.0),
    (58.0, 60.0, 57.0, 61.0),
    (35.0, 71.0, 52.0, 38.0),
    (44.0, 45.0, 46.0, 44.0),
    (18.0, 29.0, 24.0, 33.0),
)


def made_up_paper(language: str, chapters: int = 3) -> Document:
    """The paper in one of `LANGUAGES`; each chapter says the same, so that length can be chosen."""
    texts = TEXTS[language]
    blocks: list[object] = [Notice(texts.notice)]
    for chapter in range(chapters):
        blocks += _chapter(texts, language, chapter + 1)
    return Document(
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        title=texts.title,
        subtitle=texts.subtitle,
        publisher=texts.publisher,
        date="2026-11-22",
        date_written=texts.date,
        words=Words(texts.contents, texts.table, texts.figure, texts.page, texts.translated, texts.not_shown),
        blocks=tuple(blocks),
        running_notice=texts.notice,
        licence=texts.licence,
    )


def _chapter(texts: TextsOf, language: str, number: int) -> list[object]:
    own = Quote(QUOTES[language], language, texts.attribution)
    other = Quote(
        QUOTES["es" if language != "es" else "ru"],
        "es" if language != "es" else "ru",
        texts.attribution,
        translation=QUOTES[language],
    )
    return [
        Heading(f"{number}. {texts.headings[0]}"),
        *(Paragraph(paragraph) for paragraph in texts.paragraphs),
        _bars(texts),
        Heading(texts.headings[1], 2),
        Paragraph(texts.paragraphs[0]),
        _likert(texts),
        own,
        Paragraph(texts.paragraphs[1]),
        Heading(texts.headings[2], 2),
        _table(texts, language),
        _dots(texts),
        other,
        Box(texts.headings[3], (Paragraph(texts.paragraphs[1]), own, Paragraph(texts.paragraphs[2]))),
    ]


def _bars(texts: TextsOf) -> Chart:
    return Chart("bars", texts.captions[0], texts.rights, (Series("", (64.0, 25.0, 8.4, None, 37.0)),), note=texts.note)


def _likert(texts: TextsOf) -> Chart:
    series = tuple(Series(name, tuple(row[i] for row in _RIGHTS)) for i, name in enumerate(texts.scale))
    return Chart("stacked", texts.captions[1], texts.rights, series, middle=2, alternative=texts.captions[1])


def _dots(texts: TextsOf) -> Chart:
    series = [Series(name, tuple(row[i] for row in _REGIONS)) for i, name in enumerate(texts.regions[:4])]
    series.append(Series(texts.regions[4], (51.0, None, 12.0, 45.0, None)))
    return Chart("dots", texts.captions[2], texts.rights, tuple(series))


def _table(texts: TextsOf, language: str) -> Table:
    rows = tuple(
        Row(right, (*(written(value, "%", language) for value in row), texts.not_shown))
        for right, row in zip(texts.rights, _REGIONS, strict=True)
    )
    return Table(texts.captions[2], texts.corner, texts.regions, rows, texts.note)
