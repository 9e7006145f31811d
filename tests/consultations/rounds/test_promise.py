"""The promise claims what the statement holds, in the reader's words, and nothing else."""

from __future__ import annotations

from gettext import NullTranslations

from consultations.rounds.promise import Promise, promise

WHOLE = {
    "questions": 21,
    "open_questions": 3,
    "kinds": {"choices": 15, "numbers": 1, "times": 2, "texts": 3},
    "key_holders": 2,
    "key_roles": ["policy_staff", "a role of later"],
    "retention_months": 24,
    "invited": True,
    "least_base": 10,
    "least_count": 5,
    "least_base_for_shares": 20,
    "draft_days": 30,
    "counted_in_memory": 15,
    "onion": "abc.onion",
}


def said(statement: dict[str, object], *breakdowns: str) -> Promise:
    return promise(statement, breakdowns, NullTranslations(), "en")


def test_a_few_plain_sentences_come_first():
    first = said(WHOLE).first
    assert len(first) == 6
    assert any("The code counts once" in sentence for sentence in first)
    assert "After the consultation has closed, 2 people can unlock the answers. Nobody else can." in first
    assert "All answers are destroyed 24 months after the consultation has closed, or sooner." in first


def test_who_wants_to_know_more_reads_what_form_and_deployment_really_do():
    more = " ".join(said(WHOLE, "Your region").more)
    for words in (
        "What we keep of your answers: 15 choices from lists, 1 number, 2 dates or times and 3 texts",
        "Work of the people who can unlock the answers: Policy staff.",
        "by these questions only: “Your region”",
        "Groups of fewer than 10 people are joined with others, numbers below 5 are not shown, no percentages",
        "for 30 days",
        "forgotten after 15 minutes",
        "abc.onion",
    ):
        assert words in more


def test_what_is_stored_in_part_or_not_at_all_is_said():
    more = " ".join(said({"never_stored": 1, "stored_coarser": 4}).more)
    assert "1 answer only decides what you are asked next. It is never stored." in more
    assert "4 answers are stored only roughly" in more


def test_what_is_not_known_is_not_claimed():
    made = said({"questions": 1})
    assert len(made.first) == 2
    assert made.more == ("Results are published as totals. Small numbers are hidden.",)
    assert len(made.never) == 3
