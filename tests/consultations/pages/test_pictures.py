"""Charts on a page: in the reader's language, with what must be said of them."""

from flask import Flask
from flask_babel import Babel

from consultations.pages.pictures import pictures
from exports.document import Chart, Series
from translations.catalogues import FOLDER


def bars(caption, note=""):
    return Chart("bars", caption, ("<Yes>",), (Series("", (None,)),), note=note)


def shown(*charts):
    app = Flask(__name__)
    Babel(app, locale_selector=lambda: "fr", default_translation_directories=str(FOLDER))
    with app.test_request_context():
        return str(pictures(charts))


def test_the_first_picture_is_named_by_its_heading_and_the_others_by_their_captions():
    html = shown(bars("First"), bars("<Second>"))
    assert html.count("<svg") == 2
    assert '<p class="marked">First' not in html
    assert '</svg><p class="marked">&lt;Second&gt;</p><svg' in html


def test_a_note_stands_below_its_picture():
    assert shown(bars("First", "Lines & dots")).endswith('</svg><p class="small">Lines &amp; dots</p>')


def test_words_of_a_picture_are_the_reader_s():
    assert "non affiché" in shown(bars("First"))


def test_without_charts_there_is_nothing():
    assert shown() == ""
