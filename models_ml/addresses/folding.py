"""Spellings of a place → one: width, blanks, numerals, kana that look alike, variants of kanji."""

from __future__ import annotations

import importlib.resources
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

UNREADABLE: Final = "\ufffd"  # what stands for a sign that no address holds
_EMOJI: Final = ((0x2600, 0x27BF), (0x1F000, 0x1FFFF), (0xFE00, 0xFE0F))
_DASHES: Final = "‐‑‒–—―−－ｰー─━〜～~﹣"
# Of each group the first stands for all. Groups are spellings of one character, never meanings.
_GROUPS: Final = (
    "ケヶがガヵ箇げゲかカけ个",
    "ノの之乃",
    "ツつッっヅづ",
    "ヘへベべペぺ",
    "リり",
    "ルる",
    "1一壱",
    "2二弐",
    "3三参",
    "4四",
    "5五",
    "6六",
    "7七",
    "8八",
    "9九",
    "0〇零○",
)
_VARIANTS: Final = "variant_kanji.txt"  # one kanji a line, the usual form first
_GAP: Final = re.compile(r"(?<=[0-9０-９])[ 　]+(?=[0-9０-９])")  # keeps two numbers apart
_WAY: Final = re.compile("通リ")
_TEN: Final = re.compile(r"([1-9]?)十([1-9](?![0-9十]))?")


def _build_single() -> dict[int, str]:
    single = {ord(sign): group[0] for group in _GROUPS for sign in group}
    variants = importlib.resources.files("models_ml.addresses").joinpath(_VARIANTS)
    for group in variants.read_text("utf-8").split():
        for sign in group[1:]:
            single.setdefault(ord(sign), group[0])
    single |= {ord(sign): "-" for sign in _DASHES}
    small, large = "ぁぃぅぇぉゃゅょゎァィゥェォャュョヮ", "あいうえおやゆよわアイウエオヤユヨワ"
    single |= {ord(one): other for one, other in zip(small, large, strict=True)}
    return single | {ord("字"): ""}


_SINGLE: Final[Mapping[int, str]] = MappingProxyType(_build_single())


class _SignMap(dict[int, str]):
    """What each sign is folded to, found out when it is first met: a memory, not a state."""

    def __missing__(self, sign: int) -> str:
        found = self[sign] = _fold_sign(sign)
        return found


def _fold_sign(sign: int) -> str:
    if sign in _SINGLE:
        return _SINGLE[sign]
    if any(low <= sign <= high for low, high in _EMOJI):
        return UNREADABLE
    # A voiced kana is its plain one: half-width kana carry the mark as a sign of its own.
    plain = unicodedata.normalize("NFKD", chr(sign))
    kept = "".join(c for c in plain if not (c.isspace() or unicodedata.category(c) in ("Cf", "Mn")))
    folded = "".join(_SINGLE.get(ord(c), c) for c in kept).upper()
    is_odd = any(unicodedata.category(c) in ("Cc", "Cs", "Cn") for c in folded)
    return UNREADABLE if is_odd else folded


_SIGNS: Final = _SignMap()


@dataclass(frozen=True)
class FoldedText:
    """A folded text that knows where its characters come from.

    Attributes
    ----------
    text : str
        Folded.
    starts, ends : tuple of int
        Where in the original the characters behind each folded one begin and end.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def find_span(self, start: int, end: int) -> tuple[int, int]:
        """Find the span of the original behind ``text[start:end]``; an empty one stays empty."""
        if start < end:
            return self.starts[start], self.ends[end - 1]
        place = self.ends[start - 1] if start else 0
        return place, place


def fold(text: str) -> str:
    """Fold a text so that harmless spellings of one place are equal.

    Parameters
    ----------
    text : str
        As somebody typed it, or of the postal table.

    Returns
    -------
    str
        Without blanks and without 大字 and 字.

    Examples
    --------
    >>> fold("旭ヶ丘　二十一丁目 ３－１"), fold("旭が丘21丁目3-1")
    ('旭ケ丘21丁目3-1', '旭ケ丘21丁目3-1')
    """
    if " " in text or "　" in text:
        text = _GAP.sub("-", text)
    folded = text.replace("大字", "").translate(_SIGNS)
    if "十" in folded:
        folded = _TEN.sub(_count_tens, folded)
    return folded.replace("通リ", "通")


def fold_with_places(text: str) -> FoldedText:
    """Fold a text and remember where each folded character comes from.

    Parameters
    ----------
    text : str

    Returns
    -------
    FoldedText
        Its text equals ``fold(text)``.
    """
    signs: list[tuple[str, int, int]] = []
    gaps = {found.start(): found.end() for found in _GAP.finditer(text)}
    place = 0
    while place < len(text):
        if text.startswith("大字", place):
            place += 2
            continue
        if place in gaps:
            signs.append(("-", place, gaps[place]))
            place = gaps[place]
            continue
        signs += [(sign, place, place + 1) for sign in _SIGNS[ord(text[place])]]
        place += 1
    signs = _replace(signs, _TEN, _count_tens)
    signs = _replace(signs, _WAY, lambda _: "通")
    return FoldedText(
        "".join(sign for sign, _, _ in signs),
        tuple(start for _, start, _ in signs),
        tuple(end for _, _, end in signs),
    )


def _replace(
    signs: list[tuple[str, int, int]],
    pattern: re.Pattern[str],
    write: Callable[[re.Match[str]], str],
) -> list[tuple[str, int, int]]:
    """Replace what a pattern finds; each new sign spans all that was replaced."""
    kept, last = [], 0
    for found in pattern.finditer("".join(sign for sign, _, _ in signs)):
        kept += signs[last : found.start()]
        start, end = signs[found.start()][1], signs[found.end() - 1][2]
        kept += [(sign, start, end) for sign in write(found)]
        last = found.end()
    return kept + signs[last:]


def _count_tens(found: re.Match[str]) -> str:
    return str(int(found[1] or 1) * 10 + int(found[2] or 0))
