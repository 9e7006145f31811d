"""A page of ours as PDF/UA-1: tagged, with our own fonts, from nothing but its words."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from exports.document import Document
from exports.paper import render_html, style_sheet
from exports.svg_text import part_of_a_line, whole_line

_FONTS = Path(__file__).parent / "fonts" / "fonts.conf"
_INSTALL = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# One font map serves all papers of a process, and Pango's font maps are not made for several threads at once.
_ONE_AT_A_TIME = threading.Lock()


class PdfLibraryMissing(RuntimeError):
    """This machine lacks a library that PDF needs; the message is the line that installs it."""

    def __init__(self) -> None:
        super().__init__(_INSTALL)


class LettersMissing(ValueError):
    """The paper has letters that none of our fonts has, so that a reader would see empty boxes."""

    def __init__(self, letters: tuple[str, ...]) -> None:
        super().__init__("No font for: " + " ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters))
        self.letters = letters


class DrawingFailed(RuntimeError):
    """WeasyPrint left something out and only logged it, such as a chart that it could not draw."""


def render_pdf(document: Document) -> bytes:
    """The paper as a file for print and screen readers (PDF/UA-1, ISO 14289-1); the same Document, the same bytes.

    Nothing is read from disk or network on behalf of the Document. Raises PdfLibraryMissing, LettersMissing and
    DrawingFailed.
    """
    return written(render_html(document, for_print=True), ("paper.css", "print.css"))


def written(html: str, sheets: tuple[str, ...]) -> bytes:
    """A page of ours with the style sheets of those names beside this module, as PDF/UA-1; raises as `render_pdf`."""
    weasyprint = _weasyprint()
    with _ONE_AT_A_TIME, _complaints() as complaints:
        pdf: bytes = weasyprint.HTML(string=html, url_fetcher=_fetcher()).write_pdf(
            stylesheets=[_style_sheet(name) for name in sheets], font_config=_font_map(), pdf_variant="pdf/ua-1"
        )
    if complaints.letters:
        raise LettersMissing(tuple(sorted(complaints.letters)))
    if complaints.failures:
        raise DrawingFailed("; ".join(complaints.failures))
    return pdf


class _Complaints(logging.Handler):
    """What WeasyPrint only logs, and what would come out as a gap in a paper."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.letters: set[str] = set()
        self.failures: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef glyph"):
            self.letters.add(record.getMessage().split('"')[1])
        elif record.levelno >= logging.ERROR:
            self.failures.append(record.getMessage())


@contextmanager
def _complaints() -> Iterator[_Complaints]:
    logger, complaints = logging.getLogger("weasyprint"), _Complaints()
    logger.addHandler(complaints)
    try:
        yield complaints
    finally:
        logger.removeHandler(complaints)


@cache
def _weasyprint() -> Any:
    """WeasyPrint, imported at the first paper: it costs 0.65 s, and it reads FONTCONFIG_FILE as it is imported."""
    os.environ["FONTCONFIG_FILE"] = str(_FONTS)
    try:
        weasyprint = import_module("weasyprint")
    except OSError as error:
        raise PdfLibraryMissing from error
    if import_module("weasyprint.text.ffi").harfbuzz_subset is None:
        # Fonts would be cut down in Python: a Chinese paper takes 22 s instead of 2.
        raise PdfLibraryMissing
    import_module("weasyprint.svg").TAGS.update(text=whole_line, tspan=part_of_a_line)
    return weasyprint


@cache
def _style_sheet(name: str) -> Any:
    # Parsed once for all papers of a process.
    return _weasyprint().CSS(string=style_sheet(name), font_config=_font_map(), url_fetcher=_fetcher())


@cache
def _font_map() -> Any:
    return import_module("weasyprint.text.fonts").FontConfiguration()


@cache
def _fetcher() -> Any:
    # The default fetcher reads file:// and http://: a link of rel=attachment embedded /etc/passwd in a trial.
    return import_module("weasyprint.urls").URLFetcher(allowed_protocols=["data"])
