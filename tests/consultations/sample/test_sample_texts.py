"""The sample's words: complete in five languages, verbatim where quoted, set as each language sets them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import consultations.sample
from translations.glossary import findings
from translations.languages import INTERFACE_LANGUAGES, OFFICIAL_LANGUAGES

SAMPLE = Path(consultations.sample.__file__).parent
THEMES = {"organise", "law", "violence", "discrimination", "privacy", "health", "movement", "work"}
#: French sets a narrow no-break space before these and inside its quotation marks.
FRENCH_SPACING = re.compile(r"[^\u202f][:;!?»](?!//)|«[^\u202f]")
#: The script that a text of the language is mostly written in.
SCRIPTS = {"zh": "[\u4e00-\u9fff]", "ru": "[а-яё]", "en": "[a-z]", "fr": "[a-zà-ÿœ]", "es": "[a-zà-ÿ]"}


def read(name: str) -> dict:
    return json.loads((SAMPLE / f"{name}.json").read_text(encoding="utf-8"))


def questionnaire_texts() -> Iterator[tuple[str, dict[str, str]]]:
    head: list[str] = []
    for line in (SAMPLE / "questionnaire.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if any("::" in cell for cell in cells):
            head = cells
        texts: dict[str, dict[str, str]] = {}
        for column, cell in zip(head, cells, strict=False):
            written = re.fullmatch(r"(\w+)::.*\((\w+)\)", column)
            if written and cell and "::" not in cell:
                texts.setdefault(written[1], {})[written[2]] = cell
        yield from ((f"{cells[1:3]} {kind}", text) for kind, text in texts.items())


def texts(value: object, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in several languages below a value, an original and its translations taken together."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, f"{path}[{index}]")
    elif isinstance(value, dict) and set(OFFICIAL_LANGUAGES) <= set(value):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key != "translations":
                yield from texts(item, f"{path}.{key}")


def quoted() -> Iterator[tuple[str, dict[str, str]]]:
    for question, answers in read("answers")["text"].items():
        yield from ((question, {answer["language"]: answer["text"], **answer["translations"]}) for answer in answers)
    for interview in read("interviews")["interviews"]:
        for passage in interview["passages"]:
            yield interview["key"], {interview["language"]: passage["text"], **passage["translations"]}


ALL = [
    *questionnaire_texts(),
    *texts(read("paper"), "paper"),
    *texts(read("earlier"), "earlier"),
    *texts(read("indicators"), "indicators"),
    *texts(read("interviews"), "interviews"),
    *quoted(),
]


def test_there_is_much_to_check():
    assert len(ALL) > 400


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_every_text_is_written_in_every_official_language(language):
    missing = [path for path, text in ALL if not re.search(SCRIPTS[language], text.get(language, ""), re.IGNORECASE)]
    assert missing == []


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_no_text_says_what_the_glossary_asks_to_avoid(language):
    assert [(path, found) for path, text in ALL for found in findings(text[language], language)] == []


def test_transcripts_say_nothing_that_the_glossary_asks_to_avoid():
    for interview in read("interviews")["interviews"]:
        assert findings(interview["transcript"], interview["language"]) == ()


def test_french_has_its_narrow_spaces():
    french = [(path, text["fr"]) for path, text in ALL]
    french += [(i["key"], i["transcript"]) for i in read("interviews")["interviews"] if i["language"] == "fr"]
    assert [(path, text) for path, text in french if FRENCH_SPACING.search(text)] == []


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_quotation_marks_and_apostrophes_are_typographic(language):
    assert [text[language] for _, text in ALL if re.search("[\"']", text[language])] == []


def test_chinese_uses_its_own_punctuation():
    assert [text["zh"] for _, text in ALL if re.search(r"[\u4e00-\u9fff][,;:!?.]", text["zh"])] == []


def test_the_synthetic_notice_is_there_in_every_interface_language():
    assert set(read("paper")["notice"]) == set(INTERFACE_LANGUAGES)


def test_the_paper_has_no_figures_in_its_running_text():
    assert [
        (path, text) for path, text in texts(read("paper"), "") if any(re.search(r"\d", t) for t in text.values())
    ] == []


def test_every_quoted_passage_stands_word_for_word_in_its_transcript():
    for interview in read("interviews")["interviews"]:
        assert all(passage["text"] in interview["transcript"] for passage in interview["passages"])


def test_passages_and_open_answers_have_themes_that_we_know():
    passages = {p["theme"] for i in read("interviews")["interviews"] for p in i["passages"]}
    answers = {theme for group in read("answers")["text"].values() for answer in group for theme in answer["themes"]}
    assert passages | answers == THEMES


def test_six_interviews_belong_to_three_case_studies_in_three_regions():
    data = read("interviews")
    studies = {study["key"]: study["region"] for study in data["case_studies"]}
    assert len(data["interviews"]) == 6
    assert {interview["case_study"] for interview in data["interviews"]} == set(studies)
    assert len(set(studies.values())) == 3
