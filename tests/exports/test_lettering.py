"""Chart labels are measured and wrapped before any font is known."""

import pytest

from exports.lettering import width, wrap


def test_a_hanzi_is_as_wide_as_the_font_size() -> None:
    assert width("权利", 10) == 20


def test_marks_above_letters_and_invisible_marks_take_no_room() -> None:
    assert width("e\u0301\u200f", 10) == width("e", 10)


@pytest.mark.parametrize("text", ["To privacy and freedom from interference", "隐私权以及不受任意干涉的权利，健康权"])
def test_no_line_is_wider_than_its_room(text: str) -> None:
    lines = wrap(text, 13, 100)
    assert len(lines) > 1
    assert all(width(line, 13) <= 100 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_words_stay_whole() -> None:
    assert wrap("freedom from violence", 10, 70) == ("freedom from", "violence")


def test_a_word_wider_than_the_room_is_cut() -> None:
    assert len(wrap("Antidiskriminierungsstelle", 10, 60)) > 1


def test_no_chinese_line_opens_with_a_comma() -> None:
    assert wrap("一二三，四", 10, 40) == ("一二三，", "四")


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap("", 10, 50) == ("",)
