"""Constant pieces and what goes between them are one whole gzip stream, whatever goes between them."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.pages.pieces import Pieces, Told, new_mark, takes_gzip


@given(st.binary(max_size=200), st.binary(max_size=200_000))
def test_the_pieces_are_a_whole_gzip_stream(about, state):
    kept = Pieces.between(f"<p>{about.hex()}</p>STATE<p>{about.hex()}", "STATE")
    assert gzip.decompress(kept.gzipped(state)) == kept.plain(state)
    assert kept.plain(state) == f"<p>{about.hex()}</p>".encode() + state + f"<p>{about.hex()}".encode()


@given(st.binary(max_size=2000), st.binary(max_size=2000), st.integers(0, 100))
def test_words_between_the_pieces_are_compressed(state, words, times):
    kept = Pieces.between("<p>ONE</p>TWO", "ONE", "TWO")
    packed, stored = kept.gzipped(state, Told(words * times)), kept.gzipped(state, words * times)
    assert gzip.decompress(packed) == gzip.decompress(stored) == b"<p>" + state + b"</p>" + words * times
    assert times < 10 or len(words) < 40 or len(packed) < len(stored)


def test_nothing_at_all_between_the_pieces_is_a_page_too():
    kept = Pieces.between("ONETWO", "ONE", "TWO")
    assert gzip.decompress(kept.gzipped(b"", Told(b""))) == b""


def test_a_mark_that_is_not_in_the_page_is_a_fault():
    with pytest.raises(ValueError, match="mark"):
        Pieces.between("ONE", "ONE", "ONE")
    assert new_mark() != new_mark()


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [("gzip, deflate, br", True), ("br", False), ("", False), ("gzip;q=0", False), ("br, gzip; q=0.0", False)],
)
def test_gzip_goes_to_those_who_take_it(accepted, takes):
    assert takes_gzip(accepted) is takes
