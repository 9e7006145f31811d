"""Catalogues are made from the sources, keep what was translated, and are read at run time."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from babel.support import Translations

from translations import catalogues


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Catalogues in a folder of the test's own, from sources that say two things."""
    found = Catalog()
    found.add("Send")
    found.add(("%(num)s answer", "%(num)s answers"))
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogues, "TEMPLATE", tmp_path / "messages.pot")
    monkeypatch.setattr(catalogues, "extracted", lambda: found)
    return tmp_path


def translated(language, **words):
    catalog = Catalog(locale=language)
    for message, string in words.items():
        catalog.add(message, string)
    catalogues.po_file(language).parent.mkdir(parents=True, exist_ok=True)
    with catalogues.po_file(language).open("wb") as file:
        write_po(file, catalog)


def test_words_are_found_in_code_and_in_templates():
    found = catalogues.extracted()
    assert "There is no page at this address." in found
    assert "Skip to the content" in found
    assert found.get("%(num)s interview").pluralizable


def test_the_template_is_sorted_and_the_same_every_time():
    first, second = (catalogues.as_template(catalogues.extracted()) for _ in range(2))
    assert first == second
    assert b"POT-Creation-Date" not in first


def test_a_new_language_starts_with_every_word_empty(folder):
    catalogues.update("fr")
    stored = catalogues.read("fr")
    assert (stored.get("Send").string, stored.get("%(num)s answer").string) == ("", ("", ""))
    assert (folder / "messages.pot").exists()


def test_an_update_keeps_what_was_translated_and_lets_go_of_what_is_gone(folder):
    translated("fr", Send="Envoyer", Gone="Parti")
    catalogues.update("fr")
    stored = catalogues.read("fr")
    assert stored.get("Send").string == "Envoyer"
    assert "Gone" not in stored
    assert not stored.obsolete


def test_an_update_without_changes_changes_no_byte(folder):
    catalogues.update("fr")
    before = catalogues.po_file("fr").read_bytes()
    catalogues.update("fr")
    assert catalogues.po_file("fr").read_bytes() == before


def test_what_runs_is_the_compiled_catalogue(folder):
    translated("fr", Send="Envoyer")
    catalogues.compile_all("fr")
    assert Translations.load(folder, ["fr"]).gettext("Send") == "Envoyer"


def test_all_languages_but_english_are_meant_where_none_is_named(folder):
    catalogues.update()
    catalogues.compile_all()
    assert {file.parts[-3] for file in folder.rglob("*.mo")} == set(catalogues.TRANSLATED)


def test_words_outside_a_page_follow_the_language_that_is_asked_for():
    assert catalogues.words("fr").gettext("Send") != ""
    assert catalogues.words("en").gettext("Send") == "Send"
    assert catalogues.words("fr") is catalogues.words("fr")
