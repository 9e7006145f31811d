"""What strangers and authors write comes back as words: no formula, no template, no markup, and no bomb goes off."""

from __future__ import annotations

import csv
import io
import os
import re
import time
import zipfile
from random import Random

import lxml.html
import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from benchmarks.trial import TODAY
from consultations.analysis.plans.promised import promised
from consultations.rounds import cards, consultations
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.settings import PROJECT
from consultations.staff.models import User
from exports.csv_file import csv_bytes
from exports.markup import block, inline
from forms.xlsform.importing import import_file
from forms.xlsform.writing import write_xlsx
from tests.attacks.crowds import resident_mib
from tests.attacks.staffed import at_desk, filled, token_of
from tests.fuzz.bombs import BOMBS

#: Each would be seen as something else than itself where it were not escaped.
HOSTILE = (
    "{{1337*7331}}",
    "{% include '/etc/passwd' %}",
    "${1337*7331}",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</textarea><iframe src=//evil.example>",
    "[a](javascript:alert(1))",
    "![a](https://evil.example/pixel)",
    "%(evil)s %s {0} {evil}",
)
ALL = " ".join(HOSTILE).replace("|", "")
FORMULAS = (
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    '=HYPERLINK("//e")',
)
ADDRESS = "/staff/questionnaires/"
ENTITIES = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with filled(tmp_path_factory.mktemp("content")) as made:
        made.config["WTF_CSRF_ENABLED"] = False
        yield made


@pytest.fixture(scope="module")
def desk(app):
    return at_desk(app, token_of(app, "policy"))


def uploaded(desk, name: str, content: bytes, beside: tuple[tuple[str, bytes], ...] = ()):
    files = [FileStorage(io.BytesIO(data), other) for other, data in beside]
    # As bytes: Werkzeug's client would leave a temporary file of a long upload to the collector.
    boundary, body = encode_multipart({"workbook": FileStorage(io.BytesIO(content), name), "files": files})
    return desk.post(ADDRESS, data=body, content_type=f"multipart/form-data; boundary={boundary}")


#: Those that take the reading child longest: up to half a minute on a machine that is busy.
SLOW = ("_deep", "_blank_rows", "_cells", "_wide_rows", "_empty_strings", "_styles", "_attributes", "_one_string_often")
TIMED = [pytest.param(bomb, marks=pytest.mark.attack) if bomb.__name__ in SLOW else bomb for bomb in BOMBS]


@pytest.mark.parametrize("bomb", TIMED, ids=lambda bomb: bomb.__name__.strip("_"))
def test_a_small_file_that_grows_large_ends_in_a_message(desk, bomb):
    content = bomb(Random(1))  # noqa: S311 - the same bomb each time
    before, began = resident_mib(os.getpid()), time.monotonic()
    answer = uploaded(desk, "form.xlsx", content)
    assert answer.status_code in (200, 413, 422)
    assert time.monotonic() - began < 40
    assert resident_mib(os.getpid()) - before < 250


@pytest.mark.parametrize("entities", [ENTITIES, '<!DOCTYPE r [<!ENTITY i SYSTEM "file:///etc/passwd">'])
def test_entities_of_a_file_beside_the_workbook_are_not_expanded(desk, entities):
    survey = "| survey |\n| | type | name | label |\n| | select_one_from_file a.xml | q | Which? |\n"
    xml = f"<?xml version='1.0'?>{entities}]><root><item><name>&i;</name><label>&i;</label></item></root>"
    began = time.monotonic()
    answer = uploaded(desk, "form.md", survey.encode(), (("a.xml", xml.encode()),))
    assert answer.status_code == 422
    assert "root:" not in answer.get_data(as_text=True)
    assert time.monotonic() - began < 15


def test_a_file_name_of_an_upload_leads_nowhere_and_is_shown_as_words(desk, tmp_path):
    answer = uploaded(desk, "../../../tmp/<script>alert(1)</script>.md", b"| survey |\n| | type |\n")
    assert_harmless(answer.get_data(as_text=True))


def hostile_form() -> str:
    rows = [f"| | text | q{number} | {text} | {text} |" for number, text in enumerate(HOSTILE) if "${" not in text]
    lists = [f"| | l | c{number} | {text} |" for number, text in enumerate(HOSTILE) if "${" not in text]
    survey = ["| survey |", "| | type | name | label | hint |", *rows, "| | select_one l | pick | Which? | |"]
    choices = ["| choices |", "| | list_name | name | label |", *lists]
    return "\n".join([*survey, *choices, "| settings |", "| | form_title | form_id |", f"| | {HOSTILE[3]} | a |"])


def test_a_questionnaire_full_of_markup_and_templates_is_shown_as_its_author_wrote_it(desk):
    answer = uploaded(desk, "form.md", hostile_form().encode())
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200, lxml.html.fromstring(page).text_content()[:600]
    assert_harmless(page)
    address = re.search(r'href="(/staff/questionnaires/\d+)"', page)[1]
    preview = desk.get(address).get_data(as_text=True)
    assert_harmless(preview)
    shown = lxml.html.fromstring(preview).text_content()
    for text in ("{{1337*7331}}", "{% include '/etc/passwd' %}", "<script>alert(1)</script>", "%(evil)s %s {0} {evil}"):
        assert text in shown


@pytest.fixture(scope="module")
def one_question(app) -> str:
    """Where an open consultation asks for one text and shows it in the next question."""
    head = "| survey |\n| | type | name | label::English (en) |\n"
    survey = f"{head}| | text | a | What? |\n| | text | b | You said ${{a}}? |\n"
    form = import_file("a.md", f"{survey}| settings |\n| | style |\n| | pages |\n".encode()).questionnaire
    with app.extensions["sessions"].begin() as session:
        texts = dict.fromkeys(form.languages, "Words")
        made = consultations.create(
            session,
            slug="hostile",
            questionnaire=store(session, form),
            title=texts,
            asked_by=texts,
            purpose=texts,
            key_holders=list(session.scalars(select(User).where(User.name.in_(("one", "two"))))),
        )
        consultations.open_to_members(session, made, who="one", today=TODAY, further=promised(""))
        return f"/c/hostile/{form.languages[0]}/"


@pytest.mark.parametrize("text", [ALL, *HOSTILE])
def test_what_a_member_writes_comes_back_as_words(app, one_question, text):
    client, shown = app.test_client(), []
    page = client.post(one_question, data={"go": "begin"}).get_data(as_text=True)
    for button in ("next", "next", "back", "save"):
        form = lxml.html.fromstring(page).get_element_by_id("answers")
        names = [control.name for control in form.iter("input", "textarea") if control.get("type") != "hidden"]
        sent = {"go": button, "state": form.fields["state"], **dict.fromkeys(names, text)}
        page = client.post(one_question, data=sent).get_data(as_text=True)
        assert_harmless(page)
        shown.append(" ".join(lxml.html.fromstring(page).text_content().split()))
    assert any(" ".join(text.split()) in each for each in shown)


@pytest.mark.parametrize("address", ["/staff/consultations/new", "/staff/people/", "/staff/account", "/staff/sign-in"])
def test_what_staff_type_comes_back_as_words(app, desk, address):
    """In a form that is refused everything typed is shown once more: the shortest way to a page."""
    for client in (desk, at_desk(app, token_of(app, "root"))):
        page = client.get(address, query_string={"questionnaire": 1}).get_data(as_text=True)
        forms = lxml.html.fromstring(page).forms
        for form in forms:
            names = [name for name in form.fields if name and name != "csrf_token"]
            answer = client.post(address, data=dict.fromkeys(names, ALL), query_string={"questionnaire": 1})
            assert_harmless(answer.get_data(as_text=True))


def test_titles_and_purposes_with_markup_are_words_on_every_page(app, desk):
    with app.extensions["sessions"].begin() as session:
        found = session.scalars(select(Consultation).where(Consultation.slug == "benchmark-ar")).one()
        for part in ("title", "asked_by", "purpose"):
            setattr(found, part, dict.fromkeys(getattr(found, part), ALL))
    for client, address in (
        *((app.test_client(), path) for path in ("/en/", "/c/benchmark-ar/", "/c/benchmark-ar/ar/")),
        *((desk, path) for path in ("/staff/", "/staff/consultations/benchmark-ar")),
    ):
        page = client.get(address, follow_redirects=True).get_data(as_text=True)
        assert_harmless(page)


def assert_harmless(page: str) -> None:
    """Nothing in the page but our own elements: what was written is neither run, fetched nor worked out."""
    root = lxml.html.fromstring(page)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in {"iframe", "object", "embed", "base", "img", "style"}, element.tag
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name not in {"style", "srcdoc"}, (element.tag, name)
            led = value.strip().lower() if name in {"href", "src", "action", "formaction"} else ""
            assert not led.startswith(("javascript:", "data:text", "vbscript:", "//evil")), value
        if element.tag == "script":
            assert element.get("src", "").startswith("/static/"), element.attrib
            assert not (element.text or "").strip()
    assert "9801547" not in page
    assert "root:x:" not in page


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_gives_paragraphs_lists_emphasis_and_links_to_sites(text):
    for html in (str(block(text)), str(inline(text))):
        assert_harmless(f"<div>{html}</div>")
        assert "evil.example" not in "".join(lxml.html.fromstring(f"<div>{html}</div>").xpath("//@src"))


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_csv_file_begins_a_formula(formula):
    cells = next(csv.reader(io.StringIO(csv_bytes([(formula, "plain")]).decode("utf-8-sig"), newline="")))
    assert cells == [f"'{formula}", "plain"]


def test_every_csv_file_is_written_in_the_one_place_that_quotes():
    writers = [
        str(file.relative_to(PROJECT))
        for folder in ("consultations", "exports", "forms")
        for file in (PROJECT / folder).rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)|to_csv", file.read_text("utf-8"))
    ]
    assert writers == ["exports/csv_file.py"]
    assert cards.KINDS["csv"] is cards.messages


def test_no_cell_of_an_exported_workbook_is_a_formula_or_a_link():
    rows = "\n".join(
        f"| | text | q{number} | {text.strip()} |" for number, text in enumerate(FORMULAS) if "|" not in text
    )
    form = import_file("a.md", f"| survey |\n| | type | name | label |\n{rows}\n".encode()).questionnaire
    with zipfile.ZipFile(io.BytesIO(write_xlsx(form))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
        texts = book.read("xl/sharedStrings.xml").decode()
    assert not any(re.search(r"<f[ >]|hyperlink", sheet) for sheet in sheets)
    assert "=1+1" in texts
