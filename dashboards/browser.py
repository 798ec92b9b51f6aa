"""The system's Chromium: where it is, and how it is started without a network of its own."""

from __future__ import annotations

import shutil
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class BrowserError(Exception):
    """The browser cannot do what is asked; the message says what is missing."""


def find_browser() -> str:
    """Return the path of the system's Chromium.

    Raises
    ------
    BrowserError
        If there is none.
    """
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        raise BrowserError("no chromium on the path")
    return found
