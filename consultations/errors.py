"""Failures that are expected: each is named for its event and carries words for its reader."""

from __future__ import annotations


def N_(message: str) -> str:
    """Mark a message for the catalogues; `pages` translates it when it is shown."""
    return message


class Problem(Exception):
    """Something that can go wrong in normal use. `message` is an English source text with named placeholders."""

    status = 400
    message = N_("This did not work. Please go back and try again.")

    def __init__(self, **values: object) -> None:
        super().__init__(self.message)
        self.values = values


class NotFound(Problem):
    status = 404
    message = N_("There is no page at this address.")


class NotAllowed(Problem):
    status = 403
    message = N_("Your role does not include this. An administrator can change that.")
