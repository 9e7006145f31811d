"""A Document becomes HTML that is well ordered and safe."""

from dataclasses import replace

import pytest

from exports.document import Document, Heading, Paragraph, Quote
from exports.paper import render_article, render_html
from tests.exports.made_up_papers import LANGUAGES, made_up_paper


def with_blocks(*blocks: object) -> Document:
    return replace(made_up_paper("en", 0), blocks=blocks)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("for_print", [True, False])
def test_a_paper_stands_alone(language: str, for_print: bool) -> None:
    html = render_html(made_up_paper(language, 1), for_print=for_print)
    assert html.startswith("<!DOCTYPE html>")
    assert "<link" not in html
    assert "src=" not in html
    assert ("<style>" in html) is not for_print


def test_an_article_has_no_style_of_its_own() -> None:
    html = render_article(made_up_paper("fr", 1))
    assert html.startswith('<article class="paper" lang="fr" dir="ltr">')
    assert "style" not in html


def test_tables_and_figures_are_numbered_apart() -> None:
    html = render_article(made_up_paper("es", 2))
    for number in ("Tabla 1", "Tabla 2", "Gráfico 1", "Gráfico 6"):
        assert f'<span class="number">{number}</span>' in html


def test_table_heads_say_what_they_head() -> None:
    html = render_article(made_up_paper("en", 1))
    assert '<th scope="col">Africa</th>' in html
    assert '<th scope="row">To health</th>' in html


def test_a_quote_keeps_its_language_and_its_marks() -> None:
    html = render_article(with_blocks(Quote("نعم", "ar", "Member", translation="Yes")))
    assert '<blockquote lang="ar" dir="rtl">' in html
    assert "<p>«نعم»</p>" in html
    assert "<p>“Yes”</p>" in html
    assert "Translated from the original" in html


def test_paragraphs_of_a_quote_stay_apart() -> None:
    assert "<p>“One</p><p>two”</p>" in render_article(with_blocks(Quote("One\r\n\r\ntwo", "en", "Member")))


def test_no_heading_level_is_skipped() -> None:
    html = render_article(with_blocks(Heading("a", 3), Heading("b", 3), Heading("c", 9), Heading("d", 0)))
    assert [f"<h{level} id" in html for level in (2, 3, 4, 5)] == [True, True, True, False]


def test_the_contents_list_two_levels() -> None:
    html = render_article(with_blocks(Heading("One"), Heading("Two", 2), Heading("Three", 3)))
    contents = html.split("</nav>")[0]
    assert '<a href="#s1">One</a>' in contents
    assert '<a href="#s2">Two</a>' in contents
    assert "Three" not in contents


@pytest.mark.parametrize(("headings", "is_long"), [(18, False), (19, True)])
def test_the_lines_of_long_contents_stand_closer(headings: int, is_long: bool) -> None:
    html = render_article(with_blocks(Heading("One"), *(Heading(str(number), 2) for number in range(2, headings + 1))))
    assert ('<nav class="contents long"' in html) is is_long


def test_a_paper_without_headings_has_no_contents() -> None:
    assert "<nav" not in render_article(with_blocks(Paragraph("Only this")))


def test_everything_written_is_escaped() -> None:
    document = replace(with_blocks(Heading("<b>"), Quote("<b>", "en", "<b>")), title="<b>", running_notice="<b>")
    assert "<b>" not in render_html(document, for_print=True)


def test_the_foot_counts_pages_in_the_order_of_its_language() -> None:
    html = render_html(made_up_paper("zh", 0), for_print=True)
    assert '第 <span class="page"></span> 页，共 <span class="pages"></span> 页' in html
    backwards = replace(made_up_paper("en", 0).words, page="{pages}/{page}")
    html = render_html(replace(made_up_paper("en", 0), words=backwards), for_print=True)
    assert '<span class="pages"></span>/<span class="page"></span>' in html


def test_control_characters_of_pasted_text_are_left_out() -> None:
    html = render_html(with_blocks(Quote("so\x0b\x00 it\x85 was", "en", "Member")), for_print=False)
    assert "“so it was”" in html
