"""What an installation is filled with: a questionnaire with every type that is typed, and what lies in the clear."""

from __future__ import annotations

from types import MappingProxyType

from tests.attacks.browsing import Place
from tests.attacks.needles import LETTERS

LANGUAGES = tuple(LETTERS)
OFFICIAL = ("zh", "en", "fr", "ru", "es")
_LABELS = " | ".join(f"label::{code}" for code in LANGUAGES)
_REGIONS = ("africa", "asia-pacific", "europe", "latin-america", "north-america-caribbean")

#: A question of every type that is answered by typing, in six languages.
FORM = "\n".join(
    [
        "| survey |",
        f"| | type | name | appearance | parameters | {_LABELS} |",
        f"| | begin_group | first | field-list | | {' | '.join(['first'] * len(LANGUAGES))} |",
        *(
            f"| | {kind} | {name} | {appearance} | {parameters} | {' | '.join([name] * len(LANGUAGES))} |"
            for kind, name, appearance, parameters in (
                ("select_one region", "region", "", ""),
                ("text", "one_line", "", ""),
                ("text", "story", "multiline", ""),
                ("text", "digits", "numbers", ""),
                ("integer", "whole", "", ""),
                ("decimal", "part", "", ""),
                ("date", "day", "", ""),
                ("date", "month", "month-year", ""),
                ("date", "year", "year", ""),
                ("time", "clock", "", ""),
                ("datetime", "moment", "", ""),
                ("range", "span", "", "start=0 end=900000000 step=1"),
                ("select_one place or_other", "elsewhere", "", ""),
                ("end_group", "", "", ""),
                ("begin_repeat", "job", "", ""),
                ("text", "doing", "", ""),
                ("integer", "earned", "", ""),
                ("end_repeat", "", "", ""),
                ("select_one permission", "quote_permission", "", ""),
            )
        ),
        "| choices |",
        f"| | list_name | name | {_LABELS} |",
        *(f"| | region | {code} | {' | '.join([code] * len(LANGUAGES))} |" for code in _REGIONS),
        f"| | place | home | {' | '.join(['home'] * len(LANGUAGES))} |",
        *(f"| | permission | {code} | {' | '.join([code] * len(LANGUAGES))} |" for code in ("with_region", "none")),
    ]
)


def _reasons(reason: str, page: str, **values: str) -> dict[Place, str]:
    return {Place(page, name): value for name, value in values.items()}


def _aims(page: str) -> dict[Place, str]:
    numbers = {"code": "1.1", "baseline": "10", "target": "60", "baseline_on": "", "target_on": ""}
    return _reasons("papers and lists show what is aimed at", page, name="More safety", **numbers)


#: What lies in the clear, by design; docs/attacks.md gives the reasons by these words.
PUBLIC = MappingProxyType(
    _reasons("members are shown it", "rounds.new", title="Open", asked_by="The network", purpose="To learn.")
    | _reasons("members are led there", "rounds.new", leave_to="https://example.org/")
    | _reasons("it is in every member's address", "rounds.new", slug="spring")
    | _reasons(
        "a number that decides how the machine works", "rounds.new", retention_months="24", invitation_quota="50"
    )
    | _reasons("a number of cards", "invitations.codes", count="12", until="", quota="60")
    | _reasons("who signs in is looked up by it", "joining.join", name="somebody")
    | _reasons("who signs in is looked up by it", "sign_in.sign_in_page", name="somebody")
    | _reasons("who signs in is looked up by it", "sign_in.recover_access", name="somebody")
    | _reasons("a number of days", "people.invite", days="7")
    | _reasons("the public half of another installation's key", "retention.export", public_key="")
    | _aims("indicators.new")
    | _aims("indicators.change")
    | _reasons("a number of months", "fieldwork.case_studies", months="24", retention_months="24")
)


CHOSEN = MappingProxyType({"region": ["europe"], "elsewhere": ["other"], "quote_permission": ["with_region"]})
