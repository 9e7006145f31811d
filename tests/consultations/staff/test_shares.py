"""Any two of the trustees' three cards bring their key back; one alone never does, and a mistake is named."""

import itertools
import secrets
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import Share

from consultations.staff.shares import (
    WORDS_ON_A_CARD,
    CardMistyped,
    CardsNeeded,
    CardsOfTwoSets,
    WordCount,
    WordUnknown,
    card_number,
    combined,
    split,
)

KEYS = st.binary(min_size=32, max_size=32)


@settings(max_examples=20, deadline=None)
@given(KEYS)
def test_any_two_cards_in_any_order_bring_the_key_back(key):
    for pair in itertools.permutations(split(key), 2):
        assert combined(pair) == key


@settings(max_examples=10, deadline=None)
@given(KEYS)
def test_one_card_never_does(key):
    for card in split(key):
        with pytest.raises(CardsNeeded):
            combined((card, card))


@settings(max_examples=10, deadline=None)
@given(KEYS, KEYS)
def test_cards_of_two_ceremonies_are_refused_also_where_the_key_is_the_same(key, other):
    for first, second in ((key, other), (key, key)):
        with pytest.raises(CardsOfTwoSets):
            combined((split(first)[0], split(second)[1]))


def test_a_card_alone_says_nothing_of_the_key():
    """Whatever the key, a card's share is random: the same key never gives the same card twice."""
    key = bytes(32)
    assert len({split(key)[0] for _ in range(20)}) == 20


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([" ", "\n", "\r\n", "\t", ", ", " - "]), st.booleans(), st.booleans(), st.booleans())
def test_numbers_capitals_line_breaks_and_four_letters_make_no_difference(between, numbered, capitals, short):
    key = secrets.token_bytes(32)
    first, second, _ = split(key)
    words = [word[:4] if short else word for word in first.split(" ")]
    typed = between.join(f"{at}. {word}" if numbered else word for at, word in enumerate(words, 1))
    assert combined((typed.upper() if capitals else typed, second)) == key


def test_a_word_that_is_on_no_card_is_named_by_its_card_and_its_number():
    first, second, _ = split(bytes(32))
    words = second.split(" ")
    words[6] = "acadamix"
    with pytest.raises(WordUnknown) as told:
        combined((first, " ".join(words)))
    assert told.value.values == {"card": "B", "position": 7, "word": "acadamix"}


def test_a_card_with_a_word_too_few_is_named():
    first, second, _ = split(bytes(32))
    with pytest.raises(WordCount) as told:
        combined((first.rpartition(" ")[0], second))
    assert told.value.values == {"card": "A", "expected": WORDS_ON_A_CARD, "found": WORDS_ON_A_CARD - 1}


def test_two_words_that_changed_places_are_noticed():
    first, second, _ = split(bytes(range(32)))
    words = first.split(" ")
    at = next(n for n in range(5, 32) if words[n] != words[n + 1])
    words[at], words[at + 1] = words[at + 1], words[at]
    with pytest.raises(CardMistyped) as told:
        combined((" ".join(words), second))
    assert told.value.values == {"card": "A"}


def test_cards_of_two_sets_that_chance_gave_the_same_number_are_told_apart():
    mine, theirs = (Share.from_mnemonic(split(secrets.token_bytes(32))[at]) for at in (0, 1))
    taken_for_mine = replace(theirs, identifier=mine.identifier)
    with pytest.raises(CardsOfTwoSets):
        combined((mine.mnemonic(), taken_for_mine.mnemonic()))


def test_cards_know_their_number():
    assert [card_number(card) for card in split(bytes(32))] == [1, 2, 3]
