"""Who speaks is said no further than consent goes."""

from __future__ import annotations

import pytest

from consultations.papers.attribution import attribution_of
from consultations.papers.sources import Speaker


@pytest.mark.parametrize(
    ("speaker", "said"),
    [
        (Speaker(role="respondent", region="latin-america"), "Respondent, Latin America"),
        (Speaker(role="respondent"), "Respondent"),
        (Speaker(role="outreach_worker", country_code="KE", region="africa"), "Outreach worker, Kenya"),
        (Speaker(role="outreach_worker", region="africa"), "Outreach worker, Africa"),
        (Speaker(region="africa"), "Africa"),
        (Speaker(), "Name and place withheld"),
    ],
)
def test_role_and_place_are_named_as_far_as_they_may_be(speaker, said):
    assert attribution_of(speaker, "en") == said


def test_it_speaks_the_paper_s_language():
    assert "Kenia" in attribution_of(Speaker(role="outreach_worker", country_code="KE"), "es")
