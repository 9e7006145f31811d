"""How the columns of a file were read the last time: remembered for files with the same headings.

What is kept is said in `RememberedMapping`: no cell of any file. A word that staff gave a meaning to is kept as an HMAC
under the server's secret, as it may be a person's own; whoever has the file again finds its meaning, and nobody reads
it here.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultations.database import Base
from consultations.rounds.models import StoredQuestionnaire
from consultations.staff.keys import canonical, derived
from forms.incoming.mapping import Meaning, Target, parsed, targets_of
from forms.questionnaire import Questionnaire

#: (list of choices, digest of a word) -> choice, '' where such words are left out.
Digests = Mapping[str, Mapping[str, str]]
_DIGEST_BYTES = 16


class RememberedMapping(Base):
    """For one version of a questionnaire and one row of headings: which column goes where, which word means what."""

    __tablename__ = "remembered_mappings"

    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id", ondelete="CASCADE"), primary_key=True)
    #: SHA-256 of the headings.
    headings: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    #: `forms.incoming.mapping.Target.written` of each column.
    targets: Mapped[list[str]] = mapped_column(JSON)
    words: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)


class Digester:
    """Names words without saying them."""

    def __init__(self, secret: bytes) -> None:
        self._key = derived(secret, "words of imported files")

    def of(self, list_name: str, word: str) -> str:
        return hmac.digest(self._key, canonical(list_name, word), "sha256")[:_DIGEST_BYTES].hex()

    def meaning(self, words: Digests) -> Meaning:
        """What words mean whose digests are known."""
        return lambda list_name, word: words[list_name].get(self.of(list_name, word)) if list_name in words else None

    def digested(self, words: Digests) -> dict[str, dict[str, str]]:
        """The same mapping without its words."""
        return {
            name: {self.of(name, word): choice for word, choice in mapped.items()} for name, mapped in words.items()
        }


def recalled(session: Session, stored: StoredQuestionnaire, headings: bytes) -> RememberedMapping | None:
    return session.get(RememberedMapping, (stored.id, headings))


def targets_recalled(remembered: RememberedMapping, form: Questionnaire) -> tuple[Target, ...]:
    known = targets_of(form)
    found = map(parsed, remembered.targets)
    return tuple(target if target in known else Target() for target in found)


def remember(
    session: Session, stored: StoredQuestionnaire, headings: bytes, targets: Sequence[Target], words: Digests
) -> None:
    """In place of what was remembered before; nothing is committed here."""
    kept = {name: dict(mapped) for name, mapped in words.items() if mapped}
    session.merge(
        RememberedMapping(
            questionnaire_id=stored.id,
            headings=headings,
            targets=[target.written for target in targets],
            words=kept,
        )
    )
    session.flush()
