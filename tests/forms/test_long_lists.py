"""A long list is in the reader's alphabet where it was in the author's, and opens in parts."""

import pytest

from forms.long_lists import PART, for_reader, in_parts
from forms.questionnaire import Choice, Text

NAMES = ("Albania", "Benin", "Chad", "Cuba", "Egypt", "Fiji", "Ghana", "Haiti", "Iraq", "Japan", "Kenya")
RUSSIAN = ("Албания", "Бенин", "Чад", "Куба", "Египет", "Фиджи", "Гана", "Гаити", "Ирак", "Япония", "Кения")
CHINESE = ("阿尔巴尼亚", "贝宁", "乍得", "古巴", "埃及", "斐济", "加纳", "海地", "伊拉克", "日本", "肯尼亚")
LIST = tuple(
    Choice(en.lower(), Text({"en": en, "ru": ru, "zh": zh})) for en, ru, zh in zip(NAMES, RUSSIAN, CHINESE, strict=True)
)
OTHER = Choice("other", Text({"en": "Another one", "ru": "Другая", "zh": "其他"}))


def labels(choices, language):
    return [choice.label.in_language(language) for choice in choices]


def test_an_alphabetical_list_is_alphabetical_for_every_reader():
    assert labels(for_reader(LIST, "en", "ru"), "ru")[:4] == ["Албания", "Бенин", "Гаити", "Гана"]


def test_chinese_is_ordered_by_its_sound():
    found = labels(for_reader(LIST, "en", "zh"), "zh")
    assert found[:5] == ["阿尔巴尼亚", "埃及", "贝宁", "古巴", "海地"]
    assert found[-1] == "斐济"  # a rarer character, which GB 18030 has after all common ones


def test_what_stands_after_the_alphabet_stays_there():
    assert for_reader((*LIST, OTHER), "en", "ru")[-1] == OTHER


def test_the_author_is_not_put_in_order():
    assert for_reader((*LIST, OTHER), "en", "en") == (*LIST, OTHER)


@pytest.mark.parametrize("choices", [tuple(reversed(LIST)), LIST[:5]])
def test_any_other_order_is_kept(choices):
    assert for_reader(choices, "en", "ru") == choices


@pytest.mark.parametrize("count", [0, 1, 25, 200])
def test_the_parts_hold_everything_once_and_are_of_much_the_same_length(count):
    parts = in_parts(count)
    assert [at for part in parts for at in part] == list(range(count))
    lengths = [len(part) for part in parts]
    assert all(max(lengths) - 1 <= length <= PART for length in lengths)


def test_one_choice_out_of_order_is_another_program_s_alphabet():
    swapped = (*LIST[:4], LIST[5], LIST[4], *LIST[6:], OTHER, OTHER)
    assert labels(for_reader(swapped, "en", "ru"), "ru")[:4] == ["Албания", "Бенин", "Гаити", "Гана"]
