"""Colours: Streamlit's and ours are the same, and they can be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dashboards.lib.theme import SANS, TOKENS, read_stylesheet

ROOM = Path(__file__).parents[2] / "dashboards"
CONFIG = tomllib.loads((ROOM / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
SAME = {
    "primaryColor": "accent",
    "backgroundColor": "bg",
    "secondaryBackgroundColor": "sub",
    "textColor": "ink",
    "linkColor": "accent",
    "borderColor": "line",
    "redTextColor": "red",
    "grayTextColor": "muted",
    "codeTextColor": "ink",
    "codeBackgroundColor": "sub",
}


def compute_contrast(one: str, other: str) -> float:
    """Compute the contrast of two colours as WCAG 2 does."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("side", "theme"), list(enumerate(["light", "dark"])))
def test_streamlit_paints_with_our_tokens(side: int, theme: str) -> None:
    found = CONFIG["theme"][theme]
    assert {k: found[k] for k in SAME} == {k: TOKENS[token][side] for k, token in SAME.items()}
    assert found["sidebar"]["backgroundColor"] == TOKENS["sidebar"][side]
    assert CONFIG["theme"]["font"] == SANS


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize(
    ("text", "ground"),
    [("ink", "bg"), ("muted", "bg"), ("accent", "bg"), ("red", "bg"), ("ink", "sub")]
    + [("ink", f"heat{step}") for step in (1, 2, 3)]
    + [("on-heat", f"heat{step}") for step in (4, 5)],
)
def test_text_can_be_read(text: str, ground: str, side: int) -> None:
    assert compute_contrast(TOKENS[text][side], TOKENS[ground][side]) >= 4.5


def test_stylesheet_uses_only_tokens() -> None:
    css = read_stylesheet()
    assert set(re.findall(r"var\(--k-([\w-]+)\)", css)) <= set(TOKENS)
    rules = (ROOM / "lib" / "style.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", rules) == []
    assert "url(" not in css


def test_defaults_that_streamlit_has_wrong_are_set() -> None:
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["server"]["allowedHosts"] == ["127.0.0.1", "localhost"]
    assert CONFIG["runner"]["magicEnabled"] is False
