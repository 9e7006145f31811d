"""The life of a consultation: which step may follow which."""

from __future__ import annotations

from consultations.errors import N_, Problem

#: In order; nothing goes back.
STATUSES = ("draft", "open", "closed", "unlocked")

#: Step -> (from, to).
STEPS = {
    "open": ("draft", "open"),
    "close": ("open", "closed"),
    "unlock": ("closed", "unlocked"),
}

#: How a status is called on a page.
STATUS_NAMES = {
    "draft": N_("Draft"),
    "open": N_("Open"),
    "closed": N_("Closed"),
    "unlocked": N_("Unlocked"),
}

#: Two people must hold the key: one who is ill, gone or detained must not take all answers along.
LEAST_KEY_HOLDERS = 2


class StepOutOfOrder(Problem):
    status = 409
    message = N_(
        "The consultation is not in the state that this step starts from. Reload the page to see where it stands."
    )


class TooFewKeyHolders(Problem):
    status = 409
    message = N_("Two people must hold the key of a consultation before it opens. Add a second key holder first.")


def after(status: str, step: str) -> str:
    """The status that `step` leads to; raises StepOutOfOrder when it cannot start from `status`."""
    start, end = STEPS[step]
    if status != start:
        raise StepOutOfOrder
    return end


def check_key_holders(holders: int) -> None:
    """Raises TooFewKeyHolders unless enough people hold the key."""
    if holders < LEAST_KEY_HOLDERS:
        raise TooFewKeyHolders
