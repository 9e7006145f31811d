"""Where *Leave now* leads."""

from __future__ import annotations

import pytest

from consultations.rounds.leaving import DEFAULT_SITES, SiteUnfit, checked_sites, is_site, neutral_site
from translations.languages import INTERFACE_LANGUAGES


def test_every_language_of_the_interface_has_a_site_that_passes_its_own_check():
    assert set(DEFAULT_SITES) == set(INTERFACE_LANGUAGES)
    assert [site for site in DEFAULT_SITES.values() if not is_site(site)] == []


def test_what_staff_chose_goes_first_then_what_the_language_has():
    chosen = {"fr": "https://meteo.example/", "zh-Hans": "https://tianqi.example/"}
    assert neutral_site(chosen, "fr") == "https://meteo.example/"
    assert neutral_site(chosen, "fr-CA") == "https://meteo.example/"
    assert neutral_site(chosen, "zh-Hans") == "https://tianqi.example/"
    assert neutral_site(chosen, "zh-Hant") == DEFAULT_SITES["zh"]
    assert neutral_site(chosen, "sw") == "https://www.google.com/"


def test_one_site_for_a_form_without_languages_serves_all():
    assert neutral_site({"und": "https://weather.example/"}, "ru") == "https://weather.example/"


def test_empty_fields_mean_the_default():
    assert checked_sites({"en": "  ", "fr": " https://meteo.example/paris "}) == {"fr": "https://meteo.example/paris"}


@pytest.mark.parametrize(
    "address",
    [
        "http://weather.example/",
        "javascript:alert(1)",
        "//weather.example/",
        "weather.example",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[",
        "https://me@weather.example/",
        "https://weather.example:8443/",
        "https://weather.example/\r\nSet-Cookie: a=b",
        "https://weather.example/two words",
        "https://пример.example/",
        "https://weather.example/" + "a" * 200,
    ],
)
def test_a_site_that_could_harm_or_fail_is_refused(address):
    with pytest.raises(SiteUnfit):
        checked_sites({"en": address})
