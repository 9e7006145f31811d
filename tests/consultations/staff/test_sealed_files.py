"""A sealed file opens whole and in its order, or not at all."""

from __future__ import annotations

import io

import pytest

from consultations.staff import sealed_files
from consultations.staff.keys import new_key_pair
from consultations.staff.sealed_files import CHUNK_BYTES, MAGIC, NotASealedFile, NotForThisKey, Opener, ToPerson

PAIR = new_key_pair()


def sealed(*content):
    file = io.BytesIO()
    sealed_files.write(file, content, ToPerson(PAIR.public))
    return file.getvalue()


def opened(file):
    return b"".join(sealed_files.read(io.BytesIO(file), Opener(PAIR.private)))


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_it_gives_back_what_was_written(size):
    assert opened(sealed(b"a" * size, b"end")) == b"a" * size + b"end"


def test_a_file_that_was_cut_between_two_chunks_is_refused():
    file = sealed(b"a" * 2 * CHUNK_BYTES)
    header = len(MAGIC) + 4 + int.from_bytes(file[len(MAGIC) : len(MAGIC) + 4], "big")
    one_chunk = file[: header + 4 + CHUNK_BYTES + 16]
    assert len(one_chunk) < len(file)
    with pytest.raises(NotForThisKey):
        opened(one_chunk)


def test_chunks_that_changed_places_are_refused():
    file = sealed(b"a" * 3 * CHUNK_BYTES)
    header = len(MAGIC) + 4 + int.from_bytes(file[len(MAGIC) : len(MAGIC) + 4], "big")
    size = 4 + CHUNK_BYTES + 16
    first, second = file[header : header + size], file[header + size : header + 2 * size]
    with pytest.raises(NotForThisKey):
        opened(file[:header] + second + first + file[header + 2 * size :])


@pytest.mark.parametrize("file", [b"", b"noise", MAGIC, MAGIC + b"\xff\xff\xff\xff", MAGIC + b"\0\0\0\2{}"])
def test_something_else_is_said_to_be(file):
    with pytest.raises(NotASealedFile):
        opened(file)


def test_a_chunk_that_claims_to_be_large_takes_no_memory():
    file = sealed(b"a")
    header = len(MAGIC) + 4 + int.from_bytes(file[len(MAGIC) : len(MAGIC) + 4], "big")
    with pytest.raises(NotForThisKey):
        opened(file[:header] + b"\xff\xff\xff\xff" + file[header + 4 :])
