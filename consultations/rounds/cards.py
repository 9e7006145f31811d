"""New codes as files for organisations: cards to print in their language, or messages to send one by one."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from consultations.errors import N_
from consultations.rounds.invitation_codes import grouped
from consultations.rounds.models import Consultation
from consultations.rounds.quotas import Share
from exports.cards import CardSheet, CardWords, render_cards
from exports.csv_file import csv_bytes
from translations.catalogues import words
from translations.fallback import best_match
from translations.formats import joined, written_date
from translations.languages import INTERFACE_LANGUAGES

# A card lies on a table and in a pocket: neither topic nor organisation stands on it.
TITLE = N_("You are invited")
OPEN_ADDRESS = N_("Open this address on any phone:")
TYPE_CODE = N_("Then type this code:")
ONCE = N_("The code counts once. Nobody can see who answered.")
UNTIL = N_("You can answer until %(date)s.")
MESSAGE = N_("You are invited to answer some questions. Open %(address)s and type the code %(code)s.")


@dataclass(frozen=True, slots=True)
class Handout:
    """New codes of one organisation, on their way to paper."""

    share: Share
    codes: tuple[str, ...]
    #: Where members find the consultation: `https://example.org/c/spring/`.
    address: str
    #: The last day to answer, where one was said.
    until: datetime.date | None = None

    @property
    def language(self) -> str:
        """The organisation's language, or the nearest that the interface speaks."""
        return best_match(self.share.organisation.language, INTERFACE_LANGUAGES) or "en"

    def scanned(self, offered: Iterable[str]) -> str:
        """The address in the organisation's language where the consultation has it; never with a code in it."""
        return f"{self.address}{self.share.organisation.language}/" if self.has_own(offered) else self.address

    def has_own(self, offered: Iterable[str]) -> bool:
        return self.share.organisation.language in offered


def cards(handout: Handout, consultation: Consultation) -> bytes:
    """Cards as PDF, eight on a page. Raises as `exports.pdf.render_pdf`."""
    say, language = words(handout.language).gettext, handout.language
    return render_cards(
        CardSheet(
            language=language,
            words=CardWords(
                title=say(TITLE),
                open_address=say(OPEN_ADDRESS),
                type_code=say(TYPE_CODE),
                once=say(ONCE),
                until=_until(handout),
            ),
            address=re.sub("^https?://", "", handout.address),
            scanned=handout.scanned(consultation.languages),
            codes=tuple(grouped(code) for code in handout.codes),
        )
    )


def messages(handout: Handout, consultation: Consultation) -> bytes:
    """A list for organisations that write to their members: code and message, as CSV that spreadsheets open."""
    say, language = words(handout.language).gettext, handout.language
    address, rows = handout.scanned(consultation.languages), [("code", "message")]
    for code in map(grouped, handout.codes):
        told = (say(MESSAGE) % {"address": address, "code": code}, say(ONCE), _until(handout))
        rows.append((code, joined(filter(None, told), language)))
    return csv_bytes(rows)


#: How codes can be had: ending of the file -> what makes it.
KINDS: Mapping[str, Callable[[Handout, Consultation], bytes]] = MappingProxyType({"pdf": cards, "csv": messages})


def file_name(handout: Handout, kind: str) -> str:
    """`cards-Rosa-Azul.pdf`."""
    name = re.sub(r"[\W_]+", "-", handout.share.organisation.name).strip("-")
    return f"cards-{name}.{kind}"


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """(name, content) of files in one; names that are the same twice get a number."""
    out, taken = io.BytesIO(), set[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            stem, dot, ending = name.rpartition(".")
            number = 1
            while name in taken:
                number += 1
                name = f"{stem}-{number}{dot}{ending}"
            taken.add(name)
            # A fixed date: when cards were made is nobody's business.
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _until(handout: Handout) -> str:
    if handout.until is None:
        return ""
    date = written_date(handout.until, handout.language)
    return str(words(handout.language).gettext(UNTIL)) % {"date": date}
