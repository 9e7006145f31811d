import time

import pytest

from consultations.fieldwork.candidates import Candidate, candidates, forms


def found(text: str) -> dict[str, str]:
    return {candidate.text: candidate.kind for candidate in candidates(text)}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("When Maria came to Nakuru we left.", "Maria", "name"),
        ("Maria Ruiz came.", "Maria Ruiz", "name"),
        ("Wafula came. Wafula left.", "Wafula", "name"),
        ("Later Wafula left.", "Wafula", "name"),
        ("There is O'Brien, and McDonald.", "McDonald", "name"),
        ("It was Maria's phone.", "Maria", "name"),
        ("vive con María del Carmen Ruiz.", "María del Carmen Ruiz", "name"),
        ("Mrs. Atieno said no.", "Mrs. Atieno", "name"),
        ("my name is joyce", "joyce", "name"),
        ("Вчера г-н Петров ушёл.", "г-н Петров", "name"),
        ("Вчера г-н Петров ушёл.", "Петров", "form"),
        ("Меня зовут оля.", "оля", "name"),
        ("她叫李芳，很累。", "李芳", "name"),
        ("王女士帮了我。", "王女士", "name"),
        ("我找小王。", "小王", "name"),
        ("قالت السيدة فاطمة ذلك", "فاطمة", "name"),
        ("اسمها ليلى", "ليلى", "name"),
        ("Write to me.too@mail.example.org!", "me.too@mail.example.org", "email"),
        ("she is @joyce_w there", "@joyce_w", "handle"),
        ("call +254 (712) 345-678", "+254 (712) 345-678", "phone"),
        ("电话是13812345678！", "13812345678", "phone"),
        ("passport AB1234567", "AB1234567", "document"),
        ("паспорт 4510 123456", "4510 123456", "document"),
        ("身份证11010119900307123X。", "11010119900307123X", "document"),
        ("née le 12/03/1990", "12/03/1990", "date"),
        ("1990年3月7日生", "1990年3月7日", "date"),
    ],
)
def test_what_may_tell_who_somebody_is_gets_offered(text: str, words: str, kind: str) -> None:
    assert found(text).get(words) == kind


@pytest.mark.parametrize(
    "text",
    [
        "We talked about HIV. The clinic was closed on Friday.",
        "She said: “Leave!” and they left.",
        "I paid 500 in 2019 and 12 345 later.",
        "Look. Look at it, look.",
        "Он сказал: «Уходите!» и ушёл.",
        "The number 12345678901234567890 is too long.",
    ],
)
def test_ordinary_words_and_numbers_are_not_offered(text: str) -> None:
    assert found(text) == {}


def test_forms_of_a_russian_name_are_offered_with_the_name_they_belong_to() -> None:
    text = "Когда пришла Анна Иванова, с Анной говорили. Анне сказали уйти. Аптека рядом."
    assert {c.text: c.form_of for c in candidates(text) if c.kind == "form"} == {
        "Анна": "Анна Иванова",
        "Анне": "Анна Иванова",
        "Анной": "Анна Иванова",
        "Иванова": "Анна Иванова",
    }


def test_arabic_prefixes_are_offered_as_forms() -> None:
    assert forms("ذهبت فاطمة وفاطمة", ("فاطمة",)) == {"وفاطمة": "فاطمة"}


def test_of_two_names_that_are_forms_of_each_other_one_stays_the_name() -> None:
    kinds = found("Тут Анна и там Анной.")
    assert sorted(kinds.values()) == ["form", "name"]


def test_the_most_frequent_name_comes_first_and_says_how_often() -> None:
    text = "We saw Otieno. Then Kamau, Otieno and OTIENO."
    assert candidates(text)[:2] == (Candidate("Otieno", "name", 3), Candidate("Kamau", "name", 1))


@pytest.mark.parametrize("run", ["a", "1", "1.", "a-"])
def test_a_text_without_spaces_is_read_in_linear_time(run: str) -> None:
    began = time.perf_counter()
    candidates(run * (60_000 // len(run)))
    assert time.perf_counter() - began < 5, "it took half a minute, and a thousand times as long for a long transcript"
