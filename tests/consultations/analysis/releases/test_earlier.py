"""Which consultations came before, and what of their newest release is looked at."""

from __future__ import annotations

import datetime

import pytest

from consultations.analysis.models import Release
from consultations.analysis.releases.earlier import compared_with, earlier_than, released, tables_of
from consultations.analysis.tables import EVERYBODY, ONE, to_json
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import store
from consultations.staff.models import Keyring
from tests.consultations.analysis.made_up_tables import AFRICA, row, table

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TABLE = table(row(EVERYBODY), row(ONE, AFRICA))


@pytest.fixture
def asked(session, form):
    def make(slug, opened_on, *releases):
        keyring = Keyring(public_key=b"")
        session.add(keyring)
        session.flush()
        made = Consultation(
            slug=slug,
            status="unlocked" if opened_on else "draft",
            questionnaire=store(session, form),
            keyring_id=keyring.id,
            **{text: {"en": slug} for text in ("title", "asked_by", "purpose")},
            languages=["en"],
            opened_on=opened_on,
            closed_on=opened_on,
        )
        session.add(made)
        session.flush()
        for number, tables in enumerate(releases, 1):
            day = datetime.date(2026, 11, number)
            session.add(Release(consultation_id=made.id, number=number, released_on=day, tables=to_json(tables)))
        session.flush()
        return made

    return make


def day(year):
    return datetime.date(year, 5, 1)


def test_earlier_are_those_that_opened_before_and_released_tables_newest_first(session, asked):
    now = asked("now", day(2026), (TABLE,))
    old, older = asked("old", day(2025), (TABLE,)), asked("older", day(2024), (TABLE,))
    asked("silent", day(2025))
    asked("later", day(2027), (TABLE,))
    assert earlier_than(session, now) == [old, older]
    assert released(session, [now, old]) == [now, old]


def test_of_two_that_opened_on_one_day_the_first_made_is_the_earlier(session, asked):
    first, second = asked("first", day(2026), (TABLE,)), asked("second", day(2026), (TABLE,))
    assert (earlier_than(session, second), earlier_than(session, first)) == ([first], [])


def test_a_synthetic_sample_is_never_compared_with_what_real_people_answered(session, asked):
    sample, now = asked("sample", day(2025), (TABLE,)), asked("now", day(2026), (TABLE,))
    sample.synthetic = True
    session.flush()
    assert earlier_than(session, now) == []
    now.synthetic = True
    session.flush()
    assert earlier_than(session, now) == [sample]


def test_a_draft_has_nothing_before_it(session, asked):
    asked("old", day(2025), (TABLE,))
    assert earlier_than(session, asked("draft", None)) == []


def test_the_newest_release_counts_and_only_the_tables_that_are_wanted(session, asked):
    newer = table(row(EVERYBODY, base=1300))
    made = asked("now", day(2026), (TABLE,), (newer,))
    assert tables_of(session, made, lambda stored: True) == (day(2026), (newer,))
    assert tables_of(session, made, lambda stored: stored["question"] == "other") == (day(2026), ())
    assert tables_of(session, asked("silent", day(2025)), lambda stored: True) is None


def test_a_comparison_says_which_two_it_compares(session, asked):
    before, now = asked("old", day(2025), (TABLE,)), asked("now", day(2026), (TABLE,))
    (found,) = compared_with(session, now, before).values()
    assert (found.before.title, found.before.day, found.after.day) == ({"en": "old"}, day(2025), day(2026))
    assert compared_with(session, now, asked("silent", day(2024))) == {}
