"""Colours of the pages, in one stylesheet for light and dark."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

# Token: (light, dark). Measured contrasts are in the design; config.toml repeats what Streamlit
# itself paints, and a test compares the two.
TOKENS: Final = {
    "bg": ("#FCFBF8", "#14181B"),
    "sub": ("#F3F1EB", "#1D2327"),
    "sidebar": ("#F6F4EE", "#101316"),
    "ink": ("#1D2226", "#E8E5DE"),
    "muted": ("#5C6268", "#A4A9AC"),
    "line": ("#DEDAD1", "#333A3F"),
    "grid": ("#ECE9E1", "#262C30"),
    "ctx": ("#8A877E", "#757B7F"),
    "ctxfill": ("#DAD6CC", "#3A4146"),
    "accent": ("#1F4E79", "#8DB9E2"),
    "soft": ("#B9CCE0", "#34526E"),
    "red": ("#B3391B", "#F0907A"),
    "redsoft": ("#EBC3B6", "#5C3026"),
    "large": ("#B57A12", "#DDA94C"),
    "heat1": ("#EDF2F7", "#1E2B36"),
    "heat2": ("#CBDAE8", "#27405A"),
    "heat3": ("#A3BDD6", "#335A80"),
    "heat4": ("#3E6C97", "#8DB9E2"),
    "heat5": ("#1F4E79", "#C3DDF4"),
    "on-heat": ("#FFFFFF", "#14181B"),
}
SANS: Final = (
    '"Source Sans", "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "BIZ UDPGothic", '
    '"Yu Gothic UI", Meiryo, sans-serif'
)
SERIF: Final = (
    '"Source Serif", "Hiragino Mincho ProN", "Noto Serif JP", "Noto Serif CJK JP", '
    '"BIZ UDPMincho", "Yu Mincho", serif'
)


@cache
def read_stylesheet() -> str:
    """Return the stylesheet: tokens that follow the browser's theme, then the rules."""
    tokens = "".join(
        f"--k-{name}:light-dark({light},{dark});" for name, (light, dark) in TOKENS.items()
    )
    rules = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    # Streamlit sets color-scheme on .stApp; light-dark() follows it without a rerun.
    return f".stApp{{{tokens}}}\n{rules}"


def paint(token: str) -> str:
    """Return a token as a colour for charts.

    Examples
    --------
    >>> paint("accent")
    'var(--k-accent)'
    """
    if token not in TOKENS:
        raise KeyError(f"no colour {token!r}, expected one of {sorted(TOKENS)}")
    return f"var(--k-{token})"
