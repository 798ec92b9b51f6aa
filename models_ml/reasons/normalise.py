"""A text in one spelling, with the way back to the text as it was written.

Full and half width, upper and lower case, blanks, entities and tags of HTML, drawn-out vowels and
curly quotes say nothing about a reason. What is found in the normalised text is shown in the
original, so every normalised character knows the original characters it stands for.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Final, NamedTuple

MAX_LENGTH: Final = 4_000  # characters read; notes of customers hold a few hundred at most

_TAG: Final = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]{0,200}>", re.DOTALL)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
# A half-width voicing mark belongs to the sign before it, as any combining mark does.
_VOICING: Final = frozenset("ﾞﾟ")
_NO_CHARACTER: Final = frozenset({"Cs", "Cc", "Co", "Cn"})
_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ`´＇", "'"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("〜～∼", "~"),
        **dict.fromkeys("｡．", "。"),
        **dict.fromkeys("､，", "、"),
        "…": "。",
        "‥": "。",
        "・": " ",
    }
)
_JAPANESE: Final = r"\u3040-\u30ff\u3400-\u9fff々〆。、!?"
_BLANKS: Final = re.compile(r" {2,}")
_DRAWN_OUT: Final = re.compile(r"(?<=[ぁ-んァ-ヶ])~+|([ー~っッ!?。、])\1+")
_BESIDE_JAPANESE: Final = re.compile(rf"(?<=[{_JAPANESE}]) | (?=[{_JAPANESE}])")
# Word lists of annotated corpora and some shop exports set a blank around every apostrophe.
_BLANK_APOSTROPHE: Final = re.compile(r"(?<=[a-z]) ?(') ?(?=(?:t|s|m|re|ve|ll|d)\b)")


@dataclass(frozen=True)
class NormalisedText:
    """A text in one spelling.

    Attributes
    ----------
    text : str
        Lower case, NFKC, single blanks, none beside a Japanese sign.
    starts, ends : tuple of int
        For every character of ``text``, the span of the original that it stands for.
    is_cut : bool
        Whether the original was longer than ``MAX_LENGTH`` and only its beginning was read.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    is_cut: bool

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Find in the original what stands at ``[start, end)`` of the normalised text.

        Parameters
        ----------
        start, end : int
            Not empty: ``0 <= start < end <= len(text)``.

        Returns
        -------
        tuple of (int, int)
        """
        return self.starts[start], self.ends[end - 1]


class _Sign(NamedTuple):
    text: str
    start: int
    end: int


def normalise_text(text: str) -> NormalisedText:
    """Bring a text into one spelling.

    Parameters
    ----------
    text : str
        Anything, lone surrogates included; what is no character becomes a blank.

    Returns
    -------
    NormalisedText

    Examples
    --------
    >>> normalise_text("ｻｲｽﾞ　が<b>ＳＭＡＬＬ</b>").text
    'サイズが small'
    """
    signs = [one for cluster in _split_clusters(text[:MAX_LENGTH]) for one in _spell(cluster)]
    for pattern, replacement in (
        (_BLANKS, " "),
        (_BESIDE_JAPANESE, ""),
        (_DRAWN_OUT, None),
        (_BLANK_APOSTROPHE, "'"),
    ):
        signs = _replace(signs, pattern=pattern, replacement=replacement)
    while signs and signs[0].text == " ":
        signs.pop(0)
    while signs and signs[-1].text == " ":
        signs.pop()
    return NormalisedText(
        text="".join(sign.text for sign in signs),
        starts=tuple(sign.start for sign in signs),
        ends=tuple(sign.end for sign in signs),
        is_cut=len(text) > MAX_LENGTH,
    )


def _split_clusters(text: str) -> list[_Sign]:
    """Split into signs with their marks; a tag is one blank, an entity what it stands for."""
    clusters: list[_Sign] = []
    place = 0
    while place < len(text):
        if text[place] == "<" and (tag := _TAG.match(text, place)):
            clusters.append(_Sign(" ", place, tag.end()))
            place = tag.end()
        elif text[place] == "&" and (entity := _ENTITY.match(text, place)):
            clusters.append(_Sign(html.unescape(entity[0]), place, entity.end()))
            place = entity.end()
        else:
            end = place + 1
            while end < len(text) and (unicodedata.combining(text[end]) or text[end] in _VOICING):
                end += 1
            clusters.append(_Sign(text[place:end], place, end))
            place = end
    return clusters


def _spell(cluster: _Sign) -> list[_Sign]:
    return [_Sign(sign, cluster.start, cluster.end) for sign in _spell_text(cluster.text)]


@functools.lru_cache(maxsize=20_000)
def _spell_text(text: str) -> str:
    """Spell one sign; a surrogate, a control or an unassigned sign becomes a blank."""
    spelled = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME).lower()
    kept = (sign for sign in spelled if unicodedata.category(sign) != "Cf")
    return "".join(
        " " if sign.isspace() or unicodedata.category(sign) in _NO_CHARACTER else sign
        for sign in kept
    )


def _replace(
    signs: list[_Sign], *, pattern: re.Pattern[str], replacement: str | None
) -> list[_Sign]:
    """Shorten what matches to one character or none; None keeps the first of its characters."""
    text = "".join(sign.text for sign in signs)
    kept: list[_Sign] = []
    done = 0
    for found in pattern.finditer(text):
        kept += signs[done : found.start()]
        put = found[1] or "" if replacement is None else replacement
        if put:
            kept.append(_Sign(put, signs[found.start()].start, signs[found.end() - 1].end))
        done = found.end()
    return kept + signs[done:]
