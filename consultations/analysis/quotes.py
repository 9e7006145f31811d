"""Quotes picked from open answers, word for word, by consent; sealed to the consultation like the answers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from consultations.analysis.models import Quote
from consultations.analysis.open_answers import OpenAnswer
from consultations.errors import N_, NotFound, Problem
from consultations.fieldwork.coding import check_theme
from consultations.fieldwork.sealed_json import opened_json, sealed_json
from consultations.responses.withdrawals import waiting
from consultations.rounds.models import Consultation
from consultations.staff.keyrings import sealing_key
from consultations.staff.keys import Turn, canonical
from consultations.staff.several import Several, open_each

ID_BYTES = 16
_INFO, _KIND = "quote", "quotes"


class NotVerbatim(Problem):
    status = 422
    message = N_("A quote has to be a part of the answer, word for word. Copy the part that you want to quote.")


class PickedAlready(Problem):
    status = 409
    message = N_("These words were picked as a quote already.")


@dataclass(frozen=True, slots=True)
class PickedQuote:
    """Somebody's words, as far as they allowed: `region` is '' where they did not want it named."""

    id: bytes
    text: str = field(repr=False)
    #: BCP 47; '' when it is not known.
    language: str
    question: str
    #: A key of `fieldwork.coding.THEMES`.
    theme: str
    #: A choice of the form's question `region`, or ''.
    region: str
    translations: Mapping[str, str] = field(repr=False)
    #: The receipt of the answer that it is from, in hex.
    receipt: str = field(default="", repr=False)


def pick(
    session: Session,
    consultation: Consultation,
    private_key: bytes,
    answer: OpenAnswer,
    theme: str,
    *,
    text: str = "",
    translations: Mapping[str, str] | None = None,
) -> Quote:
    """Keep the answer, or the part of it that `text` is, as a quote.

    Only answers whose writers allow it are ever OpenAnswers. Raises NotVerbatim, ThemeUnknown, PickedAlready.
    """
    # A browser sends line ends as CR LF (HTML, 4.10.22.4); open answers have plain ones here.
    words = text.replace("\r\n", "\n").strip() or answer.text
    if words not in answer.text:
        raise NotVerbatim
    check_theme(theme)
    if any(
        quote.text == words and quote.question == answer.question
        for quote in picked(session, consultation, private_key).opened
    ):
        raise PickedAlready
    body = {
        "text": words,
        "language": answer.language,
        "question": answer.question,
        "theme": theme,
        "region": answer.region,
        "receipt": answer.receipt.hex(),
        "translations": {code: said.strip() for code, said in (translations or {}).items() if said.strip()},
    }
    return keep(session, consultation, body)


def picked(session: Session, consultation: Consultation, private_key: bytes) -> Several[Quote, PickedQuote]:
    """Every quote of the consultation, in the order of ids that are random.

    None is among them whose writer has taken the answer back, also where it is not deleted yet.
    """
    gone = {tag.hex() for tag in waiting(session, consultation.id)}
    return _opened(session, consultation, private_key).only(lambda quote: quote.receipt not in gone)


def resealed(session: Session, consultation: Consultation, turn: Turn) -> int:
    """Seal every quote to the consultation's new pair -> how many did not open, and stay as they are."""

    def again(quote: Quote) -> None:
        quote.sealed_body = turn.resealed(quote.sealed_body, _INFO, _place(quote))

    mine = _of(consultation).with_for_update().execution_options(populate_existing=True)
    broken = open_each(_KIND, session.scalars(mine), again).refused
    session.flush()
    return broken


def bodies(
    session: Session, consultation: Consultation, private_key: bytes
) -> Several[Quote, tuple[bytes, dict[str, Any]]]:
    """(id, what its seal holds) of each quote, to be kept elsewhere with `keep`."""
    return open_each(_KIND, session.scalars(_of(consultation)), lambda quote: (quote.id, _body(quote, private_key)))


def keep(session: Session, consultation: Consultation, body: Mapping[str, Any]) -> Quote:
    """A quote of that body under a new id."""
    quote = Quote(id=secrets.token_bytes(ID_BYTES), consultation_id=consultation.id)
    quote.sealed_body = sealed_json(sealing_key(session, consultation.keyring_id), dict(body), _INFO, _place(quote))
    session.add(quote)
    session.flush()
    return quote


def drop_withdrawn(
    session: Session, consultation: Consultation, private_key: bytes, tags: frozenset[bytes]
) -> Several[Quote, PickedQuote]:
    """Delete the quotes from answers that carry one of the tags -> those that were; of the damaged nobody knows."""
    hexes = {tag.hex() for tag in tags}
    gone = _opened(session, consultation, private_key).only(lambda quote: quote.receipt in hexes)
    for quote in gone.opened:
        session.execute(delete(Quote).where(Quote.id == quote.id))
    return gone


def _opened(session: Session, consultation: Consultation, private_key: bytes) -> Several[Quote, PickedQuote]:
    rows = session.scalars(_of(consultation))
    return open_each(_KIND, rows, lambda quote: PickedQuote(id=quote.id, **_body(quote, private_key)))


def _body(quote: Quote, private_key: bytes) -> dict[str, Any]:
    body: dict[str, Any] = opened_json(private_key, quote.sealed_body, _INFO, _place(quote))
    return body


def _of(consultation: Consultation) -> Select[Quote]:
    return select(Quote).where(Quote.consultation_id == consultation.id).order_by(Quote.id)


def put_back(session: Session, consultation: Consultation, id_hex: str) -> None:
    """Take a quote out again, also one that does not open; raises NotFound."""
    try:
        quote = session.get(Quote, bytes.fromhex(id_hex))
    except ValueError:
        quote = None
    if quote is None or quote.consultation_id != consultation.id:
        raise NotFound
    session.delete(quote)
    session.flush()


def _place(quote: Quote) -> bytes:
    return canonical(quote.consultation_id, quote.id)
