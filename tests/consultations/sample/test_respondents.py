"""Made-up respondents read pages as a phone without script does, and never leave this machine."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from random import Random
from urllib.parse import parse_qs

import pytest
from lxml import html

from consultations.sample import respondents
from consultations.sample.respondents import SECOND_THOUGHTS, Lost, OnlyThisMachine, answer_all

WELCOME = '<form action="/c/spring/en/"><button name="go" value="begin">Begin</button></form>'
PAGE = """<form><input type="hidden" name="state" value="sealed"><div class="field{wrong}">
<input type="radio" name="yn" value="y"><input type="radio" name="yn" value="n"><input name="age" inputmode="numeric">
<input type="checkbox" name="many" value="a"><input type="checkbox" name="many" value="b">
<input type="checkbox" name="many" value="c">
<select name="country"><option value=""></option><option value="ke"></select>
<select name="none"><option value=""></select><textarea name="story"></textarea><input name="born-year"></div>
<button name="go" value="back">Back</button><button name="go" value="next">Next</button></form>"""
REVIEW = '<form><input type="hidden" name="state" value="s"><button name="go" value="send">Send</button></form>'
THANKS = "<h1>Thank you</h1>"


class _Pages(BaseHTTPRequestHandler):
    """Answers one prepared page after another; what was sent is kept."""

    def _next(self):
        length = int(self.headers.get("Content-Length", 0))
        self.server.sent.append(parse_qs(self.rfile.read(length).decode()))
        status, page = self.server.pages.pop(0)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(f"<html><body>{page}</body></html>".encode())

    do_GET = do_POST = _next

    def log_message(self, *words):
        pass


@pytest.fixture
def site():
    server = HTTPServer(("127.0.0.1", 0), _Pages)
    server.sent, server.pages = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def answers(site, *pages):
    site.pages = list(pages)
    return list(answer_all(f"http://127.0.0.1:{site.server_port}", "spring", ["en"], 1, 1))


def page(wrong=""):
    return PAGE.replace("{wrong}", wrong)


def test_they_go_from_the_welcome_to_the_thanks_and_count_what_came(site):
    (sent,) = answers(site, (200, WELCOME), (200, page()), (200, REVIEW), (200, THANKS))
    assert (sent.pages, sent.size_bytes > 500) == (4, True)
    assert [form.get("go") for form in site.sent] == [None, ["begin"], ["next"], ["send"]]


def test_every_field_is_answered_as_its_kind_wants_it(site):
    answers(site, (200, WELCOME), (200, page()), (200, THANKS))
    filled = site.sent[-1]
    assert filled["state"] == ["sealed"]
    assert filled["yn"][0] in "yn"
    assert 1 <= int(filled["age"][0]) <= 40
    assert 1 <= len(filled["many"]) <= 2
    assert filled["country"] == ["ke"]
    assert "none" not in filled
    assert 1960 <= int(filled["born-year"][0]) <= 2005


def test_where_a_page_objects_they_think_again(site):
    answers(site, (200, WELCOME), (422, page(" wrong")), (422, page(" wrong")), (200, THANKS))
    assert [form["age"] for form in site.sent[2:]] == [[SECOND_THOUGHTS[0]], [SECOND_THOUGHTS[1]]]
    assert len(site.sent[-1]["many"]) == 1


def test_a_page_that_fails_is_said_with_its_place(site):
    with pytest.raises(Lost) as lost:
        answers(site, (200, WELCOME), (500, "x"))
    assert lost.value.values == {"place": "/c/spring/en/ (500)"}


def test_who_is_asked_to_send_again_waits_and_sends_again(site, monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr(respondents.time, "sleep", waited.append)
    pages = [(200, WELCOME), (200, page()), (200, REVIEW), (200, REVIEW), (200, REVIEW), (200, THANKS)]
    (sent,) = answers(site, *pages)
    assert (sent.pages, waited) == (6, [respondents.SECONDS_BETWEEN_TRIES] * 2)


def test_what_nobody_sees_is_left_empty(site):
    trap = (
        '<form><div aria-hidden="true"><input name="comment"></div><button name="go" value="send">Send</button></form>'
    )
    answers(site, (200, WELCOME), (200, trap), (200, THANKS))
    assert site.sent[-1] == {"go": ["send"]}


def test_whoever_goes_round_in_circles_is_lost(site, monkeypatch):
    monkeypatch.setattr(respondents, "MOST_PAGES", 4)
    with pytest.raises(Lost):
        answers(site, *[(200, page())] * 5)


@pytest.mark.parametrize("address", ["http://example.org", "http://192.0.2.7:8000", "http://", "nonsense"])
def test_they_answer_on_no_other_machine(address):
    with pytest.raises(OnlyThisMachine):
        list(answer_all(address, "spring", ["en"], 1, 1))


def test_the_last_button_is_pressed_where_none_goes_on():
    form = html.fromstring('<form><button name="go" value="a">A</button><button name="go" value="b">B</button></form>')
    assert respondents._button(form, ALWAYS_HALF, {}) == "b"


class _Half(Random):
    """Draws whatever is half way."""

    def random(self):
        return 0.4


ALWAYS_HALF = _Half()


def test_a_repeat_is_begun_again_a_few_times_and_no_more():
    form = html.fromstring('<form><button name="go" value="add-/data/child">+</button><button name="go" value="next">')
    added = {}
    pressed = [respondents._button(form, ALWAYS_HALF, added) for _ in range(4)]
    assert pressed == ["add-/data/child", "add-/data/child", "next", "next"]


def test_every_answer_of_a_rank_gets_a_place_of_its_own():
    field = '<label class="option place"><input name="r:{}" inputmode="numeric"></label>'
    form = html.fromstring(f'<form>{field.format("a")}{field.format("b")}<input name="other:a"></form>')
    given = dict(respondents._filled(form, Random(3), {}))  # noqa: S311 - nothing secret is drawn
    assert sorted((given["r:a"], given["r:b"])) == ["1", "2"]
    assert given["other:a"] in respondents.SAID


def test_where_a_choice_is_written_one_of_the_list_is():
    field = '<input name="c:typed" list="q-c-list"><datalist id="q-c-list"><option value="Kenya"></datalist>'
    control = html.fromstring(f"<form>{field}</form>").xpath(".//input")[0]
    assert respondents._typed(control, Random(3)) == "Kenya"  # noqa: S311 - nothing secret is drawn


@pytest.mark.parametrize(
    ("said", "mode", "fits"),
    [
        ("Par exemple 9h30 ou 21h30.", "", r"\d{1,2}:(00|15|30)"),
        ("A number from 5 to 7.", "decimal", "[567]"),
        ("Число от 0 до 1 с шагом 0,5.", "decimal", r"0|0\.5|1\.0|0\.0"),
        ("Nothing about numbers.", "numeric", r"\d{1,2}"),
    ],
)
def test_what_the_page_says_of_an_answer_is_heeded(said, mode, fits):
    page = f'<form><p id="q-how">{said}</p><input name="q" inputmode="{mode}" aria-describedby="q-hint q-how"></form>'
    control = html.fromstring(page).xpath(".//input")[0]
    assert re.fullmatch(fits, respondents._typed(control, Random(5)))  # noqa: S311 - nothing secret is drawn


def test_open_questions_get_one_of_a_few_words_that_say_that_they_are_made_up():
    field = html.fromstring('<textarea name="story"></textarea>')
    assert respondents._typed(field, Random(1)) in respondents.SAID  # noqa: S311 - nothing secret is drawn
