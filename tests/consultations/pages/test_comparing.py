"""What changed since an earlier consultation: only what both show, and only what the reader may see."""

from __future__ import annotations

import pytest

from tests.consultations.pages.two_rounds import cells

PAGE = "consultations/autumn/compare"
SAFE = f"{PAGE}?with=spring&question=safe.by.region"


def test_the_newest_earlier_consultation_is_compared_and_its_questions_are_listed(desk_of):
    page = desk_of("ana").open(PAGE)
    assert page.xpath("//option[@selected]/@value") == ["spring"]
    assert [" ".join(line.text_content().split()) for line in page.xpath("//main/ul/li")] == [
        "About <safe> – 4 clear changes"
    ]


def test_changes_by_region_stand_in_points_with_what_they_may_be(desk_of):
    # 40 to 60 of 100: reckoned in the tests of analysis.comparing. 30 to 62 and 50 to 51 likewise.
    assert cells(desk_of("ana").open(SAFE)) == [
        ["Answer", "Everybody", "Africa", "Europe"],
        ["Yes", "+20 (+5 to +33)", "+32 (+18 to +45)", "no clear change (-13 to +15)"],
        ["No", "-20 (-33 to -5)", "-32 (-45 to -18)", "no clear change (-15 to +13)"],
        ["People who answered, June 2025", "100", "100", "100"],
        ["People who answered, June 2026", "100", "100", "100"],
    ]


def test_every_group_has_a_picture_of_then_and_now(desk_of):
    page = desk_of("ana").open(SAFE)
    assert [each.text for each in page.xpath("//h3")] == ["Everybody", "Africa", "Europe"]
    assert len(page.xpath("//figure/*[local-name()='svg']")) == 3


def test_a_coordinator_sees_the_changes_of_their_region_and_of_all(desk_of):
    page = desk_of("cleo").open(SAFE)
    assert cells(page)[0] == ["Answer", "Everybody", "Africa"]
    assert "Europe" not in page.text_content()


def test_the_first_consultation_has_nothing_to_be_compared_with(desk_of):
    assert "There is no earlier consultation" in desk_of("ana").says("consultations/spring/compare")


def test_an_earlier_consultation_that_is_not_reached_is_not_offered_and_not_there(desk_of):
    dora = desk_of("dora")
    assert "There is no earlier consultation" in dora.says(PAGE)
    dora.open(SAFE, 404)


@pytest.mark.parametrize("asked", ["with=winter", "with=autumn", "with=spring&question=region", "question=nothing"])
def test_what_is_not_offered_is_not_there(desk_of, asked):
    desk_of("ana").open(f"{PAGE}?{asked}", 404)


def test_other_roles_do_not_come_in(desk_of):
    desk_of("eva").open(PAGE, 403)
