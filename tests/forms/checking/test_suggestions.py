"""A guess at what an author meant, and not endlessly many of them."""

from forms.checking.suggestions import GUESSES, Guesses


def test_the_nearest_word_is_the_guess():
    assert Guesses().nearest("yes_n0", ("colours", "Yes_No", "villages")) == "Yes_No"


def test_what_is_like_nothing_has_no_guess():
    assert Guesses().nearest("abc", ("xyz",)) == ""
    assert Guesses().nearest("a" * 61, ("a" * 60,)) == ""
    assert Guesses().nearest("aa", ("a" * 61,)) == ""


def test_guessing_ends():
    guesses = Guesses()
    found = [guesses.nearest("colour", ("colours",)) for _ in range(GUESSES + 1)]
    assert found == ["colours"] * GUESSES + [""]
