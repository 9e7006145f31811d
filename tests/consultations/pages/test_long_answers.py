"""Long texts and choices from long lists go all the way as a phone without script sends them."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from sqlalchemy import select

from app import create_app
from consultations.responses.epochs import EPOCHS, EpochKeys
from consultations.responses.models import SealedResponse
from consultations.responses.sealing import open_answer
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of
from forms import packing
from forms.controls import element_id
from forms.running.canonical import MAX_CHARACTERS
from tests.consultations.pages.phones import Phone, put, stored

TOWNS = "\n".join(f"| | towns | t{at} | Town of {at:03} | مدينة {at:03} | Mji wa {at:03} |" for at in range(150))
FORM = f"""
| survey |
| | type | name | label::English (en) | label::العربية (ar) | label::Kiswahili (sw) | appearance | required |
| | begin_group | a | A | أ | A | field-list | |
| | select_one towns | town | Which town? | أي مدينة؟ | Mji gani? | | yes |
| | select_multiple towns | others | Which others? | أي مدن أخرى؟ | Ipi mingine? | | |
| | text | first | First? | أولا؟ | Kwanza? | multiline | |
| | end_group | | | | | | |
| | begin_group | b | B | ب | B | field-list | |
| | text | second | Second? | ثانيا؟ | Pili? | multiline | |
| | end_group | | | | | | |
| | text | third | Third? | ثالثا؟ | Tatu? | multiline | |
| choices |
| | list_name | name | label::English (en) | label::العربية (ar) | label::Kiswahili (sw) |
{TOWNS}
"""


@pytest.fixture
def app(settings):
    made = create_app(settings)
    put(made, FORM, breakdowns=())
    yield made
    EPOCHS.stir()  # while its database is still there
    made.extensions["engine"].dispose()


@pytest.fixture
def epochs(monkeypatch):
    """The epochs that answers were written in; their keys open the rows again."""
    seen, writing = [], EpochKeys.writing

    @contextmanager
    def noted(self, *given):
        with writing(self, *given) as epoch:
            seen.append(epoch)
            yield epoch

    monkeypatch.setattr(EpochKeys, "writing", noted)
    return seen


def kept(app, epochs):
    """The one response, opened from its row in the database."""
    with app.extensions["sessions"]() as session:
        row, consultation = session.scalars(select(SealedResponse)).one(), session.scalars(select(Consultation)).one()
        hot, cold = open_answer(epochs[0].cipher, epochs[0].place, row.id, row.hot, row.cold)
        return packing.unpack(layout_of(consultation.questionnaire), hot, cold).answers


@pytest.mark.parametrize("character", ["ж", "语"])
def test_three_texts_of_the_greatest_length_reach_the_store(app, epochs, character):
    texts = [f"{number}{character * (MAX_CHARACTERS - 1)}" for number in range(3)]
    phone = Phone(app)
    phone.press("begin")
    phone.press("next", **{"town:typed": "town of 7"}, first=texts[0])
    phone.press("next", **{"town:typed": "Town of 007"}, first=texts[0])
    phone.press("next", second=texts[1])
    phone.press("next", third=texts[2])
    phone.press("send")
    found = kept(app, epochs)
    assert [found[name] for name in ("first", "second", "third")] == texts
    assert found["town"] == "t7"


def test_a_text_that_is_too_long_is_kept_for_its_writer_to_shorten(app):
    phone = Phone(app)
    phone.press("begin")
    text = "语" * (MAX_CHARACTERS + 1)
    assert phone.press("next", **{"town:typed": "t1"}, first=text).status_code == 422
    assert "20,000" in phone.text
    assert phone.page.get_element_by_id(element_id("first")).text.strip() == text


def test_a_choice_is_written_in_any_language_of_the_form(app):
    phone = Phone(app, "/c/rights/ar/")
    phone.press("begin")
    assert phone.press("next", **{"town:typed": "mji wa 012"}).status_code == 200
    phone.press("back")
    field = phone.page.get_element_by_id(element_id("town"))
    assert field.get("value") == "مدينة 012"
    assert phone.page.get_element_by_id(field.get("list")).xpath("option")[12].get("value") == "مدينة 012"


def test_what_is_not_clear_comes_back_with_what_it_may_mean(app, epochs):
    phone = Phone(app)
    phone.press("begin")
    assert phone.press("next", **{"town:typed": "012 town"}).status_code == 422
    offered = phone.page.xpath("//*[@class='close']//input/@value")
    assert offered[0] == "t12"
    assert offered[-1] == ""
    assert phone.press("next", **{"town:typed": "012 town"}, town="t12").status_code == 200


def test_none_of_these_leaves_the_field_to_be_written_anew(app):
    phone = Phone(app)
    phone.press("begin")
    phone.press("next", **{"town:typed": "012 town"})
    assert phone.press("next", **{"town:typed": "012 town"}, town="").status_code == 422
    assert phone.press("next", **{"town:typed": "Town of 012"}, town="").status_code == 200


def test_of_a_long_list_any_number_can_be_ticked(app, epochs):
    phone = Phone(app)
    phone.press("begin")
    phone.press("next", others=["t3", "t149"], **{"town:typed": "t5"})
    phone.press("back")
    opened = [" ".join(part.text_content().split()) for part in phone.page.xpath("//details[@open]/summary")]
    assert opened == ["Town of 000 – Town of 014 (1)", "Town of 135 – Town of 149 (1)"]
    for _ in range(3):
        phone.press("next")
    phone.press("send")
    assert (stored(app), kept(app, epochs)) == (1, {"town": "t5", "others": "t3 t149"})
