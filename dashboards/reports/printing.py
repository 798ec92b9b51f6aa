"""A document as PDF, by the system's Chromium, which is given no network."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from dashboards.browser import BROWSER_FLAGS, BrowserError, find_browser

PRINT_SECONDS: Final = 120.0
# Nothing is looked up by name, and the document's own policy lets nothing be loaded.
PRINT_FLAGS: Final = (
    "--headless",
    "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-extensions",
    "--disable-dev-shm-usage",
)
PAGE: Final = re.compile(rb"/Type\s*/Page\b")


def print_pdf(html: str) -> bytes:
    """Print a document.

    Parameters
    ----------
    html : str
        A whole document that needs nothing from outside.

    Returns
    -------
    bytes

    Raises
    ------
    BrowserError
        If there is no Chromium, or it writes no file.
    """
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="kaeru-print-") as folder:
        source, target = Path(folder) / "document.html", Path(folder) / "document.pdf"
        source.write_text(html, encoding="utf-8")
        places = (f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri())
        try:
            done = subprocess.run(  # noqa: S603 - our own command
                [browser, *BROWSER_FLAGS, *PRINT_FLAGS, *places],
                capture_output=True,
                timeout=PRINT_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BrowserError(f"{Path(browser).name}: {error}") from error
        if done.returncode or not target.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise BrowserError(f"{Path(browser).name}: {said[-1] if said else done.returncode}")
        return target.read_bytes()


def count_pages(pdf: bytes) -> int:
    """Count the pages of a PDF that Chromium wrote.

    Examples
    --------
    >>> count_pages(b"<</Type /Pages /Kids [2 0 R]>> <</Type /Page>>")
    1
    """
    return len(PAGE.findall(pdf))
