import pytest

from consultations.fieldwork.sentences import sentences


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They came. We ran!  Why?", ["They came.", "We ran!", "Why?"]),
        ("Il a dit : « Non ! » Ensuite, il est parti.", ["Il a dit : « Non ! »", "Ensuite, il est parti."]),
        ("Bonjour ! Ça va ?", ["Bonjour !", "Ça va ?"]),
        ("— Кто там? — спросила она. Никто.", ["— Кто там? — спросила она.", "Никто."]),
        ("Это было в 2021 г. в Омске. Потом…", ["Это было в 2021 г. в Омске.", "Потом…"]),
        ("警察来了。我们跑了！为什么？“没事。”", ["警察来了。", "我们跑了！", "为什么？", "“没事。”"]),
        ("¿Qué pasó? ¡Nada! Fin.", ["¿Qué pasó?", "¡Nada!", "Fin."]),
        ("ماذا حدث؟ لا شيء.", ["ماذا حدث؟", "لا شيء."]),
        ("See Dr. Otieno and A. Mwangi, e.g. now. Done", ["See Dr. Otieno and A. Mwangi, e.g. now.", "Done"]),
        ("one line\nanother line", ["one line", "another line"]),
        ("It ended.\nand began again", ["It ended.", "and began again"]),
        ("She paid 3.5 per cent!", ["She paid 3.5 per cent!"]),
        ("\n . \n", ["."]),
        ("", []),
    ],
)
def test_sentences_end_where_their_language_ends_them(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_nothing_but_white_space_lies_between_sentences() -> None:
    text = " Uno. ¿Dos? 三。四！ Пять…  "
    kept = "".join(pieces(text))
    assert "".join(kept.split()) == "".join(text.split())
