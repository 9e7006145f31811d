"""Five steps lead from closing to released tables, and the page knows which comes next."""

import datetime

import pytest

from consultations.pages.way import NAMES, Facts, way

DAYS = [datetime.date(2026, 12, day) for day in range(1, 5)]
UNLOCKED = {"status": "unlocked", "closed_on": DAYS[0], "unlocked_on": DAYS[1]}


@pytest.mark.parametrize(
    ("facts", "current", "done", "can_be_seen"),
    [
        (Facts("draft"), None, [], []),
        (Facts("open"), "close", [], ["close"]),
        (Facts("closed", DAYS[0]), "unlock", ["close"], ["unlock"]),
        (Facts(**UNLOCKED), "see", ["close", "unlock"], ["see", "try"]),
        (Facts(**UNLOCKED, tried_on=DAYS[2], passed=False), "try", ["close", "unlock", "see"], ["see", "try"]),
        (
            Facts(**UNLOCKED, tried_on=DAYS[2], passed=True),
            "release",
            ["close", "unlock", "see", "try"],
            ["see", "try", "release"],
        ),
        (Facts(**UNLOCKED, tried_on=DAYS[2], passed=True, released_on=DAYS[3]), None, list(NAMES), []),
        (Facts(**UNLOCKED, released_on=DAYS[3], goes_on=True), "see", ["close", "unlock"], ["see", "try"]),
    ],
)
def test_the_next_step_follows_from_what_is_done(facts, current, done, can_be_seen):
    found = way(facts)
    assert (found.current, list(found.done), list(found.open)) == (current, done, can_be_seen)


def test_a_step_that_is_done_has_its_day_where_it_is_known():
    done = way(Facts(**UNLOCKED, tried_on=DAYS[2], passed=True, released_on=DAYS[3])).done
    assert done == {"close": DAYS[0], "unlock": DAYS[1], "see": None, "try": DAYS[2], "release": DAYS[3]}
