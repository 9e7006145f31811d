"""Words of a file and the choices they mean."""

from __future__ import annotations

import pytest

from forms.incoming.words import Words, is_tick
from forms.questionnaire import Choice, Text


def words(**labels: str) -> Words:
    return Words([Choice(name, Text({"en": label})) for name, label in labels.items()])


@pytest.mark.parametrize(
    ("text", "name"),
    [("care", "care"), ("CARE", "care"), ("Health  care", "care"), ("health-care", "care"), ("Nothing", None)],
)
def test_a_choice_is_known_by_its_name_and_its_label(text, name):
    assert words(care="Health care", money="Money").meant(text) == name


def test_a_choice_is_known_in_every_language(form):
    assert Words(form.choices["needs"]).meant("soins") == "care"


def test_signs_count_before_they_are_left_out():
    ages = words(a="< 18", b="> 18")
    assert (ages.meant("< 18"), ages.meant("> 18"), ages.meant("18")) == ("a", "b", None)


def test_a_number_is_a_name_or_a_label_as_the_column_has_it():
    scale = words(**{"1": "5", "5": "1"})
    assert (scale.meant("5"), scale.meant("5", names_first=False)) == ("5", "1")


@pytest.mark.parametrize(("text", "name"), [("Y", "a"), ("N", "b"), ("1", "a"), ("-oth-", "c"), ("Autre", "c")])
def test_codes_of_limesurvey_mean_yes_no_and_other(text, name):
    assert words(a="Oui", b="Non", c="Other").meant(text) == name


def test_a_yes_is_nobody_s_where_two_choices_are_one():
    assert words(a="Yes", b="True").meant("Y") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("care money", ("care", "money")),
        ("Health care, Money", ("care", "money")),
        ("Money;Law, order and peace", ("money", "law")),
        ("Money\nMoney", ("money",)),
        ("Health care", ("care",)),
        ("Health care, Other things", None),
        ("Moneybags", None),
        ("", ()),
    ],
)
def test_a_cell_may_list_several(text, names):
    assert words(care="Health care", money="Money", law="Law, order and peace").several(text) == names


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("1", True),
        ("Yes", True),
        ("0", False),
        ("", False),
        ("Not selected", False),
        ("Care!", True),
        ("perhaps", None),
    ],
)
def test_a_tick_is_a_yes_or_the_option_itself(text, ticked):
    assert is_tick(text, ("care", "Health care")) is ticked
