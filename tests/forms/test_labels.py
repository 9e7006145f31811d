"""Labels keep their emphasis and can carry no markup of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.labels import inline, plain

ANSWERS = {"name_of_group": "<b>_Rosa_</b>", "n": "3"}


def fill(name: str) -> str:
    return ANSWERS.get(name, "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("  **bold** and *soft*  ", "<strong>bold</strong> and <em>soft</em>"),
        ("__bold__ and _soft_", "<strong>bold</strong> and <em>soft</em>"),
        ("a_name_with_lows and 2 * 3 * 4", "a_name_with_lows and 2 * 3 * 4"),
        (r"\*not soft\* \_nor this\_", "*not soft* _nor this_"),
        ("# Heading\nthen text", "<strong>Heading</strong><br>then text"),
        ("[our site](https://example.org/a)", "our site (https://example.org/a)"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('<span style="color:red">red</span>', "&lt;span style=&#34;color:red&#34;&gt;red&lt;/span&gt;"),
        ("**${n}** people", "<strong><bdi>3</bdi></strong> people"),
        ("In ${ name_of_group }:", "In <bdi>&lt;b&gt;_Rosa_&lt;/b&gt;</bdi>:"),
        ("${unknown}", "<bdi></bdi>"),
        ("\ue000n\ue001", "n"),
    ],
)
def test_a_label_is_shown_as_its_author_meant_it(text: str, html: str) -> None:
    assert inline(text, fill) == html


def test_plain_words_carry_no_markup() -> None:
    assert plain("**How many** of ${n} & more?", fill) == "How many of 3 & more?"


@given(st.text(alphabet="<>&\"'*_#[]()${}\\n \naé\ue000\ue001", max_size=60))
def test_no_label_brings_a_tag_of_its_own(text: str) -> None:
    html = inline(text, fill)
    for tag in ("strong", "em", "bdi"):
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in html.replace("<br>", "")
