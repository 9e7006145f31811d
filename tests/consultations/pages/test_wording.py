"""Authors' texts are shown in the reader's language, or in the nearest with what says so."""

from __future__ import annotations

import pytest

from consultations.pages import wording
from translations.phrases import UNNAMED, foreign

BOTH, ENGLISH = {"en": "Are you safe?", "ar": "هل أنت بأمان؟"}, {"en": "Are you safe?", "fr": ""}


@pytest.fixture(autouse=True)
def _arabic(monkeypatch) -> None:
    monkeypatch.setattr(wording, "get_locale", lambda: "ar")


def test_the_reader_s_own_language_needs_no_more() -> None:
    assert wording.text(BOTH) == "<bdi>هل أنت بأمان؟</bdi>"
    assert wording.plain(wording.told(BOTH)) == "هل أنت بأمان؟"


def test_another_one_is_said_in_the_element_or_by_signs() -> None:
    assert wording.text(ENGLISH) == '<bdi lang="en" dir="ltr">Are you safe?</bdi>'
    assert wording.plain(wording.told(ENGLISH)) == "\u2066Are you safe?\u2069"


def test_without_any_text_the_name_stands_there_in_no_language() -> None:
    assert wording.text({}, "safe") == '<bdi lang="" dir="auto">safe</bdi>'
    assert wording.text({}) == ""
    assert wording.told({}, "<5").parts[0].language == "zxx"


def test_a_text_that_knows_its_language_already_keeps_it() -> None:
    assert wording.text({"ar": foreign("Our rights", "en", "ar")}) == '<bdi lang="en" dir="ltr">Our rights</bdi>'


def test_an_option_runs_as_its_words_do() -> None:
    assert wording.option("safe", wording.told(ENGLISH)).render_kw == {"lang": "en", "dir": "ltr"}
    assert wording.option("safe", wording.told(BOTH)).render_kw is None
    assert wording.option("safe", foreign("safe", UNNAMED, "ar")).label == "\u2068safe\u2069"


def test_an_option_that_goes_on_in_the_page_s_language_begins_where_the_author_s_text_does() -> None:
    assert wording.line(ENGLISH, " (يونيو)") == (' lang="en" dir="ltr"', "Are you safe?\u2067 (يونيو)\u2069")
    assert wording.line(BOTH, " (يونيو)") == ("", "هل أنت بأمان؟ (يونيو)")
