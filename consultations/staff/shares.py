"""The trustees' private key as words on three cards, of which any two bring it back (SLIP-0039)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from consultations.errors import N_, Problem

CARDS, NEEDED = 3, 2
#: How the two cards that are typed are called.
LETTERS = ("A", "B")
#: 256 bits of secret, 70 bits that say to which set a card belongs and which one it is, a check sum of three words.
WORDS_ON_A_CARD = 33
#: No two words of the list begin with the same four letters, so four are enough to name one.
_ENOUGH_LETTERS = 4
_WORDS = {word[:_ENOUGH_LETTERS]: word for word in WORDLIST}


class CardsNeeded(Problem):
    status = 422
    message = N_("Two different cards are needed. Type the words of a second card.")


class WordCount(Problem):
    status = 422
    message = N_(
        "Card %(card)s has %(expected)s words, and %(found)s were typed. Compare with the numbers on the card."
    )


class WordUnknown(Problem):
    status = 422
    message = N_("Card %(card)s, word %(position)s: “%(word)s” is on no card. Compare it letter by letter.")


class CardMistyped(Problem):
    status = 422
    message = N_(
        "Card %(card)s: every word is a word of the list, but together they do not fit. One of them stands in the"
        " wrong place, or is not the one on the card."
    )


class CardsOfTwoSets(Problem):
    status = 422
    message = N_("These two cards do not belong together: one of them is from an earlier ceremony.")


def split(private_key: bytes) -> tuple[str, ...]:
    """Three cards of 33 words; one alone says nothing at all of the 32 bytes, any two give them back.

    No passphrase, and the smallest iteration exponent: both are there to stretch a weak secret, and this one is random
    (SLIP-0039, "Encryption of the master secret"). `extendable` is the present form of the standard.
    """
    (cards,) = generate_mnemonics(1, [(NEEDED, CARDS)], private_key, extendable=True, iteration_exponent=0)
    return tuple(cards)


def combined(cards: Sequence[str]) -> bytes:
    """The private key from two cards, however they were typed: numbers, capitals, line breaks make no difference.

    Raises CardsNeeded, WordCount, WordUnknown and CardMistyped, which name the card as A or B, as the form does (the
    numbers printed on cards are others), and the word by its number, and CardsOfTwoSets.
    """
    tidy = [_tidied(letter, typed) for letter, typed in zip(LETTERS, cards, strict=True)]
    shares = [_share(letter, words) for letter, words in zip(LETTERS, tidy, strict=True)]
    if len({share.identifier for share in shares}) > 1:
        raise CardsOfTwoSets
    if len({share.index for share in shares}) != NEEDED:
        raise CardsNeeded
    try:
        private_key: bytes = combine_mnemonics(tidy)  # 32 bytes: a card with another number of words was refused above
    except MnemonicError:
        raise CardsOfTwoSets from None  # two sets in 32,768 have the same number; a check sum in the secret tells them
    return private_key


def card_number(card: str) -> int:
    """Which of the three a card is, 1 to 3. Raises WordCount, WordUnknown, CardMistyped."""
    return int(_share("", _tidied("", card)).index) + 1


def _tidied(card: str, typed: str) -> str:
    words = re.findall(r"[^\W\d_]+", typed.casefold())
    for position, word in enumerate(words, 1):
        if _in_full(word) is None:
            raise WordUnknown(card=card, position=position, word=word)
    if len(words) != WORDS_ON_A_CARD:
        raise WordCount(card=card, expected=WORDS_ON_A_CARD, found=len(words))
    return " ".join(_in_full(word) or "" for word in words)


def _in_full(word: str) -> str | None:
    found = _WORDS.get(word[:_ENOUGH_LETTERS])
    return found if found in (word, None) or len(word) == _ENOUGH_LETTERS else None


def _share(card: str, words: str) -> Share:
    try:
        return Share.from_mnemonic(words)
    except MnemonicError:
        raise CardMistyped(card=card) from None
