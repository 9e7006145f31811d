"""What every consultation is promised by the product itself: facts for the statement that is frozen at opening."""

from __future__ import annotations

from typing import Any

from consultations.analysis.disclosure import LEAST_BASE, LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.flood.limits import KEY_SECONDS
from consultations.responses.drafts import LIFETIME_DAYS


def promised(onion_address: str) -> dict[str, Any]:
    """`{"least_base": 10, "least_count": 5, "least_base_for_shares": 20, "draft_days": 30, "counted_in_memory": 15}`.

    The smallest group and number that are shown, the smallest group whose shares are, how long a saved draft is kept,
    after how many minutes flood control forgets, and `onion`, the address of the onion service ('' for none).
    """
    return {
        "least_base": LEAST_BASE,
        "least_count": LEAST_COUNT,
        "least_base_for_shares": LEAST_BASE_FOR_SHARES,
        "draft_days": LIFETIME_DAYS,
        "counted_in_memory": KEY_SECONDS // 60,
        "onion": onion_address,
    }
