"""Words in another language than the paper's say which, in HTML, in charts and in what is stored; PDFs stay whole."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import page
import pypdf

from exports.charts import svg
from exports.document import Box, Chart, Document, Heading, Paragraph, Row, Series, Table
from exports.markup import block
from exports.paper import render_article, render_html
from exports.pdf import render_pdf
from exports.scripts import html_language, quoted
from exports.storing import from_json, text_from_json, to_json
from tests.exports.drawn_charts import SVG, drawn
from tests.exports.made_up_papers import made_up_paper
from translations.phrases import UNNAMED, filled, foreign, parts_of

SAFE, YES = foreign("هل أنت بأمان (أو لا)؟", "ar", "en"), foreign("نعم، دائمًا!", "ar", "en")
BY_REGION = filled("%(question)s – by region", {"question": SAFE})
CHART = Chart("bars", BY_REGION, (YES, "No"), (Series("", (40.0, 60.0)),), note=BY_REGION)
TABLE = Table(BY_REGION, "Answer", (YES, "Everybody"), (Row(YES, ("1", YES)),), note=BY_REGION)
BDI = '<bdi lang="ar" dir="rtl">هل أنت بأمان (أو لا)؟</bdi>'
SAID = f"{BDI} – by region"


def paper(*blocks: object) -> Document:
    return replace(made_up_paper("en", 0), title=SAFE, publisher=SAFE, blocks=blocks)


def test_tables_say_it_in_every_cell() -> None:
    html = render_article(paper(TABLE))
    assert f"</span> {SAID}</caption>" in html
    assert html.count('<bdi lang="ar" dir="rtl">نعم، دائمًا!</bdi></t') == 3
    assert f'<p class="note">{SAID}</p>' in html


def test_a_chart_s_caption_says_it_and_its_title_keeps_the_order() -> None:
    html = render_article(paper(CHART))
    assert f"</span> {SAID}</figcaption>" in html
    assert "<title>\u2067هل أنت بأمان (أو لا)؟\u2069 – by region</title>" in html
    assert "<desc>\u2067نعم، دائمًا!\u2069: 40%; No: 60%</desc>" in html


def test_titles_and_names_of_boxes_keep_the_order_without_elements() -> None:
    html = render_html(paper(Box(SAFE, (Paragraph(YES),))), for_print=False)
    assert "<title>\u2067هل أنت بأمان (أو لا)؟\u2069</title>" in html
    assert f"<h1>{BDI}</h1>" in html
    assert 'aria-label="\u2067هل أنت بأمان (أو لا)؟\u2069"' in html


def test_a_heading_says_it_in_the_contents_too() -> None:
    html = render_article(paper(Heading(SAFE)))
    assert f'<h2 id="s1">{BDI}</h2>' in html
    assert '<a href="#s1" lang="ar">\u2067هل أنت بأمان (أو لا)؟\u2069</a>' in html


def test_a_line_of_a_chart_says_its_language_and_keeps_its_direction() -> None:
    root = drawn(CHART)
    (line,) = [each for each in root.iter(f"{SVG}text") if each.get("lang")]
    assert (line.get("lang"), line.text) == ("ar", "\u2067نعم، دائمًا!\u2069")


def test_a_long_label_says_it_on_every_line() -> None:
    question = foreign("What do you need most where you live and work?", "en", "ar")
    root = drawn(replace(CHART, categories=(question, "لا")), "ar", "rtl")
    lines = [each for each in root.iter(f"{SVG}text") if each.get("lang") == "en"]
    assert len(lines) > 1
    assert " ".join((each.text or "").strip("\u2066\u2069") for each in lines) == question


def test_a_line_in_two_languages_tells_them_apart() -> None:
    label = filled("%(title)s, June", {"title": YES})
    source = svg(replace(CHART, categories=(label, "No")), "en", "ltr")
    assert '<tspan lang="ar">\u2067نعم، دائمًا!\u2069</tspan>, June</text>' in source


def test_figures_keep_their_order_on_a_mirrored_chart_and_name_no_language() -> None:
    ages = tuple(foreign(age, UNNAMED, "ar") for age in ("18–29", "≥ 30"))
    root = drawn(replace(CHART, categories=ages), "ar", "rtl")
    written = [(each.text, each.get("lang")) for each in root.iter(f"{SVG}text")]
    assert ("\u206618–29\u2069", None) in written


def test_a_family_with_a_number_in_its_name_is_quoted_or_browsers_pass_over_the_whole_list() -> None:
    assert drawn(CHART).get("font-family", "").startswith("'Source Sans 3', ")


def test_a_whole_text_in_another_language_keeps_its_paragraphs() -> None:
    assert block(foreign("- *أ*\n- ب", "ar", "en")) == (
        '<div lang="ar" dir="rtl"><ul>\n<li><em>أ</em></li>\n<li>ب</li>\n</ul></div>'
    )


def test_a_sentence_that_quotes_another_language_lets_no_mark_run_out_of_the_quote() -> None:
    said = filled("Most often “%(answer)s”: *40%%*.", {"answer": foreign("*نعم <b>", "ar", "en")})
    assert block(said) == '<p>Most often “<bdi lang="ar" dir="rtl">*نعم &lt;b&gt;</bdi>”: <em>40%</em>.</p>'


def test_quotation_marks_are_the_reader_s_around_another_language() -> None:
    assert parts_of(quoted(foreign(" نعم ", "ar", "en"), "en"))[1] == ("نعم", "ar")
    assert html_language(UNNAMED) == ""


def test_what_was_published_still_says_it() -> None:
    stored = json.loads(json.dumps(to_json(paper(TABLE, CHART)), ensure_ascii=False))
    assert render_article(from_json(stored)) == render_article(paper(TABLE, CHART))
    assert parts_of(text_from_json(stored["title"])) == parts_of(SAFE)
    assert text_from_json("Our rights") == "Our rights"


def test_the_pdf_has_the_words_and_meets_every_rule() -> None:
    two = filled("%(title)s, June", {"title": YES})
    data = render_pdf(paper(Heading(SAFE), TABLE, replace(CHART, categories=(two, YES)), Paragraph(BY_REGION)))
    assert [failure.message for failure in page.validate_pdf_bytes(data, profile="ua1").failures] == []
    said = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(data)).pages)
    # Three in the table, two in the chart: words that have an element of their own in a line are drawn with it, once.
    assert said.count("نعم، دائمًا") == 5
    assert said.count("June") == 1
