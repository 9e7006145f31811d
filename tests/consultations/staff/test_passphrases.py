"""Six words and a recovery key can be written down, typed and not guessed."""

import math

from consultations.staff.passphrases import (
    LETTERS,
    WORDS_IN_PASSPHRASE,
    as_typed,
    new_passphrase,
    new_recovery_key,
    recovery_letters,
    words,
)


def test_the_stated_entropy_is_that_of_the_list():
    assert len(set(words())) == len(words()) == 1913
    assert round(WORDS_IN_PASSPHRASE * math.log2(len(words())), 1) == 65.4


def test_words_are_plain_and_told_apart_by_four_letters():
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 8 for word in words())
    assert len({word[:4] for word in words()}) == len(words())


def test_a_passphrase_is_six_words_of_the_list():
    drawn = new_passphrase().split()
    assert len(drawn) == 6
    assert set(drawn) <= set(words())


def test_passphrases_do_not_repeat():
    assert len({new_passphrase() for _ in range(200)}) == 200


def test_a_passphrase_may_be_typed_untidily():
    assert as_typed("  Apple BREAD\tcoffee-delay\n eager_fabric. ") == "apple bread coffee delay eager fabric"


def test_a_passphrase_as_generated_is_as_typed():
    passphrase = new_passphrase()
    assert as_typed(passphrase) == passphrase


def test_nothing_typed_is_an_empty_passphrase():
    assert as_typed(" - ") == ""


def test_a_recovery_key_is_eight_groups_of_four():
    groups = new_recovery_key().split("-")
    assert [len(group) for group in groups] == [4] * 8
    assert set("".join(groups)) <= set(LETTERS)


def test_a_misread_recovery_key_is_read_right():
    assert recovery_letters("oIl1-0abc") == b"01110ABC"
