"""Expected failures carry a status and words for their reader."""

from __future__ import annotations

import pytest

from consultations.errors import N_, NotAllowed, NotFound, Problem


@pytest.mark.parametrize(("kind", "status"), [(Problem, 400), (NotFound, 404), (NotAllowed, 403)])
def test_each_kind_of_failure_has_a_status_that_fits(kind, status):
    assert kind().status == status


def test_the_values_of_a_message_are_kept_beside_it():
    class TooMany(Problem):
        message = N_("At most %(number)s.")

    problem = TooMany(number=3)
    assert problem.message % problem.values == "At most 3."
    assert str(problem) == "At most %(number)s."
