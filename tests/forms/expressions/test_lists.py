"""What is looked up in lists of choices, and the orders that a seed gives."""

import math
from datetime import UTC, datetime

import pytest

from forms.expressions.evaluate import Context, compile_expression
from forms.expressions.lists import chances, shuffled

TOWNS = (
    {"name": "lagos", "label": "Lagos", "region": "africa"},
    {"name": "lima", "label": "Lima", "region": "latin"},
    {"name": "accra", "label": "Accra", "region": "africa"},
)
CONTEXT = Context(
    lists={"towns": TOWNS}, random=iter([0.1, 0.2, 0.9]).__next__, now=datetime(2024, 1, 1, tzinfo=UTC), current="lima"
)


def run(text):
    return compile_expression(text)(CONTEXT)


@pytest.mark.parametrize(
    ("seed", "order"),
    [
        (1.0, "6540278319"),
        (42.0, "0591846372"),
        (-7.0, "0524791638"),
        (0.0, "9180536472"),
        (2147483647.0, "9180536472"),
        (3.9, "8345102697"),
        (-3.9, "5091463278"),
        (1234567890123.0, "7316029854"),
        (math.inf, "6540278319"),
        (-math.inf, "0952346781"),
        (math.nan, "9180536472"),
        ("abc", "0819563427"),
        ("", "9180536472"),
        ("12", "2896105473"),
        ("2024-01-01", "1725348069"),
        (True, "6540278319"),
    ],
)
def test_a_seed_gives_the_order_of_odk(seed, order):
    assert "".join(shuffled("0123456789", chances(seed))) == order


def test_without_a_seed_the_order_is_by_chance():
    assert run("join(' ', randomize(instance('towns')/root/item/label))") == "Lima Lagos Accra"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("pulldata('towns', 'label', 'name', 'lima')", "Lima"),
        ("pulldata('towns.csv', 'label', 'region', 'africa')", "Lagos"),
        ("pulldata('towns', 'label', 'name', .)", "Lima"),
        ("pulldata('towns', 'label', 'name', 'oslo')", ""),
        ("pulldata('towns', 'size', 'name', 'lima')", ""),
        ("pulldata('rivers', 'label', 'name', 'lima')", ""),
        ("join(' ', randomize(instance('towns')/root/item/name, 1))", "lima lagos accra"),
        ("count(randomize(instance('rivers')/root/item/name, 1))", 0.0),
    ],
)
def test_lists_are_looked_up_and_put_in_order(text, value):
    assert run(text) == value
