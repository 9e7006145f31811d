"""What a form says in another language than the staff's stands in elements that say which, and on its own side."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import lxml.html
import pytest
from lxml import etree

from app import create_app
from consultations.analysis.attacks.findings import Finding, Report
from consultations.analysis.models import Release
from consultations.database import engine_for
from consultations.migrations import upgrade
from consultations.pages import guiding
from consultations.rounds.consultations import by_slug
from consultations.settings import Settings
from consultations.staff import stretching
from tests.consultations.pages.foreign_form import MARKS, Made, build
from tests.consultations.pages.two_rounds import Desk
from translations.languages import direction
from translations.phrases import marked_up

AUTUMN = "consultations/autumn"
PAGES = (
    "",
    AUTUMN,
    f"{AUTUMN}/results",
    f"{AUTUMN}/results?part=more",
    f"{AUTUMN}/results?by=setting",
    f"{AUTUMN}/results?by=setting&in=africa",
    f"{AUTUMN}/plan",
    f"{AUTUMN}/profile",
    f"{AUTUMN}/compare",
    f"{AUTUMN}/compare?with=spring&question=safe.by.region",
    f"{AUTUMN}/papers",
    "indicators/",
    "indicators/1",
    "indicators/new",
    "indicators/new?question=safe",
    "indicators/1/change",
    "indicators/1/delete",
    "fieldwork/",
    "consultations/new?questionnaire=1",
    "retention",
    "key/autumn",
    f"{AUTUMN}/export",
)
#: Attributes that are read to people.
SPOKEN = ("aria-label", "title", "alt", "label", "placeholder", "content")
#: What can have no element in it; what such words mean to the eye, isolating signs say.
BARE = {"title", "option", "desc"}
OPENING = "[\u2066-\u2068]"


@pytest.fixture(scope="module", params=[("en", "ar"), ("ar", "en")], ids=["English form", "Arabic form"])
def house(request, tmp_path_factory) -> Iterator[tuple]:
    """(application, folder, form's language, passphrase); pages are in the other language."""
    form_language, staff_language = request.param
    folder = tmp_path_factory.mktemp(f"{form_language}_form")
    url = f"sqlite:///{folder / 'now.sqlite'}"
    engine = engine_for(url)
    upgrade(engine)
    engine.dispose()
    made = create_app(Settings(url, folder, b"\x07" * 32, https=False, trusted_hosts=(), upload_limit_mib=10))
    made.testing = True
    made.config["WTF_CSRF_ENABLED"] = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretching, "MEMORY_KIB", 64)
        with made.extensions["sessions"].begin() as session:
            passphrase = build(session, form_language, staff_language)
        yield made, folder, form_language, passphrase
    made.extensions["engine"].dispose()


@pytest.fixture
def desk(house) -> Desk:
    return Desk(house[0], "ana", house[3])


def astray(page: lxml.html.HtmlElement, form_language: str, *, is_other_way: bool = True) -> list[str]:
    """The form's words that stand where nothing says their language or, among words of the other direction, theirs."""
    mark, found = MARKS[form_language], []
    for element in page.iter(etree.Element):
        for text, around in ((element.text, element), (element.tail, element.getparent())):
            if text and mark in text and around.tag not in BARE and _language(around) != form_language:
                found.append(f"<{around.tag} {_language(around)}> {text}")
        says_it = element.get("lang") == form_language and element.get("dir") == direction(form_language)
        bare = [element.text or ""] if element.tag in BARE and not says_it else []
        bare += [element.get(name, "") for name in SPOKEN]
        found += [each for each in bare if mark in each and is_other_way and not _isolated(each, mark)]
    return found


def _language(element) -> str | None:
    around = (each.get("lang") for each in (element, *element.iterancestors()))
    return next((language for language in around if language is not None), None)


def _isolated(text: str, mark: str) -> bool:
    """Whether the mark always stands between an isolate's signs, and every isolate ends."""
    starts = [found.start() for found in re.finditer(mark, text)]
    opened = [len(re.findall(OPENING, text[:at])) - text[:at].count("\u2069") for at in starts]
    return all(opened) and text.count("\u2069") == len(re.findall(OPENING, text))


@pytest.mark.parametrize("address", PAGES)
def test_no_word_of_the_form_stands_where_its_language_is_not_said(house, desk, address) -> None:
    page = desk.open(address)
    assert astray(page, house[2]) == []
    assert MARKS[house[2]] in lxml.html.tostring(page, encoding="unicode")


@pytest.fixture
def kept_back(house, monkeypatch) -> None:
    """A key holder looks at the tables of *spring* before they are released."""
    tables = Made(house[2]).tables(40)
    monkeypatch.setattr(guiding, "_seen", lambda consultation: guiding.Seen(tables))


def test_the_guide_to_a_release_says_the_language_of_every_group(house, desk, kept_back) -> None:
    page = desk.open("consultations/spring/release?step=see")
    assert page.find_class("pattern")
    assert page.find_class("why")
    assert astray(page, house[2]) == []


def test_what_an_attack_found_says_the_language_of_the_tables(house, kept_back) -> None:
    seen, report = guiding.Seen(Made(house[2]).tables(40)), Report((Finding("base", "safe.by.region", "africa"),), ())
    with house[0].test_request_context("/", headers={"Accept-Language": {"en": "ar", "ar": "en"}[house[2]]}):
        (found,) = guiding._found(report, seen)
        assert astray(lxml.html.fromstring(f"<p>{marked_up(found)}</p>"), house[2]) == []
    assert MARKS[house[2]] in found


def test_a_draft_and_what_can_be_put_into_it_say_the_form_s_language(house, desk) -> None:
    desk.post(f"{AUTUMN}/papers")
    for address in ("papers/1", "papers/1/add"):
        assert astray(desk.open(address), house[2]) == []


@pytest.mark.parametrize("language", ["fr", "zh"])
def test_a_paper_in_a_third_language_says_the_form_s(house, desk, language) -> None:
    desk.post(f"{AUTUMN}/papers")
    page = desk.open(f"papers/1/preview/{language}")
    assert page.find_class("paper")[0].get("dir") == "ltr"
    assert astray(page.find_class("paper")[0], house[2], is_other_way=house[2] == "ar") == []


def test_an_import_says_the_language_of_questions_and_answers(house, desk) -> None:
    with house[0].extensions["sessions"].begin() as session:
        found = by_slug(session, "spring")
        found.status = "closed"
        session.query(Release).filter_by(consultation_id=found.id).delete()
    content = b"safe,wants,age\nperhaps,1,many\n"
    page = desk.client.post(
        "/staff/consultations/spring/import/", data={"file": (io.BytesIO(content), "answers.csv"), "encoding": ""}
    )
    assert page.status_code == 200
    assert astray(lxml.html.fromstring(page.text), house[2]) == []
