"""Chart labels are measured and wrapped before any font is known."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from exports import lettering
from exports.lettering import longest_word, width, wrap
from tests.exports.made_up_words import TEXTS

FONTS = Path(lettering.__file__).parent / "fonts"


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


def test_the_longest_word_is_what_a_line_must_hold() -> None:
    assert longest_word("To be heard", 10) == width("heard", 10)
    assert longest_word("权利，健康", 10) == width("利，", 10)
    assert longest_word("", 10) == 0


@pytest.mark.parametrize(("language", "face"), [("en", "SourceSans3"), ("ru", "SourceSans3"), ("zh", "NotoSansSC")])
def test_labels_are_never_wider_than_they_are_measured(language: str, face: str) -> None:
    texts = TEXTS[language]
    labels = (*texts.rights, *texts.regions, *texts.scale, texts.not_shown, "62%", "1,200", "100%")
    with TTFont(FONTS / f"{face}_400Regular.ttf", lazy=True) as font:
        letters, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        real = {label: sum(widths[letters[ord(letter)]][0] for letter in label) / em for label in labels}
    assert {label: drawn for label, drawn in real.items() if drawn > width(label, 1)} == {}


def test_no_chinese_line_opens_with_a_comma() -> None:
    assert wrap("一二三，四", 10, 40) == ("一二三，", "四")


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap("", 10, 50) == ("",)
