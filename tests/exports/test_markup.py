"""Markdown becomes a few safe elements, and nothing in it fetches anything."""

import pytest

from exports.markup import block, inline


def test_emphasis_lists_and_links_become_elements() -> None:
    html = block("**Three** *things*:\n\n1. one\n2. [two](https://example.org)\n")
    assert "<strong>Three</strong> <em>things</em>" in html
    assert "<ol>" in html
    assert '<a href="https://example.org" rel="noopener noreferrer">two</a>' in html


def test_a_numbered_list_may_start_later() -> None:
    assert '<ol start="4">' in block("4. four")


def test_inline_has_no_paragraph_around_it() -> None:
    assert inline("one *word*") == "one <em>word</em>"


def test_a_mail_address_may_be_linked() -> None:
    assert 'href="mailto:a@example.org"' in inline("[write](mailto:a@example.org)")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![tracking](https://example.org/pixel.png)",
        "[x](javascript:alert(1))",
        "[x](file:///etc/passwd)",
        "[x](//example.org/)",
        "[x](page.html)",
        "[x](data:text/html,hello)",
        "<link rel=attachment href=file:///etc/passwd>",
    ],
)
def test_nothing_hostile_survives(hostile: str) -> None:
    html = block(hostile)
    assert not any(word in html for word in ("<script", "<img", "<link", 'href="javascript', 'href="file', 'href="/'))
    assert 'href="page' not in html
    assert 'href="data' not in html


def test_headings_and_code_stay_as_they_were_typed() -> None:
    assert block("# Title") == "<p># Title</p>"
    assert "<code" not in block("    indented `code`")
