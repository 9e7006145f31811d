"""The search of the attacks finds what it looks for, in each form: otherwise finding nothing would mean nothing."""

import base64
import bz2
import gzip
import io
import json
import lzma
import os
import sqlite3
import urllib.parse
import zipfile
import zlib

import brotli
import pytest

from tests.attacks.needles import LETTERS, drawn_word, forms_of, forms_of_number, groups_of_four
from tests.attacks.searching import Search
from tests.attacks.streams import BEGINNING_BYTES, UNMARKED, streams_in

WORDS = {language: drawn_word(language) for language in LETTERS}


def zipped(text):
    folder = io.BytesIO()
    with zipfile.ZipFile(folder, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a name", text)
    return folder.getvalue()


def raw_deflate(data):
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return squeezed.compress(data) + squeezed.flush()


#: What each form does to a sentence with the word in it.
WRITTEN = {
    "UTF-8": lambda text: text.encode(),
    "UTF-16, low byte first": lambda text: text.encode("utf-16-le"),
    "UTF-16, high byte first": lambda text: text.encode("utf-16-be"),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, one further": lambda text: base64.b64encode(b"a" + text.encode()),
    "base64, two further": lambda text: base64.b64encode(b"ab" + text.encode()),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()),
    "base64 for addresses, one further": lambda text: base64.urlsafe_b64encode(b"a" + text.encode()),
    "base64 for addresses, two further": lambda text: base64.urlsafe_b64encode(b"ab" + text.encode()),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le")),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "hexadecimal in capitals": lambda text: text.encode().hex().upper().encode(),
    "JSON": lambda text: json.dumps(text).encode(),
    "percent": lambda text: urllib.parse.quote(text).encode(),
    "a form": lambda text: urllib.parse.urlencode({"a": text}).encode(),
    "bytes as Python writes them": lambda text: repr(text.encode()).encode(),
    "zlib": lambda text: zlib.compress(text.encode()),
    "zlib with a small window": lambda text: small_window(text),
    "gzip": lambda text: gzip.compress(text.encode()),
    "brotli": lambda text: brotli.compress(text.encode()),
    "raw deflate": lambda text: raw_deflate(text.encode()),
    "zip": zipped,
    "bzip2": lambda text: bz2.compress(text.encode()),
    "xz": lambda text: lzma.compress(text.encode()),
    "gzip in zlib": lambda text: zlib.compress(gzip.compress(text.encode())),
}


def small_window(text):
    squeezed = zlib.compressobj(6, zlib.DEFLATED, 10)
    return squeezed.compress(text.encode()) + squeezed.flush()


def sought(word):
    return Search({"it": word})


@pytest.mark.parametrize("form", WRITTEN)
@pytest.mark.parametrize("language", LETTERS)
def test_a_word_is_found_in_every_form(language, form):
    search = sought(WORDS[language])
    search.bytes(WRITTEN[form](f"Before it. {WORDS[language]} And after it."), "here")
    assert {hit.what for hit in search.found.hits} == {"it"}


#: A stream that nothing marks is looked for near the beginning of a value only.
IN_THE_MIDDLE = [
    (form, before)
    for form in ("zlib", "gzip", "zip", "bzip2", "xz", "brotli", "raw deflate")
    for before in (0, 12, 30, 3000)
    if before <= BEGINNING_BYTES or form not in UNMARKED
]


@pytest.mark.parametrize(("form", "before"), IN_THE_MIDDLE)
def test_a_stream_is_found_in_the_middle_of_other_bytes(form, before):
    search = sought(WORDS["ru"])
    search.bytes(os.urandom(before) + WRITTEN[form](f"Before {WORDS['ru']} after") + os.urandom(700), "here")
    assert [hit for hit in search.found.hits if form in hit.where]


def test_what_is_not_there_is_not_found():
    search = sought(WORDS["en"])
    for form in WRITTEN.values():
        search.bytes(form(f"Before it. {drawn_word('en')} And after it."), "here")
    search.bytes(os.urandom(2**20), "noise")
    assert search.found.hits == set()


def test_a_word_between_two_pieces_is_found():
    search, word = sought(WORDS["ar"]), WORDS["ar"].encode()
    search.bytes(b"." * (4 * 2**20 - 5) + word, "here")
    assert len(search.found.hits) == 1


def test_a_number_is_found_as_machines_keep_it():
    search = Search({"age": 73_519_246})
    for form in forms_of_number(73_519_246):
        search.bytes(b"...." + form + b"....", form.hex())
    assert len({hit.where for hit in search.found.hits}) == len(forms_of_number(73_519_246))


def test_words_as_postgresql_compresses_them_are_found():
    text = WORDS["fr"].encode()
    for phase in range(8):
        groups = [text[: 8 - phase], *(text[at : at + 8] for at in range(8 - phase, len(text) - 7, 8))]
        search = sought(WORDS["fr"])
        search.bytes(b"\x41\x00\x10" + b"\0".join(groups) + b"\x07", "a heap page")
        assert search.found.hits


def test_files_their_names_and_folders_are_searched(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / WORDS["en"]).write_text("nothing")
    database = sqlite3.connect(tmp_path / "file.sqlite")
    database.execute("CREATE TABLE t (text)")
    database.execute("INSERT INTO t VALUES (?)", (WORDS["zh"],))
    database.commit()
    database.close()
    search = Search({"zh": WORDS["zh"], "en": WORDS["en"]})
    assert {hit.what for hit in search.files([tmp_path]).hits} == {"zh", "en"}
    assert search.found.files == 2


def test_short_forms_are_left_out_and_codes_are_grouped():
    assert b"abc" not in forms_of("abc")
    assert b"616263" in forms_of("abc")
    assert groups_of_four("012345678901") == "0123 4567 8901"


def test_nothing_and_almost_nothing_hold_no_stream():
    assert list(streams_in(b"")) == []
    assert list(streams_in(b"\x78")) == []
