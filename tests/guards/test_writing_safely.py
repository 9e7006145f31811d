"""What people write is never a template, is escaped everywhere but at listed places, and has a length."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import Length

from consultations import pages
from consultations.settings import PROJECT

FOLDERS = ("consultations", "forms", "exports", "translations")
SOURCES = [PROJECT / "app.py", *(file for folder in FOLDERS for file in sorted((PROJECT / folder).rglob("*.py")))]
#: Finished markup: where it is made, how often, and why nothing of a person's can be in it.
MARKUP = {
    "exports/markup.py": "cleaned by nh3 on the same line, or piece by piece in a template that escapes",
    "exports/paper.py": "our own style sheet, and charts whose every text is escaped",
    "consultations/pages/pictures.py": "charts whose every text is escaped",
    "consultations/pages/wording.py": "a template that escapes what is put in",
    "translations/phrases.py": "a template that escapes what is put in",
    "consultations/pages/reminding.py": "a template that escapes what is put in",
    "consultations/pages/code_cards.py": "paths that segno draws, without any text",
    "consultations/pages/review.py": "each part of it escapes what it is given; sentences of the catalogue",
    "forms/live_pages.py": "escaped on the same line",
    "forms/labels.py": "escaped before any tag of ours is put in",
    "forms/words.py": "a constant, or a template that escapes what is put in",
    "forms/option_views.py": "a template that escapes what is put in",
    "forms/builder.py": "a template that escapes what is put in",
}


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def test_nothing_but_a_file_of_ours_is_ever_a_template() -> None:
    makers = {"render_template_string", "from_string", "Template", "stream_template_string"}
    assert [(file.name, name) for file in SOURCES for name, _ in calls(file) if name in makers] == []


def test_a_template_s_name_is_written_out_or_one_of_our_own() -> None:
    """A name that came with a request could lead to another file."""
    drawn = [
        (file.name, ast.unparse(call.args[0]))
        for file in SOURCES
        for name, call in calls(file)
        if name == "render_template" and "request" in ast.unparse(call.args[0])
    ]
    assert drawn == []


def test_escaping_is_on_everywhere_and_off_nowhere() -> None:
    templates = [file for folder in FOLDERS for file in (PROJECT / folder).rglob("*.html")]
    assert len(templates) > 60
    off = re.compile(r"autoescape\s+false|\|\s*safe\b|Markup\(")
    assert [file.name for file in templates if off.search(file.read_text("utf-8"))] == []
    made = [(file, call) for file in SOURCES for name, call in calls(file) if name == "Environment"]
    assert made
    for file, call in made:
        given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        assert given.get("autoescape", "False") not in {"False", "None"}, file


def test_finished_markup_is_made_at_listed_places_alone() -> None:
    made = {str(file.relative_to(PROJECT)) for file in SOURCES for name, _ in calls(file) if name == "Markup"}
    assert made <= set(MARKUP)


#: Fields without a longest text, and why.
UNLIMITED = {
    "ExportForm.public_key": "its own check takes 64 signs and nothing else",
    "ExportForm.words": "its own check takes six words of our list and nothing else",
}


def forms() -> list[type[Form]]:
    for module in pkgutil.iter_modules(pages.__path__):
        importlib.import_module(f"{pages.__name__}.{module.name}")

    def below(kind: type[Form]) -> Iterator[type[Form]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    return sorted({each for each in below(Form) if each.__module__.startswith("consultations.")}, key=str)


@pytest.mark.parametrize("form", [form for form in forms() if form is not FlaskForm], ids=lambda form: form.__name__)
def test_whatever_staff_can_type_has_a_longest_text(form: type[Form]) -> None:
    lacking = []
    for name in dir(form):
        field = getattr(form, name)
        kind = getattr(field, "field_class", None)
        if kind is None or not issubclass(kind, StringField | TextAreaField | PasswordField | HiddenField):
            continue
        validators = [*(field.args[1] if len(field.args) > 1 else ()), *field.kwargs.get("validators", ())]
        limited = any(isinstance(each, Length) and each.max > 0 for each in validators)
        if not limited and f"{form.__name__}.{name}" not in UNLIMITED:
            lacking.append(name)
    assert lacking == []
