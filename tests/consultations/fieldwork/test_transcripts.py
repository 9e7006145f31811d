import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.fieldwork.transcripts import EditedSince, counted, replace, restored, suggested


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Ann met Anna. ANN left.", {"Ann": "Person A"}, "Person A met Anna. Person A left."),
        ("Anna Otieno and Anna", {"Anna": "A", "Anna Otieno": "B"}, "B and A"),
        ("Anna\nOtieno", {"Anna  Otieno": "B"}, "B"),
        ("STRASSE, Straße", {"straße": "X"}, "X, X"),
        ("Анна и АННА, но Анной", {"Анна": "Персона A"}, "Персона A и Персона A, но Анной"),
        ("我和李芳去了。李芳芳", {"李芳": "人物A"}, "我和人物A去了。人物A芳"),
        ("我和Anna去了，电话13812345678。", {"Anna": "A", "13812345678": "[…]"}, "我和A去了，电话[…]。"),
        ("فاطمة وفاطمة", {"فاطمة": "شخص A"}, "شخص A وفاطمة"),
        ("José y Jose\u0301", {"José": "A", "Jose": "B"}, "A y Jose\u0301"),
        ("A and B", {"A": "B", "B": "A"}, "B and A"),
        ("+254 712 345 and me@example.org", {"+254 712 345": "[…]", "me@example.org": "[…]"}, "[…] and […]"),
        ("nothing", {"": "X", "  ": "Y"}, "nothing"),
        ("nobody", {"Anna": "A"}, "nobody"),
    ],
)
def test_names_are_replaced_whole_and_longest_first(text: str, names: dict[str, str], expected: str) -> None:
    assert replace(text, names).text == expected


def test_every_place_is_told_by_where_its_pseudonym_stands() -> None:
    made = replace("Anna, ANNA", {"Anna": "Person A"})
    assert [(made.text[r.span.start : r.span.end], r.original) for r in made.replacements] == [
        ("Person A", "Anna"),
        ("Person A", "ANNA"),
    ]


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.text("aAbBß ИиéＡ王.", max_size=40), st.dictionaries(st.text("aAbß и王", max_size=3), st.text("XY", max_size=3))
)
def test_what_was_replaced_can_be_taken_back(text: str, names: dict[str, str]) -> None:
    made = replace(text, names)
    assert restored(made.text, made.replacements) == text


def test_a_text_that_was_edited_since_is_not_taken_back() -> None:
    made = replace("Then Anna came", {"Anna": "Person A"})
    with pytest.raises(EditedSince):
        restored("Now " + made.text, made.replacements)


def test_counts_are_what_replacing_would_find() -> None:
    assert counted("Anna, ANNA and Annas", ["Anna", "Annas", "Bo"]) == {"Anna": 2, "Annas": 1, "Bo": 0}


def test_pseudonyms_pass_over_those_that_are_taken() -> None:
    assert next(suggested("en", {"Person A", "Person B"})) == "Person C"


@pytest.mark.parametrize(
    ("language", "first"), [("ru", "Персона A"), ("zh-Hans", "人物A"), ("ar", "شخص A"), ("sw", "Person A")]
)
def test_pseudonyms_speak_the_language_of_the_interview(language: str, first: str) -> None:
    assert next(suggested(language)) == first


def test_after_z_come_two_letters() -> None:
    assert next(itertools.islice(suggested("en"), 26, None)) == "Person AA"


def test_a_name_that_begins_inside_a_word_is_counted_where_it_begins_a_word():
    assert counted("ba a a", ["a a"]) == {"a a": 1}


def test_neighbours_in_the_list_keep_their_order_also_where_scripts_change():
    found = replace("Li Mei met 李梅 and Li", {"Li": "A", "李梅": "B", "Li Mei": "C"})
    assert found.text == "C met B and A"


def test_two_hundred_names_are_counted_in_no_time():
    names = [f"Rosa{number:03d}" for number in range(200)]
    began = time.perf_counter()
    assert counted(" ".join(names), names)["Rosa199"] == 1
    assert time.perf_counter() - began < 1, "each name had the bounds of words compiled anew: 15 ms"
