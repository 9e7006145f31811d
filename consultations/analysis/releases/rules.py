"""The figures of the rules that tables are protected by, under the names that `release.json` gives them."""

from __future__ import annotations

from types import MappingProxyType

from consultations.analysis.disclosure import LEAST_BASE, LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.analysis.noise import MOST_NOISE

RULES = MappingProxyType(
    {
        "least_base": LEAST_BASE,
        "least_count": LEAST_COUNT,
        "least_base_for_shares": LEAST_BASE_FOR_SHARES,
        "most_noise": MOST_NOISE,
    }
)
