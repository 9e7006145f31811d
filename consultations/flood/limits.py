"""How often something may be tried from one address and by everybody, counted in this process's memory alone."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from consultations.errors import N_, Problem

#: The key of the buckets lives this long; all counts by address end with it.
KEY_SECONDS = 15 * 60
#: A bucket is about 250 bytes: 5 MB at most, whatever arrives. The oldest is forgotten first.
MOST_BUCKETS = 20_000
#: A household or a phone has 2^64 addresses of its own in IPv6.
IPV6_BITS = 64


class TooMany(Problem):
    status = 429
    message = N_("Too many tries. Please wait a few minutes.")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and as many again spread over so many seconds."""

    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limit:
    """What one address may do, and what all may do together."""

    one: Rate
    all: Rate


#: Each process counts for itself: with four, four times as much passes. Codes are long enough for that, so the numbers
#: are chosen for people: a thousand members behind one address (a network, a Tor exit) within a minute are let through,
#: and one address alone cannot use up what all others share.
#: - `code`: 11 characters of 31 are 54 bits; with 10,000 codes out, 3,000 tries a minute meet one in about 1,600 years
#:   on average, and one address alone in about 40,000.
#: - `resume` and `withdraw`: 24 digits, 73 bits without their check digits: no rate within reach of a server meets one.
#:   The limit spares the database.
#: - `save`: a draft is a row of some kB that stays for a month.
#: - `send`: who goes beyond it is not refused: an answer then costs work or waiting, as in a rush (`rush`).
LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "code": Limit(one=Rate(1_200, 600), all=Rate(3_000, 60)),
        "resume": Limit(one=Rate(120, 600), all=Rate(1_200, 60)),
        "withdraw": Limit(one=Rate(60, 600), all=Rate(600, 60)),
        "save": Limit(one=Rate(1_200, 3_600), all=Rate(1_200, 60)),
        "send": Limit(one=Rate(60, 600), all=Rate(10**9, 60)),
    }
)


@dataclass(slots=True)
class _Bucket:
    """A token bucket: what is left, and when it was counted (seconds of a monotonic clock)."""

    left: float
    at: float

    def refill(self, rate: Rate, now: float) -> None:
        self.left = min(rate.most, self.left + (now - self.at) * rate.most / rate.seconds)
        self.at = now


class Flood:
    """Token buckets by kind and address, and one by kind for all; safe to share between threads.

    The address is neither kept nor written: what stands for it is its HMAC-SHA256 under a random key that never leaves
    this object and is thrown away, with every bucket, after `KEY_SECONDS`. `now` is a monotonic clock in seconds.
    """

    def __init__(self, limits: Mapping[str, Limit] = LIMITS) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._key, self._made_at = secrets.token_bytes(32), float("-inf")
        self._ones: OrderedDict[tuple[str, bytes], _Bucket] = OrderedDict()
        self._alls: dict[str, _Bucket] = {}

    def take(self, what: str, address: str | None, now: float) -> None:
        """Count one try of the kind `what`. Raises TooMany, and then counts nothing."""
        limit = self._limits[what]
        with self._lock:
            buckets = [(self._all(what, limit, now), limit.all)]
            one = self._one(what, address, limit, now)
            if one is not None:
                buckets.append((one, limit.one))
            for bucket, rate in buckets:
                bucket.refill(rate, now)
                if bucket.left < 1:
                    raise TooMany
            for bucket, _ in buckets:
                bucket.left -= 1

    def give_back(self, what: str, address: str | None, now: float) -> None:
        """The try that was just counted was right: only wrong ones shall use anything up."""
        limit = self._limits[what]
        with self._lock:
            self._all(what, limit, now).left += 1
            one = self._one(what, address, limit, now)
            if one is not None:
                one.left += 1

    def _all(self, what: str, limit: Limit, now: float) -> _Bucket:
        return self._alls.setdefault(what, _Bucket(limit.all.most, now))

    def _one(self, what: str, address: str | None, limit: Limit, now: float) -> _Bucket | None:
        """The bucket of an address; none for one that many share by its nature."""
        if now - self._made_at > KEY_SECONDS:
            self._key, self._made_at = secrets.token_bytes(32), now
            self._ones.clear()
        network = network_of(address)
        if network is None:
            return None
        place = (what, hmac.digest(self._key, network, "sha256"))
        bucket = self._ones.setdefault(place, _Bucket(limit.one.most, now))
        self._ones.move_to_end(place)
        if len(self._ones) > MOST_BUCKETS:
            self._ones.popitem(last=False)
        return bucket


def network_of(address: str | None) -> bytes | None:
    """What counts as one sender: an IPv4 address or an IPv6 /64.

    None for what is not an address of the internet: behind an onion service, a proxy that nobody told us about or a
    local network everybody comes from the same one, and a limit on it would be a limit on all.
    """
    try:
        parsed = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address):
        parsed = parsed.ipv4_mapped or parsed
    if not parsed.is_global:
        return None
    return parsed.packed[: IPV6_BITS // 8] if parsed.version == 6 else parsed.packed
