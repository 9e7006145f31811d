"""Constant pieces and what goes between them are one whole stream, whatever goes between them."""

from __future__ import annotations

import gzip

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.pages.pieces import Pieces, Told, new_mark


@given(st.binary(max_size=200), st.binary(max_size=200_000))
def test_the_pieces_are_a_whole_gzip_stream(about, state):
    kept = Pieces.between(f"<p>{about.hex()}</p>STATE<p>{about.hex()}", "STATE")
    encoding, packed = kept.encoded("gzip", state)
    assert (encoding, gzip.decompress(packed)) == ("gzip", kept.plain(state))
    assert kept.plain(state) == f"<p>{about.hex()}</p>".encode() + state + f"<p>{about.hex()}".encode()


@settings(deadline=None)  # compressing takes as long as it takes
@given(st.text(max_size=5000), st.binary(max_size=200_000), st.text(max_size=100))
def test_the_pieces_of_a_page_with_a_short_end_are_a_whole_brotli_stream(about, state, end):
    kept = Pieces.between(f"<p>{about}</p>MARK{end}", "MARK")
    encoding, packed = kept.encoded("gzip, deflate, br", state)
    assert (encoding, brotli.decompress(packed)) == ("br", kept.plain(state))


def test_what_is_somebodys_own_comes_last_in_brotli_or_the_page_is_gzip():
    page = "<p>" + "words and words " * 100 + "</p>"
    assert Pieces.between(f"{page}MARK</form>", "MARK").encoded("gzip, br", b"mine")[0] == "br"
    assert Pieces.between(f"MARK{page}", "MARK").encoded("gzip, br", b"mine")[0] == "gzip"
    assert Pieces.between(f"{page}ONETWO", "ONE", "TWO").encoded("gzip, br", b"mine", b"too")[0] == "gzip"


@given(st.binary(max_size=2000), st.binary(max_size=2000), st.integers(0, 100))
def test_words_between_the_pieces_are_compressed(state, words, times):
    kept = Pieces.between("<p>ONE</p>TWO", "ONE", "TWO")
    packed = kept.encoded("gzip", state, Told(words * times))[1]
    stored = kept.encoded("gzip", state, words * times)[1]
    assert gzip.decompress(packed) == gzip.decompress(stored) == b"<p>" + state + b"</p>" + words * times
    assert times < 10 or len(words) < 40 or len(packed) < len(stored)


def test_nothing_at_all_between_the_pieces_is_a_page_too():
    kept = Pieces.between("ONETWO", "ONE", "TWO")
    assert gzip.decompress(kept.encoded("gzip", b"", Told(b""))[1]) == b""


def test_a_mark_that_is_not_in_the_page_is_a_fault():
    with pytest.raises(ValueError, match="mark"):
        Pieces.between("ONE", "ONE", "ONE")
    assert new_mark() != new_mark()


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("gzip, deflate, br", "br"),
        ("br", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0, gzip; q=0", ""),
        ("gzip;q=0", ""),
        ("deflate", ""),
        ("", ""),
    ],
)
def test_a_browser_gets_what_it_takes(accepted, sent):
    encoding, packed = Pieces.between("<p>MARK</p>", "MARK").encoded(accepted, b"mine")
    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding](packed)
    assert (encoding, unpacked) == (sent, b"<p>mine</p>")
