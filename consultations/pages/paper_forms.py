"""The forms that put a block into a paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from consultations.analysis.shown.charting import has_map, has_panels
from consultations.pages.paper_words import source_name
from consultations.pages.wording import option
from consultations.papers.blocks import KINDS, LEVELS, Block, heading, shown, written
from consultations.papers.drafting import Draft
from consultations.papers.sources import Sources
from translations.languages import OFFICIAL_LANGUAGES, autonym

LONGEST_TEXT = 20_000
LONGEST_TITLE = 300


class AddForm(FlaskForm):
    kind = RadioField(lazy_gettext("What kind of block"))
    table = SelectField(lazy_gettext("Which table"), validate_choice=False)
    comparison = SelectField(lazy_gettext("Which comparison"), validate_choice=False)
    quote = SelectField(lazy_gettext("Which quote"), validate_choice=False)
    case_study = SelectField(lazy_gettext("Which case study"), validate_choice=False)

    def validate_kind(self, field: RadioField) -> None:
        # What is not on the list has its message already.
        source = KINDS[field.data].source if field.data in KINDS else ""
        if source and self[source].data not in {choice.value for choice in self[source].choices}:
            raise ValidationError(gettext("Choose what this block shows."))


def _always(sources: Sources) -> bool:
    return True


def _has_map(sources: Sources) -> bool:
    return any(has_map(table) for table in sources.tables.values())


def _has_panels(sources: Sources) -> bool:
    tables = tuple(sources.tables.values())
    return any(has_panels(table, tables) for table in tables)


#: Kinds that a paper is offered only where there is something to draw or to tell.
_OFFERED: Mapping[str, Callable[[Sources], bool]] = MappingProxyType(
    {"map": _has_map, "panels": _has_panels, "profile": lambda sources: sources.profile is not None}
)


def add_form(sources: Sources) -> FlaskForm:
    """Kinds that show something, with what there is to show."""
    form = AddForm(kind="chart")
    form.kind.choices = [
        SelectChoice(key, gettext(kind.name))
        for key, kind in KINDS.items()
        if not kind.written and _OFFERED.get(key, _always)(sources)
    ]
    form.table.choices = [option(key, source_name(table)) for key, table in sources.tables.items()]
    form.comparison.choices = [option(key, source_name(each)) for key, each in sources.comparisons.items()]
    form.quote.choices = [option(key, source_name(quote)) for key, quote in sources.quotes.items()]
    form.case_study.choices = [option(key, source_name(box)) for key, box in sources.case_studies.items()]
    return form


def chosen_block(form: FlaskForm) -> Block:
    kind = form.kind.data
    source = KINDS[kind].source
    return shown(kind, form[source].data) if source else {"kind": kind}


class _WritingForm(FlaskForm):
    level = SelectField(
        lazy_gettext("Kind"),
        choices=[
            SelectChoice("0", lazy_gettext("Text")),
            SelectChoice("1", lazy_gettext("Heading of a chapter")),
            SelectChoice("2", lazy_gettext("Heading of a section")),
            SelectChoice("3", lazy_gettext("Heading of a part of a section")),
        ],
    )

    def validate_level(self, field: SelectField) -> None:
        if not any((self[f"text_{code}"].data or "").strip() for code in OFFICIAL_LANGUAGES):
            raise ValidationError(gettext("Write the text in at least one language."))


def writing_form(block: Block | None) -> FlaskForm:
    """A text in each official language; filled from `block` when there is one."""
    length = Length(max=LONGEST_TEXT)
    fields: dict[str, Any] = {f"text_{code}": TextAreaField(autonym(code), [length]) for code in OFFICIAL_LANGUAGES}
    texts = block["text"] if block else {}
    values = {f"text_{code}": texts.get(code, "") for code in OFFICIAL_LANGUAGES}
    level = str(block.get("level", 0)) if block else "0"
    return type("WritingForm", (_WritingForm,), fields)(level=level, **values)


def written_block(form: FlaskForm, before: Block) -> Block:
    """What was written; a text that stood in for one in another language does so until it is changed."""
    texts, old = _by_language(form, "text"), before.get("text", {})
    left = {code: found for code, found in before.get("standing_in", {}).items() if texts.get(code) == old[code]}
    level = int(form.level.data)
    return heading(texts, level, left) if level in LEVELS else written(texts, left)


def titles_form(draft: Draft) -> FlaskForm:
    """Title and subtitle in each official language."""
    fields: dict[str, Any] = {}
    values: dict[str, str] = {}
    for part, label, texts in (
        ("title", gettext("Title"), draft.title),
        ("subtitle", gettext("Subtitle"), draft.subtitle),
    ):
        for code in OFFICIAL_LANGUAGES:
            fields[f"{part}_{code}"] = StringField(f"{label} · {autonym(code)}", [Length(max=LONGEST_TITLE)])
            values[f"{part}_{code}"] = texts.get(code, "")
    return type("TitlesForm", (FlaskForm,), fields)(**values)


def with_titles(draft: Draft, form: FlaskForm) -> Draft:
    """A title that is taken out of every language stays as it was: a paper cannot be without one."""
    return replace(draft, title=_by_language(form, "title") or draft.title, subtitle=_by_language(form, "subtitle"))


def _by_language(form: FlaskForm, part: str) -> dict[str, str]:
    """What was written; a language in which nothing is written is left out, so that the nearest one stands in."""
    texts = {code: form[f"{part}_{code}"].data.strip() for code in OFFICIAL_LANGUAGES}
    return {code: text for code, text in texts.items() if text}
