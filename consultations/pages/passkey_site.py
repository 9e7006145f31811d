"""The host that was asked for, as passkeys are bound to it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import request

from consultations.pages.web import settings
from consultations.staff.passkeys import Site


def passkey_site() -> Site | None:
    """None at an address of digits: browsers bind passkeys to host names only (WebAuthn level 2, section 5.1.3).

    The host is one of `TRUSTED_HOSTS` where they are set; Flask answers others before any page does. What a browser
    signs names its own origin, so a host that was made up in a request leads to a refusal and nothing else.
    """
    host = urlsplit(f"//{request.host}").hostname or ""
    try:
        ip_address(host)
    except ValueError:
        scheme = "https" if settings().https else "http"
        return Site(host, f"{scheme}://{request.host}") if host else None
    return None
