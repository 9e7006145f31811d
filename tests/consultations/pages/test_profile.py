"""Who answered, beside the registry of members, from released tables alone."""

from __future__ import annotations

from consultations.rounds import consultations
from tests.consultations.pages.two_rounds import cells


def test_regions_stand_beside_their_member_organisations(desk_of):
    page = desk_of("ana").open("consultations/autumn/profile")
    # 20 of 100 answers from Africa, which has 2 of 3 organisations; 80 from Europe, which has one.
    assert cells(page)[1:] == [
        ["Africa", "20", "20%", "2", "2", "67%", "10"],
        ["Europe", "80", "80%", "1", "1", "33%", "80"],
        ["Everybody", "100", "100%", "3", "3", "100%", "33.3"],
    ]


def test_plain_words_say_which_region_is_in_it_by_more_and_by_less(desk_of):
    said = desk_of("ana").says("consultations/autumn/profile")
    assert "More answers than their share of the member organisations came from: Europe." in said
    assert "Fewer answers than their share of the member organisations came from: Africa." in said


def test_languages_stand_in_their_own_names_with_a_picture(desk_of):
    page = desk_of("ana").open("consultations/autumn/profile")
    assert cells(page, 2)[1:] == [
        ["English", "70", "70%"],
        ["Français", "30", "30%"],
        ["People who answered", "100", ""],
    ]
    assert len(page.xpath("//figure/*[local-name()='svg']")) == 2


def test_a_coordinator_sees_their_own_region_and_all_together(desk_of):
    page = desk_of("cleo").open("consultations/autumn/profile")
    assert [line[0] for line in cells(page)[1:]] == ["Africa", "Everybody"]
    assert [line[0] for line in cells(page, 1)[1:]] == ["Africa", "People who answered"]
    assert "Europe" not in page.text_content()


def test_before_a_release_that_tells_of_people_it_says_why_nothing_is_there(desk_of):
    assert "Nothing is released yet that tells who answered." in desk_of("ana").says("consultations/spring/profile")


def test_codes_that_were_used_have_a_page_of_their_own_for_key_holders(two_rounds, desk_of):
    link = "//a[contains(@href, '/coverage')]"
    assert not desk_of("ana").open("consultations/autumn/profile").xpath(link)
    with two_rounds.extensions["sessions"].begin() as session:
        consultations.by_slug(session, "autumn").invited = True
    assert desk_of("ana").open("consultations/autumn/profile").xpath(link)
    assert not desk_of("cleo").open("consultations/autumn/profile").xpath(link)


def test_what_is_not_reached_is_not_there_and_other_roles_do_not_come_in(desk_of):
    desk_of("dora").open("consultations/spring/profile", 404)
    desk_of("eva").open("consultations/autumn/profile", 403)


def test_the_results_lead_to_who_answered_what_changed_and_indicators(desk_of):
    found = desk_of("ana").open("consultations/autumn/results").xpath("//nav//a/@href")
    assert {
        "/staff/consultations/autumn/profile",
        "/staff/consultations/autumn/compare",
        "/staff/indicators/",
    } <= set(found)
