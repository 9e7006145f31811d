"""A Document as PDF/UA-1: tagged, with our own fonts, from nothing but the Document."""

from __future__ import annotations

import logging
import os
import threading
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from exports.document import Document
from exports.paper import render_html, style_sheet
from exports.svg_text import whole_line

_FONTS = Path(__file__).parent / "fonts"
_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# WeasyPrint logs to one logger, and Pango's font maps are not made for several threads at once.
_ONE_AT_A_TIME = threading.Lock()


class PdfLibraryMissing(RuntimeError):
    """This machine lacks a library that PDF needs; the message is the line that installs it."""


class LettersMissing(ValueError):
    """The paper has letters that none of our fonts has, so that a reader would see empty boxes."""

    def __init__(self, letters: tuple[str, ...]) -> None:
        super().__init__("No font for: " + " ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters))
        self.letters = letters


def render_pdf(document: Document) -> bytes:
    """The paper as a file for print and screen readers (PDF/UA-1, ISO 14289-1); the same Document, the same bytes.

    Nothing is read from disk or network on behalf of the Document. Raises PdfLibraryMissing and LettersMissing.
    """
    weasyprint = _weasyprint()
    html = render_html(document, for_print=True)
    missing = _MissingLetters()
    logger = logging.getLogger("weasyprint")
    with _ONE_AT_A_TIME:
        logger.addHandler(missing)
        try:
            pdf: bytes = weasyprint.HTML(string=html, url_fetcher=_fetcher()).write_pdf(
                stylesheets=list(_style_sheets()), font_config=_fonts(), pdf_variant="pdf/ua-1"
            )
        finally:
            logger.removeHandler(missing)
    if missing.letters:
        raise LettersMissing(tuple(sorted(missing.letters)))
    return pdf


class _MissingLetters(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.letters: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, str) and record.msg.startswith(".notdef glyph") and record.args:
            self.letters.add(str(next(iter(record.args))))


@cache
def _weasyprint() -> ModuleType:
    """WeasyPrint, imported at the first paper: it costs 0.65 s, and it reads FONTCONFIG_FILE as it is imported."""
    os.environ["FONTCONFIG_FILE"] = str(_FONTS / "fonts.conf")
    try:
        import weasyprint
        import weasyprint.svg
        from weasyprint.text import ffi
    except OSError as error:
        raise PdfLibraryMissing(f"apt-get install --no-install-recommends {_PACKAGES}") from error
    if ffi.harfbuzz_subset is None:
        # Without it the fonts are cut in Python: a Chinese paper takes 22 s instead of 2.
        raise PdfLibraryMissing(f"apt-get install --no-install-recommends {_PACKAGES}")
    weasyprint.svg.TAGS["text"] = whole_line
    module: ModuleType = weasyprint
    return module


@cache
def _style_sheets() -> tuple[Any, ...]:
    # Parsed once for all papers: parsing is a sixth of the time of a short one.
    weasyprint = _weasyprint()
    return tuple(
        weasyprint.CSS(string=style_sheet(name), font_config=_fonts(), url_fetcher=_fetcher())
        for name in ("paper.css", "print.css")
    )


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _fetcher() -> Any:
    # The default fetcher reads file:// and http://: a link of rel=attachment embedded /etc/passwd in a trial.
    return _weasyprint().urls.URLFetcher(allowed_protocols=["data"])
