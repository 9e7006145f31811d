"""A Document becomes a PDF that everybody can read, the same on every machine."""

import hashlib
import io
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path

import page
import pypdf
import pytest

from exports import pdf
from exports.document import Chart, Document, Paragraph, Quote, Row, Series, Table
from exports.pdf import DrawingFailed, LettersMissing, PdfLibraryMissing, render_pdf
from tests.exports.made_up_charts import every_chart
from tests.exports.made_up_papers import LANGUAGES, made_up_paper

ROOT = Path(__file__).parents[2]


def with_blocks(*blocks: object) -> Document:
    return replace(made_up_paper("en", 0), blocks=blocks)


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


@cache
def rendered(language: str) -> bytes:
    return render_pdf(made_up_paper(language, 1))


def text(data: bytes) -> str:
    return "\n".join(sheet.extract_text() for sheet in read(data).pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_meets_every_rule_of_pdf_ua(language: str) -> None:
    report = page.validate_pdf_bytes(rendered(language), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.rules.passed == report.rules.total == 104


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Sex work and access to justice"),
        ("fr", "Travail du sexe et accès à la justice"),
        ("ru", "Секс-работа и доступ к правосудию"),
        ("es", "Trabajo sexual y acceso a la justicia"),
        ("zh", "性工作与诉诸司法"),
        ("zh", "㐀等罕见字也应当能够显示"),
        ("ar", "شبكة"),
    ],
)
def test_the_words_can_be_read_back(language: str, words: str) -> None:
    assert words in text(rendered(language))


def test_the_file_says_only_what_the_document_says() -> None:
    reader = read(rendered("zh"))
    assert reader.metadata is not None
    assert reader.metadata.title == "性工作与诉诸司法"
    assert reader.metadata.author == "一个虚构的网络"
    assert str(reader.metadata.creation_date).startswith("2026-11-22")
    assert reader.metadata.modification_date == reader.metadata.creation_date
    assert reader.trailer["/Root"]["/Lang"] == "zh-Hans"


def test_two_processes_write_the_same_bytes() -> None:
    program = (
        "import hashlib, sys; from exports.pdf import render_pdf;"
        "from tests.exports.made_up_papers import made_up_paper;"
        "[render_pdf(made_up_paper(code, 0)) for code in sys.argv[1:]];"
        "print(hashlib.sha256(render_pdf(made_up_paper('fr', 1))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, *before], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
        for before in ([], ["zh"])
    }
    assert digests == {hashlib.sha256(rendered("fr")).hexdigest()}


def test_links_in_text_embed_and_fetch_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        hostile = f"![a]({address}) [b]({address}) ![c](file:///etc/passwd) [d](file:///etc/passwd)\n\n"
        hostile += f"<img src={address}> <link rel=attachment href=file:///etc/passwd>"
        data = render_pdf(with_blocks(Paragraph(hostile)))
        with pytest.raises(TimeoutError):
            server.accept()
    assert "root:" not in text(data)
    assert read(data).attachments == {}
    assert b"EmbeddedFile" not in data


def test_even_html_that_got_through_would_fetch_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    attached = '<html lang="en"><link rel="attachment" href="file:///etc/passwd"><p>x</p></html>'
    monkeypatch.setattr(pdf, "render_html", lambda *_, **__: attached)
    with pytest.raises(DrawingFailed):
        render_pdf(with_blocks())


def test_a_warning_that_leaves_nothing_out_does_not_stop_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = '<html lang="en"><title>t</title><p style="nonsense: 1">x</p></html>'
    monkeypatch.setattr(pdf, "render_html", lambda *_, **__: odd)
    assert "x" in text(render_pdf(with_blocks()))


def test_quotes_may_be_in_other_scripts() -> None:
    words = {
        "am": "አብረን ሄድን",
        "bn": "আমরা একসাথে গিয়েছিলাম",
        "he": "הלכנו יחד",
        "hi": "हम साथ गए",
        "ka": "ერთად წავედით",
        "km": "យើងទៅជាមួយគ្នា",
        "my": "အတူသွားခဲ့တယ်",
        "th": "เราไปด้วยกัน",
        "uk": "Ми пішли разом, її ґанок",
        "vi": "Chúng tôi đi cùng nhau",
    }
    quotes = [Quote(said, language, "Member") for language, said in words.items()]
    assert render_pdf(with_blocks(*quotes)).startswith(b"%PDF-1.7")


def test_quotes_keep_the_emoji_that_people_type() -> None:
    data = render_pdf(with_blocks(Quote("Gracias 🙏🏽 ❤️ 👩‍👩‍👧", "es", "Member")))
    assert page.validate_pdf_bytes(data, profile="ua1").is_compliant


def test_a_long_table_repeats_its_heads_on_every_page() -> None:
    rows = tuple(Row(f"Row {number}", ("12%", "34%")) for number in range(90))
    table = Table("A long table", "Corner", ("First", "Second"), rows)
    sheets = [sheet.extract_text() for sheet in read(render_pdf(with_blocks(table))).pages]
    holding = [sheet for sheet in sheets if "12%" in sheet]
    assert len(holding) > 2
    assert all("Corner" in sheet and "Second" in sheet for sheet in holding)


def test_a_figure_is_not_split() -> None:
    chart = Chart("bars", "A caption", tuple(f"Row {n}" for n in range(20)), (Series("", (50.0,) * 20),))
    sheets = [sheet.extract_text() for sheet in read(render_pdf(with_blocks(chart, chart, chart))).pages]
    assert all(sheet.count("A caption") * 20 == sheet.count("50%") for sheet in sheets)


def test_letters_that_no_font_has_stop_the_paper() -> None:
    with pytest.raises(LettersMissing, match=r"U\+13000") as caught:
        render_pdf(with_blocks(Paragraph("A hieroglyph: \U00013000")))
    assert caught.value.letters == ("\U00013000",)


def test_a_chart_that_cannot_be_drawn_stops_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.charts.svg", lambda *_, **__: "<svg xmlns='http://www.w3.org/2000/svg' width='9' "
                        "height='9'><title>t</title><text font-family='x' x='left' y='0'>t</text></svg>")  # fmt: skip
    with pytest.raises(DrawingFailed):
        render_pdf(made_up_paper("en", 1))


def test_papers_made_at_the_same_time_do_not_mix() -> None:
    alone = {language: render_pdf(made_up_paper(language, 0)) for language in ("en", "zh")}
    together: dict[str, bytes] = {}
    threads = [
        threading.Thread(target=lambda code=code: together.update({code: render_pdf(made_up_paper(code, 0))}))
        for code in alone
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_a_machine_without_pango_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "import_module", broken)
    with pytest.raises(PdfLibraryMissing, match=r"apt-get install .*libpango-1\.0-0"):
        pdf._weasyprint.__wrapped__()


def test_a_machine_without_the_subsetter_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    render_pdf(with_blocks())
    monkeypatch.setattr("weasyprint.text.ffi.harfbuzz_subset", None)
    with pytest.raises(PdfLibraryMissing, match="libharfbuzz-subset0"):
        pdf._weasyprint.__wrapped__()


@pytest.mark.parametrize("language", ["ru", "ar"])
def test_every_kind_of_chart_keeps_its_words_and_meets_every_rule(language: str) -> None:
    charts = every_chart(language)
    data = render_pdf(replace(made_up_paper(language, 0), blocks=tuple(charts.values())))
    report = page.validate_pdf_bytes(data, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_the_words_of_a_map_stay_words() -> None:
    chart = every_chart("ru")["tiles"]
    said = text(render_pdf(with_blocks(chart)))
    assert all(region.split()[0] in said for region in chart.categories)


def test_a_chart_higher_than_a_page_is_made_to_fit() -> None:
    many = tuple(f"Row {number}" for number in range(60))
    chart = Chart("bars", "A caption", many, (Series("", (50.0,) * 60),))
    sheets = [sheet.extract_text() for sheet in read(render_pdf(with_blocks(chart))).pages]
    assert any("Row 0" in sheet and "Row 59" in sheet and "A caption" in sheet for sheet in sheets)
