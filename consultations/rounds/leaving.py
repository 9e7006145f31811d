"""Where *Leave now* leads: a harmless site for each consultation and language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from consultations.errors import N_, Problem
from forms.questionnaire import UNNAMED

#: A search page is what most browsers open with, asks nothing, is small on prepaid data, and is reachable where its
#: language is spoken: Google is not in China. Weather pages look more homely but weigh megabytes.
DEFAULT_SITES: Mapping[str, str] = MappingProxyType(
    {
        "zh": "https://www.baidu.com/",
        "en": "https://www.google.com/?hl=en",
        "fr": "https://www.google.com/?hl=fr",
        "ru": "https://ya.ru/",
        "es": "https://www.google.com/?hl=es",
        "ar": "https://www.google.com/?hl=ar",
    }
)
DEFAULT_SITE = "https://www.google.com/"
LONGEST_SITE = 200
#: A name with a dot, in ASCII: no address of this machine or its network, no user name, no port.
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)


class SiteUnfit(Problem):
    status = 422
    message = N_("“Leave now” can only lead to a whole address that begins with https://, such as %(example)s.")


def checked_sites(sites: Mapping[str, str]) -> dict[str, str]:
    """`sites` by language without the empty ones. Raises SiteUnfit."""
    wanted = {language: address.strip() for language, address in sites.items() if address.strip()}
    for address in wanted.values():
        if not is_site(address):
            raise SiteUnfit(example=DEFAULT_SITES["en"])
    return wanted


def is_site(address: str) -> bool:
    """Whether that is an https address of the public web, fit for a redirect."""
    if len(address) > LONGEST_SITE or not address.isascii() or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and _HOST.fullmatch(parts.netloc) is not None


def neutral_site(chosen: Mapping[str, str], language: str) -> str:
    """What staff chose for that language or for all, else the default of the language; whatever the database holds."""
    for code in (language, language.split("-")[0], UNNAMED):
        if is_site(chosen.get(code, "")):
            return chosen[code]
    return DEFAULT_SITES.get(language.split("-")[0], DEFAULT_SITE)
