"""What stands on a trustee's card, in the language of the page that makes it."""

from __future__ import annotations

from consultations.errors import N_
from consultations.staff.fingerprints import fingerprint
from consultations.staff.models import TrusteesKey
from consultations.staff.shares import CARDS, NEEDED, card_number
from exports.trustee_card import TrusteeCard, render_card
from translations.catalogues import words
from translations.formats import written_date

# Whoever finds it shall not learn what it opens, nor whose it is: no network, no topic, no address stands on it.
TITLE = N_("Trustee's card")
NUMBER = N_("Card %(number)s of %(cards)s; any %(needed)s open together what the key protects.")
MADE_ON = N_("Made on %(date)s.")
TOLD = (
    N_("Keep this card where nobody else looks, and never together with another one. Alone it opens nothing."),
    N_("Do not photograph or scan it, and do not send it to anybody. Type the words only on the page of the recovery."),
    N_("If it is lost, say so at once: the cards are then made anew, and this one becomes worthless."),
)
FINGERPRINT_IS = N_("Fingerprint of the key, to compare with what the page shows:")


def card_pdf(card: str, key: TrusteesKey, language: str) -> bytes:
    """The card as a page to print; raises as `exports.pdf.render_pdf`."""
    say = words(language).gettext
    which = {"number": card_number(card), "cards": CARDS, "needed": NEEDED}
    return render_card(
        TrusteeCard(
            language=language,
            title=say(TITLE),
            number=say(NUMBER) % which,
            made_on=say(MADE_ON) % {"date": written_date(key.made_on, language)},
            told=tuple(say(sentence) for sentence in TOLD),
            fingerprint_is=say(FINGERPRINT_IS),
            fingerprint=fingerprint(key.public_key),
            words=tuple(card.split(" ")),
        )
    )
