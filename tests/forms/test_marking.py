"""A marked sentence is English until somebody translates its template."""

from forms.marking import N_, Sentence

MEANT = Sentence(N_("Write %(ours)s in place of %(theirs)s."), {"ours": "mod", "theirs": "%"})


def test_a_sentence_is_told_in_english():
    assert MEANT.told() == "Write mod in place of %."


def test_a_sentence_is_told_in_the_words_of_another_language():
    french = {"Write %(ours)s in place of %(theirs)s.": "Au lieu de %(theirs)s, écrivez %(ours)s."}
    assert MEANT.told(french.__getitem__) == "Au lieu de %, écrivez mod."


def test_a_page_may_mark_what_the_placeholders_stand_for():
    assert MEANT.told(shown=lambda value: f"[{value}]") == "Write [mod] in place of [%]."
