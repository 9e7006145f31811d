"""Pressing what leads to another page.

A click is done as soon as the browser was told of it. What a busy machine has not begun by then, the next step of a
test overtakes: a reload would bring back the page before.
"""

from __future__ import annotations

from playwright.sync_api import Locator


def follow(element: Locator) -> None:
    """Press a link or a button, and wait until the page that it leads to is there."""
    with element.page.expect_navigation():
        element.click()
