"""The sample's quotes from open answers, picked as policy staff pick them, with the translations that it has."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultations.analysis.open_answers import open_answers
from consultations.analysis.quotes import pick
from consultations.rounds.models import Consultation
from consultations.sample import material

#: How many quotes a question gives: enough for several languages, few enough for a paper.
MOST_OF_A_QUESTION = 3


def pick_sample_quotes(session: Session, consultation: Consultation, private_key: bytes) -> None:
    """Pick from each open question, one quote a language, only where its writer allowed it."""
    for question, entries in material.read("answers")["text"].items():
        allowed = {
            answer.text: answer for answer in open_answers(session, consultation, private_key, question).quotable
        }
        heard: set[str] = set()
        for entry in entries:
            if entry["text"] in allowed and entry["language"] not in heard and len(heard) < MOST_OF_A_QUESTION:
                heard.add(entry["language"])
                pick(
                    session,
                    consultation,
                    private_key,
                    allowed[entry["text"]],
                    entry["themes"][0],
                    translations=entry["translations"],
                )
