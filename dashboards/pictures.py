"""Take a picture of every page in both languages: ``python -m dashboards.pictures``.

Needs playwright (a development dependency) and a Chromium of the system; nothing is downloaded.
"""

from __future__ import annotations

import argparse
import contextlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dashboards.browser import BROWSER_FLAGS, BrowserError, find_browser
from dashboards.launch import build_command
from dashboards.lib.navigation import FIRST
from dashboards.lib.serving import build_environment

if TYPE_CHECKING:
    from playwright.sync_api import Page

LANGUAGES: Final = ("ja", "en")
WIDTH: Final = 1280  # px, and HEIGHT: the window; a longer page is taken whole
HEIGHT: Final = 900
LONGEST: Final = 4000  # px
START_SECONDS: Final = 60.0
SETTLE_MS: Final = 700  # fonts and charts, after the last run of the script


class PictureError(Exception):
    """A picture cannot be taken; the message says what is missing."""


def list_pages() -> list[str]:
    """List the stems of the pages on disk."""
    folder = Path(__file__).parent / "pages"
    return sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")


@contextlib.contextmanager
def serve(shop: Path) -> Iterator[str]:
    """Serve the dashboards of a shop on a free port for a while.

    Yields
    ------
    str
        Their address.

    Raises
    ------
    PictureError
        If they do not come up.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(  # noqa: S603 - our own command
        build_command(port=port),
        env=build_environment(shop),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_up(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def build_page_address(base: str, *, page: str, language: str) -> str:
    """Return the address of a page in a language."""
    path = "" if page == FIRST else page
    return f"{base}/{path}?lang={language}"


def take_pictures(shop: Path, *, out: Path, pages: Sequence[str]) -> list[Path]:
    """Take a picture of each page in each language.

    Parameters
    ----------
    shop : Path
        A shop with a published version.
    out : Path
        Folder of the pictures, ``<page>-<language>.png``.
    pages : sequence of str
        Stems.

    Returns
    -------
    list of Path
    """
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    taken = []
    with serve(shop) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=list(BROWSER_FLAGS)
        )
        for page in pages:
            for language in LANGUAGES:
                window = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
                window.goto(build_page_address(base, page=page, language=language))
                path = out / f"{page}-{language}.png"
                _take_whole(window, path=path)
                window.close()
                taken.append(path)
        browser.close()
    return taken


def wait_until_still(window: Page) -> None:
    """Wait until Streamlit has run the page and the browser has drawn it."""
    window.wait_for_selector("h1")
    window.wait_for_selector('[data-testid=stApp][data-test-script-state="notRunning"]')
    window.wait_for_timeout(SETTLE_MS)


def _take_whole(window: Page, *, path: Path) -> None:
    """Make the window as long as the page, since Streamlit scrolls inside it, and take it."""
    wait_until_still(window)
    length = window.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    window.set_viewport_size({"width": WIDTH, "height": min(int(length), LONGEST)})
    window.wait_for_timeout(SETTLE_MS)
    window.screenshot(path=str(path))


def _wait_until_up(address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError):  # a busy machine answers late
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own server
            return
        time.sleep(0.2)
    raise PictureError(f"no answer from {address} after {START_SECONDS} s")


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shop", type=Path, required=True, help="a shop's folder")
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    arguments = parser.parse_args()
    try:
        taken = take_pictures(arguments.shop, out=arguments.out, pages=list_pages())
    except (BrowserError, PictureError) as error:
        sys.exit(str(error))
    sys.stdout.write("".join(f"{path}\n" for path in taken))


if __name__ == "__main__":
    main()
