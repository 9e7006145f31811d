import pytest

from consultations.fieldwork import coding
from consultations.fieldwork.sentences import Span, sentences

TEXT = "They came. Мы ушли! 我们走了。"


def test_a_passage_runs_from_the_first_to_the_last_chosen_sentence() -> None:
    span = coding.marked(sentences(TEXT), [2, 0])
    assert coding.verbatim(TEXT, span) == TEXT


def test_one_sentence_is_a_passage() -> None:
    assert coding.verbatim(TEXT, coding.marked(sentences(TEXT), [1])) == "Мы ушли!"


def test_nothing_chosen_is_no_passage() -> None:
    with pytest.raises(coding.NothingMarked):
        coding.marked(sentences(TEXT), [])


@pytest.mark.parametrize("chosen", [[-1], [3]])
def test_a_sentence_that_is_not_there_is_refused(chosen: list[int]) -> None:
    with pytest.raises(coding.OutsideText):
        coding.marked(sentences(TEXT), chosen)


@pytest.mark.parametrize("span", [Span(-1, 2), Span(3, 3), Span(0, 999)])
def test_words_are_taken_only_from_inside_the_text(span: Span) -> None:
    with pytest.raises(coding.OutsideText):
        coding.verbatim(TEXT, span)


def test_a_passage_follows_when_the_text_before_it_grows() -> None:
    after = "Later that night. " + TEXT
    moved = coding.followed(Span(11, 19), TEXT, after)
    assert coding.verbatim(after, moved) == "Мы ушли!"


def test_a_passage_stays_in_an_unchanged_text_however_often_its_words_are_there() -> None:
    assert coding.followed(Span(3, 6), "no no no", "no no no") == Span(3, 6)


@pytest.mark.parametrize("after", ["They came. 我们走了。", "Мы ушли! Мы ушли!"])
def test_a_passage_whose_words_are_gone_or_twice_there_does_not_follow(after: str) -> None:
    with pytest.raises(coding.PassageChanged):
        coding.followed(Span(11, 19), TEXT, after)


def test_themes_are_the_eight_rights() -> None:
    assert coding.check_theme("health") == "health"
    assert len(coding.THEMES) == 8
    with pytest.raises(coding.ThemeUnknown):
        coding.check_theme("weather")
