"""Templates lead only to pages, style sheets and templates that exist, and every one of them is used."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from app import create_app
from consultations.pages import static_files
from consultations.settings import Settings

TEMPLATES = static_files.FOLDER.with_name("templates")
NAMES = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html"))
CODE = [file.read_text("utf-8") for file in TEMPLATES.parent.glob("*.py")]


@cache
def app() -> Flask:
    return create_app(Settings("sqlite://", Path(), b"\x07" * 32, False, (), 10))


@cache
def tree(name: str) -> nodes.Template:
    return app().jinja_env.parse((TEMPLATES / name).read_text("utf-8"))


def calls(name: str, function: str) -> list[nodes.Call]:
    return [call for call in tree(name).find_all(nodes.Call) if getattr(call.node, "name", "") == function]


def first_words(name: str, function: str) -> list[str]:
    """The first argument of every call of `function` that is written out."""
    return [call.args[0].value for call in calls(name, function) if isinstance(call.args[0], nodes.Const)]


@pytest.mark.parametrize("name", NAMES)
def test_a_link_leads_to_a_page_that_exists(name: str) -> None:
    linked = first_words(name, "url_for") + first_words(name, "language_links")
    assert [endpoint for endpoint in linked if endpoint not in app().view_functions] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_link_gives_its_page_what_the_address_needs(name: str) -> None:
    lacking = []
    for call in calls(name, "url_for"):
        if not isinstance(call.args[0], nodes.Const):
            continue
        given = {keyword.key for keyword in call.kwargs}
        rules = list(app().url_map.iter_rules(call.args[0].value))
        if not any(rule.arguments <= given for rule in rules):
            lacking.append(call.args[0].value)
    assert lacking == []


@pytest.mark.parametrize("name", NAMES)
def test_a_style_sheet_that_is_named_exists(name: str) -> None:
    assert [file for file in first_words(name, "static_address") if not (static_files.FOLDER / file).exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_page_carries_style_or_script_of_its_own(name: str) -> None:
    text = (TEMPLATES / name).read_text("utf-8")
    assert (
        re.findall(r"<script(?! src=\"\{\{ static_address\()|\sstyle=|\son[a-z]+=\"|javascript:|\| safe\b", text) == []
    )


def test_every_template_is_shown_or_built_on() -> None:
    everything = "\n".join([*CODE, *((TEMPLATES / name).read_text("utf-8") for name in NAMES)])
    assert [name for name in NAMES if f'"{name}"' not in everything] == []


def test_code_shows_only_templates_that_exist() -> None:
    named = {found for text in CODE for found in re.findall(r'"(\w+/\w+\.html)"', text)}
    assert named - set(NAMES) == set()
