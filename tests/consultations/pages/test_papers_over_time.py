"""A paper's editor offers who answered and what changed, and shows both in every language."""

from __future__ import annotations

import pytest

from consultations.analysis.models import Release
from consultations.rounds import consultations

COMPARISON = "spring/safe.by.region"


@pytest.fixture
def ana(desk_of):
    desk = desk_of("ana")
    assert desk.post("consultations/autumn/papers").status_code == 303
    return desk


def add(desk, **block):
    return desk.post("papers/1/add?at=0", **block)


def test_both_can_be_put_into_a_paper_and_are_read_in_it(ana):
    page = ana.open("papers/1/add")
    assert {"profile", "comparison"} <= set(page.xpath("//input[@name='kind']/@value"))
    assert page.xpath("//select[@name='comparison']/option/@value") == [COMPARISON]
    assert add(ana, kind="comparison", comparison=COMPARISON).status_code == 303
    assert add(ana, kind="profile").status_code == 303
    said = ana.says("papers/1/preview/en")
    assert "change since “Our rights 2025” (June 2025), in percentage points" in said
    assert "Answers and member organisations by region" in said
    assert "Pays ayant des membres" in ana.says("papers/1/preview/fr")


def test_the_editor_names_what_is_compared(ana):
    add(ana, kind="comparison", comparison=COMPARISON)
    assert "– since Our rights 2025, June 2025" in ana.says("papers/1")


def test_a_comparison_that_is_not_offered_is_refused(ana):
    assert add(ana, kind="comparison", comparison="winter/safe.by.region").status_code == 422
    assert add(ana, kind="comparison").status_code == 422


def test_when_the_earlier_release_is_gone_the_paper_says_to_take_the_block_out(two_rounds, ana):
    add(ana, kind="comparison", comparison=COMPARISON)
    with two_rounds.extensions["sessions"].begin() as session:
        session.delete(session.get_one(Release, (consultations.by_slug(session, "spring").id, 1)))
    assert "may no longer be shown" in ana.says("papers/1")
    ana.open("papers/1/preview/en", 409)


def test_before_a_release_neither_is_offered(two_rounds, ana):
    with two_rounds.extensions["sessions"].begin() as session:
        session.query(Release).delete()
    page = ana.open("papers/1/add")
    assert "profile" not in page.xpath("//input[@name='kind']/@value")
    assert not page.xpath("//select[@name='comparison']")
