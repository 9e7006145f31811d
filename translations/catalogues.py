"""The interface's catalogues: extracted from the sources, brought up to date, compiled, and read.

`python -m translations.catalogues update [LANGUAGE …]` after words changed, `compile` before a start.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.support import NullTranslations, Translations

from translations.languages import INTERFACE_LANGUAGES

PROJECT = Path(__file__).parents[1]
FOLDER = PROJECT / "translations"
TEMPLATE = FOLDER / "messages.pot"
#: The sources are written in English, which therefore needs no catalogue.
TRANSLATED = tuple(language for language in INTERFACE_LANGUAGES if language != "en")
ROOMS = ("consultations", "forms", "exports", "translations")
METHODS = [("**/migrations/**", "ignore"), ("**.py", "python"), ("**/templates/**.html", "jinja2")]
#: `N_` marks words that are translated where they are shown.
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "nN_": (1, 2),
}
OPTIONS = {"**/templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
#: Headers carry one date for ever: a catalogue changes when its words do.
DATED = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "# The words of the interface. Made by `make catalogues`; edit the .po files, not this template.\n"


def po_file(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def extracted() -> Catalog:
    """Every marked word in the sources, sorted, without places: a moved line shall not change the template."""
    catalog = Catalog(charset="utf-8", header_comment=HEADER)
    for room in ROOMS:
        found = extract_from_dir(PROJECT / room, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",))
        for _, _, message, comments, context in found:
            catalog.add(message, auto_comments=comments, context=context)
    return catalog


def as_template(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=110, sort_output=True, omit_header=True)
    return out.getvalue()


def read(language: str) -> Catalog:
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def update(*languages: str) -> None:
    """Write the template, and bring each language's file up to date: new words come in empty, old ones go."""
    catalog = extracted()
    TEMPLATE.write_bytes(as_template(catalog))
    for language in languages or TRANSLATED:
        existing = read(language) if po_file(language).exists() else Catalog(locale=language)
        existing.update(catalog, no_fuzzy_matching=True)
        existing.obsolete.clear()
        existing.fuzzy = False
        existing.revision_date = existing.creation_date = DATED
        existing.header_comment = "# The words of the interface.\n"
        existing.project, existing.version = "consultations", "1"
        existing.last_translator, existing.language_team, existing.msgid_bugs_address = "", "", ""
        po_file(language).parent.mkdir(parents=True, exist_ok=True)
        with po_file(language).open("wb") as file:
            write_po(file, existing, width=110, sort_output=True)


def compile_all(*languages: str) -> None:
    """Write each language's binary catalogue, which is what runs."""
    for language in languages or TRANSLATED:
        with po_file(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language))


@cache
def words(language: str) -> NullTranslations:
    """The catalogue of an interface language, outside a page: `words("fr").gettext("Table")`; read once per process."""
    return Translations.load(FOLDER, [language])


if __name__ == "__main__":
    {"update": update, "compile": compile_all}[sys.argv[1]](*sys.argv[2:])
