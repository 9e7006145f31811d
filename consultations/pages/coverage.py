"""How far an invited consultation has come: codes given out and used, and what to write to organisations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template, url_for

from consultations.errors import N_
from consultations.pages.invitations import invited, pages
from consultations.pages.reached import regions_reached
from consultations.pages.web import database, needs, staff
from consultations.registry.models import REGIONS
from consultations.responses.coverage import redeemed_counts, summed
from consultations.rounds.quotas import Share, shares
from consultations.staff.keyrings import private_key
from consultations.staff.roles import Permission
from translations.catalogues import words
from translations.fallback import best_match
from translations.languages import INTERFACE_LANGUAGES, autonym

#: Numbers are rounded down to fives. Hiding those below five alone would not do: a page that is opened again after
#: every stir would show in which region and language the newest person answered.
STEP = 5

GREETING = N_("Dear colleagues,")
STILL_OPEN = N_("Our consultation is still open. Thank you for handing on the codes that you were given.")
HAND_ON = N_("Please hand on those that are left, and remind all members that they can answer: %(address)s")
ASK_NOBODY = N_(
    "Nobody can see who has answered, and we cannot either. So please remind everybody, and ask nobody whether they "
    "did."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One bar: what it is of, how many codes were given out (None where nobody knows), about how many came back."""

    name: str
    issued: int | None
    used: int

    @property
    def shown(self) -> str:
        return str(self.used) if self.used or self.issued == 0 else f"<{STEP}"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A text for the organisations of one language."""

    language: str
    text: str
    organisations: tuple[Share, ...]


@pages.get("/coverage")
@needs(Permission.UNLOCK)
def coverage(slug: str) -> str:
    """For who holds the key: codes by region and by language, apart from each other and never by organisation.

    Raises NotInvited, NotAKeyHolder.
    """
    consultation = invited(slug)
    issued: Counter[str] = Counter()
    reached = regions_reached()
    found = redeemed_counts(database(), consultation, private_key(database(), consultation.keyring_id, staff()))
    counts = Counter({key: count for key, count in summed(found.opened).items() if key[0] in reached})
    for share in (each for each in shares(database(), consultation) if each.region in reached):
        issued[share.region] += share.made
    regions, languages = _summed(counts, 0), _summed(counts, 1)
    return render_template(
        "rounds/coverage.html",
        consultation=consultation,
        regions=[Line(region, issued[region], _coarse(regions[region])) for region in regions_reached()],
        languages=[Line(code, None, _coarse(languages[code])) for code in consultation.languages],
        region_names=REGIONS,
        most=max([_coarse(count) for count in languages.values()], default=0),
        total=Line("", sum(issued.values()), _coarse(counts.total())),
        step=STEP,
        damaged=found.refused,
    )


@pages.get("/reminders")
@needs(Permission.RUN_CONSULTATIONS)
def reminders(slug: str) -> str:
    """Texts to copy, and whom to send them: every organisation that was given codes. Raises NotInvited."""
    consultation = invited(slug)
    reached = regions_reached()
    given = [share for share in shares(database(), consultation) if share.made and share.region in reached]
    address = url_for("members.choose_language", slug=slug, _external=True)
    return render_template(
        "rounds/reminders.html",
        consultation=consultation,
        reminders=_reminders(given, address),
        regions=REGIONS,
    )


def _summed(counts: Counter[tuple[str, str]], part: int) -> Counter[str]:
    summed: Counter[str] = Counter()
    for key, count in counts.items():
        summed[key[part]] += count
    return summed


def _coarse(count: int) -> int:
    return count - count % STEP


def _reminders(given: Iterable[Share], address: str) -> list[Reminder]:
    by_language: dict[str, list[Share]] = {}
    for share in given:
        by_language.setdefault(share.organisation.language, []).append(share)
    return [
        Reminder(language, _text(language, address), tuple(found))
        for language, found in sorted(by_language.items(), key=lambda pair: autonym(pair[0]))
    ]


def _text(language: str, address: str) -> str:
    say = words(best_match(language, INTERFACE_LANGUAGES) or "en").gettext
    parts = (say(GREETING), say(STILL_OPEN), say(HAND_ON) % {"address": address}, say(ASK_NOBODY))
    return "\n\n".join(parts)
