"""Members of an invited consultation begin with a code, are asked no region, and are counted once."""

from __future__ import annotations

import logging
import re

import pytest
from sqlalchemy import select

from app import create_app
from consultations.pages import taking_in
from consultations.pages.kept_pages import pages_of
from consultations.pages.limiting import FLOOD
from consultations.registry.models import REGIONS
from consultations.responses.answering import NotStored
from consultations.responses.epochs import EPOCHS
from consultations.rounds.invitation_codes import grouped, new_code
from consultations.rounds.invitations import hash_of
from consultations.rounds.models import Consultation, Invitation
from consultations.rounds.questionnaires import layout_of
from forms import packing
from tests.consultations.pages.phones import Phone, put, stored

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) | label::Kiswahili (sw) | required | relevant |
| | select_one region | region | Where do you live? | أين تعيشين؟ | Unaishi wapi? | yes | |
| | integer | years | For how many years? | منذ كم سنة؟ | Miaka mingapi? | | ${{region}} = 'africa' |
| choices |
| | list_name | name | label::English (en) | label::العربية (ar) | label::Kiswahili (sw) |
{regions}
""".format(regions="\n".join(f"| | region | {code} | In {code} | في {code} | Katika {code} |" for code in REGIONS))


@pytest.fixture
def app(settings):
    made = create_app(settings)
    made.testing = True
    put(made, FORM, breakdowns=(), invited=True)
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture
def invite(app, settings):
    """A code for a region, as it stands on a card."""

    def made(region="africa"):
        code = new_code()
        with app.extensions["sessions"].begin() as session:
            row = {"consultation_id": 1, "hash": hash_of(settings.secret, 1, code), "region": region}
            session.add(Invitation(**row, spent_by=None))
        return grouped(code)

    return made


@pytest.fixture
def phone(app):
    return Phone(app)


def on_review(app, code):
    phone = Phone(app)
    phone.press("begin", code=code)
    phone.press("next", years="7")
    return phone


def sent_answers(app, monkeypatch, phone):
    """What is stored when this phone sends."""
    seen = []
    monkeypatch.setattr(taking_in, "send", lambda *given, **more: seen.append((*given, more)))
    phone.press("send")
    _, consultation, _, hot, cold, more = seen[0]
    return packing.unpack(layout_of(consultation.questionnaire), hot, cold), more["redeemed"]


def test_the_welcome_page_asks_for_a_code_and_says_what_it_does(phone):
    assert phone.page.xpath("//label[@for='code']")
    assert phone.page.get_element_by_id("code").get("autocapitalize") == "characters"


def test_an_open_consultation_asks_for_none(app):
    put(app, FORM, slug="all", breakdowns=())
    assert not Phone(app, "/c/all/en/").page.xpath("//*[@id='code']")


def test_a_code_leads_in_and_its_region_is_told_and_not_asked(phone, invite):
    phone.press("begin", code=invite().lower().replace("-", " "))
    assert phone.response.status_code == 200
    assert "In africa" in phone.text
    assert "We know this from your code. It is not asked." in phone.text
    assert not phone.page.xpath("//input[@name='region']")
    assert phone.page.xpath("//input[@name='years']")


def test_questions_follow_the_region_of_the_code(app, invite):
    phone = Phone(app)
    phone.press("begin", code=invite("europe"))
    assert not phone.page.xpath("//input[@name='years']")


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ("", 422, "A code has 12 letters and digits."),
        ("4CVV-D6AQ-R8JM", 422, "This code has a typing mistake."),
        ("4CVV-D6AQ-R8JN", 422, "We do not know this code here."),
    ],
)
def test_a_wrong_code_is_explained_beside_its_field_and_stays_there(phone, typed, status, told):
    assert phone.press("begin", code=typed).status_code == status
    assert told in phone.page.get_element_by_id("problems").text_content()
    assert told in phone.page.get_element_by_id("code-error").text_content()
    assert phone.page.get_element_by_id("code").get("value") == typed
    assert phone.page.get_element_by_id("code").get("aria-invalid") == "true"


def test_begin_without_a_code_leads_nowhere(app):
    assert app.test_client().post("/c/rights/en/", data={"go": "begin"}).status_code == 422


def test_an_answer_with_a_code_has_the_certified_region(app, invite, monkeypatch):
    unpacked, code = sent_answers(app, monkeypatch, on_review(app, invite()))
    assert unpacked.answers == {"region": "africa", "years": "7"}
    assert (code.region, code.language) == ("africa", "en")


def test_another_region_that_a_page_sends_changes_nothing(app, invite, monkeypatch):
    phone = on_review(app, invite())
    phone.press("change-0")
    phone.press("next", region="europe", years="8")
    unpacked, _ = sent_answers(app, monkeypatch, phone)
    assert unpacked.answers == {"region": "africa", "years": "8"}


def test_a_code_whose_region_is_another_at_send_certifies_that_one(app, invite, monkeypatch):
    phone = on_review(app, invite())
    with app.extensions["sessions"].begin() as session:
        session.scalars(select(Invitation)).one().region = "europe"
    unpacked, code = sent_answers(app, monkeypatch, phone)
    assert unpacked.answers == {"region": "europe"}
    assert code.region == "europe"


def test_a_code_counts_once(app, invite):
    code = invite()
    first, second = on_review(app, code), on_review(app, code)
    assert first.press("send").status_code == 200
    assert second.press("send").status_code == 409
    assert "This code has been used already" in second.text
    assert stored(app) == 1


def test_whether_a_code_is_used_is_not_told_to_who_only_looks(app, invite):
    used, unused = invite(), invite()
    on_review(app, used).press("send")
    pages = [Phone(app), Phone(app)]
    for phone, code in zip(pages, (used, unused), strict=True):
        assert phone.press("begin", code=code).status_code == 200
    assert pages[0].text == pages[1].text


def test_answers_under_a_used_code_are_kept_and_go_with_another_one(app, invite):
    code, another = invite(), invite()
    on_review(app, code).press("send")
    phone = on_review(app, code)
    phone.press("send")
    assert "Your answers are all here still." in phone.text
    assert phone.press("send", code="4CVV-D6AQ-R8JM").status_code == 422
    assert phone.press("send", code=another).status_code == 200
    assert stored(app) == 2


def test_send_twice_is_no_second_use_before_and_after_the_stir(app, invite):
    phone = on_review(app, invite())
    held = dict(phone.page.forms[0].form_values()) | {"go": "send"}
    for _ in range(2):
        assert phone.post(held).status_code == 200
    EPOCHS.stir()
    assert phone.post(held).status_code == 200
    assert stored(app) == 1


def test_what_could_not_be_stored_can_be_sent_again_with_its_code(app, invite, monkeypatch):
    phone = on_review(app, invite())
    held = dict(phone.page.forms[0].form_values()) | {"go": "send"}
    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "send", lambda *given, **more: (_ for _ in ()).throw(NotStored))
        assert phone.post(held).status_code == 503
    assert stored(app) == 0
    assert phone.post(held).status_code == 200
    assert stored(app) == 1


def test_guessing_is_slowed_down_and_typing_mistakes_are_not(app, phone, monkeypatch):
    tries = []
    monkeypatch.setattr(FLOOD, "take", lambda what, *rest: tries.append(what))
    phone.press("begin", code="4CVV-D6AQ-R8JM")
    phone.press("begin", code="4CVV-D6AQ-R8JN")
    assert tries == ["code"]


def test_a_code_is_in_no_address_no_title_and_no_log(app, invite, caplog):
    caplog.set_level(logging.DEBUG)
    code = invite()
    phone = on_review(app, code)
    phone.press("send")
    assert phone.address == "/c/rights/en/"
    for shape in (code, code.replace("-", "")):
        assert shape not in caplog.text
        assert shape not in phone.response.data.decode()


TWO_PAGES = FORM.replace(
    "| choices |\n",
    "| | begin_group | more | More | المزيد | Zaidi | | |\n| | text | wish | Wish | أمنية | Ombi | | |\n"
    "| | end_group | | | | | | |\n| choices |\n",
)


def test_pages_without_the_region_are_kept_for_everybody(app):
    put(app, TWO_PAGES, slug="two", breakdowns=(), invited=True)
    code = new_code()
    with app.extensions["sessions"].begin() as session:
        row = {"consultation_id": 2, "hash": hash_of(b"\x07" * 32, 2, code), "region": "africa"}
        session.add(Invitation(**row, spent_by=None))
    phone = Phone(app, "/c/two/en/")
    phone.press("begin", code=code)
    assert len(pages_of(app)) == 0
    phone.press("next", years="7")
    assert phone.page.xpath("//input[@name='wish']|//textarea[@name='wish']")
    assert len(pages_of(app)) == 1


def test_a_saved_page_keeps_its_code(app, invite):
    code = invite()
    phone = on_review(app, code)
    phone.press("save")
    saved_under = re.search(r"\d{4}(?: \d{4}){5}", phone.text).group()
    other = Phone(app, "/c/rights/ar/continue")
    other.address = "/c/rights/ar/"
    other.press("resume", code=saved_under)
    assert other.press("send").status_code == 200
    assert on_review(app, code).press("send").status_code == 409
    assert stored(app) == 1


def test_what_was_typed_for_a_code_stays_in_no_browser(phone):
    phone.press("begin", code="4CVV-D6AQ-R8JM")
    assert "no-store" in phone.response.headers["Cache-Control"]


def test_a_sealed_page_of_another_consultation_brings_no_code_along(app, invite):
    put(app, FORM, slug="other", breakdowns=(), invited=True)
    phone = on_review(app, invite())
    held = dict(phone.page.forms[0].form_values()) | {"go": "send"}
    assert app.test_client().post("/c/other/en/", data=held).status_code == 400


def test_the_consultation_is_told_in_the_promise(app):
    with app.extensions["sessions"].begin() as session:
        found = session.get_one(Consultation, 1)
        found.statement = {**found.statement, "invited": True}
    assert "The code counts once" in Phone(app).text
