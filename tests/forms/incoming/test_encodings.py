"""The encoding of a file is found out from where its letters stand."""

from __future__ import annotations

import pytest

from forms.incoming.encodings import CANDIDATES, decoded

FRENCH = "Où vivez-vous ?\nÀ l’étranger, près de la forêt\n“Été” – à Málaga\n"
TEXTS = {
    "cp1252": FRENCH,
    "mac_roman": FRENCH + "Not much\u00a0,level of knowledge\u00a0of cuisines\n",
    "gb18030": "您住在哪里？,年龄\n北京,二十五岁以下\n",
    "cp1251": "Где вы живёте?,Возраст\nМосква,до тридцати лет\n",
    "cp1256": "أين تعيشين؟,العمر\nالقاهرة,أقل من ثلاثين سنة\n",
}


@pytest.mark.parametrize("encoding", CANDIDATES)
def test_what_is_no_utf_8_is_read_where_its_letters_are_at_home(encoding):
    assert decoded(TEXTS[encoding].encode(encoding)) == (TEXTS[encoding], encoding)


@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_and_without_a_mark(mark):
    assert decoded(FRENCH.encode(mark)) == (FRENCH, "utf-8")


def test_utf_16_says_itself_what_it_is():
    assert decoded(FRENCH.encode("utf-16")) == (FRENCH, "utf-16")


def test_an_encoding_that_is_named_is_taken():
    assert decoded("é".encode("cp1252"), "mac_roman") == ("È", "mac_roman")
    assert decoded("é".encode("utf-8-sig"), "utf-8") == ("é", "utf-8")


def test_bytes_that_fit_nothing_are_read_all_the_same():
    text, _ = decoded(bytes(range(128, 256)))
    assert text


def test_one_accent_is_enough():
    assert decoded("Café,no\n".encode("cp1252")) == ("Café,no\n", "cp1252")
    assert decoded("Not much\u00a0,no\n".encode("mac_roman")) == ("Not much\u00a0,no\n", "mac_roman")


def test_rare_characters_that_come_up_by_chance_are_not_chinese():
    text = "Privée, créée\n"
    assert decoded(text.encode("cp1252")) == (text, "cp1252")


def test_a_rare_character_among_common_ones_is_chinese():
    text = "您住在哪裡？\n"
    assert decoded(text.encode("gb18030")) == (text, "gb18030")
