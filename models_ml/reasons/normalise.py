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
# Signs that stand for themselves or for their lower case: most texts hold few others.
_PLAIN: Final = re.compile("[ !-%'-;=-_a-~ぁ-ゖァ-ヺー一-龥。、「」]*")
_JAPANESE: Final = r"\u3040-\u30ff\u3400-\u9fff々〆。、!?"
# A pattern that begins with a sign or a class of signs is searched far faster than others.
_BLANKS: Final = re.compile("  +")
_BESIDE_JAPANESE: Final = re.compile(rf" (?:(?<=[{_JAPANESE}] )|(?=[{_JAPANESE}]))")
_MAY_BE_DRAWN_OUT: Final = re.compile(r"([ー~っッ!?。、])(?:(?<=~)|\1)")
_DRAWN_OUT: Final = re.compile(r"(?<=[ぁ-んァ-ヶ])~+|([ー~っッ!?。、])\1+")
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


class _Spelled(NamedTuple):
    """A text with the span of the original that each of its signs stands for."""

    text: str
    starts: list[int]
    ends: list[int]


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
    spelled = _spell_all(text[:MAX_LENGTH])
    spelled = _replace(spelled, pattern=_BLANKS, replacement=" ")
    spelled = _replace(spelled, pattern=_BESIDE_JAPANESE, replacement="")
    if _MAY_BE_DRAWN_OUT.search(spelled.text):
        spelled = _replace(spelled, pattern=_DRAWN_OUT, replacement=None)
    if "'" in spelled.text:
        spelled = _replace(spelled, pattern=_BLANK_APOSTROPHE, replacement="'")
    first = int(spelled.text.startswith(" "))
    last = max(first, len(spelled.text) - spelled.text.endswith(" "))
    return NormalisedText(
        text=spelled.text[first:last],
        starts=tuple(spelled.starts[first:last]),
        ends=tuple(spelled.ends[first:last]),
        is_cut=len(text) > MAX_LENGTH,
    )


def _spell_all(text: str) -> _Spelled:
    """Spell plain signs as they are, by the run, and all others one by one with their marks."""
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    while place < len(text):
        end = _find_plain_end(text, place)
        if end > place:
            signs.append(text[place:end].lower())
            starts += range(place, end)
            ends += range(place + 1, end + 1)
        else:
            cluster, end = _take_cluster(text, place)
            spelled = _spell_text(cluster)
            signs.append(spelled)
            starts += [place] * len(spelled)
            ends += [end] * len(spelled)
        place = end
    return _Spelled("".join(signs), starts, ends)


def _find_plain_end(text: str, place: int) -> int:
    found = _PLAIN.match(text, place)
    end = found.end() if found else place
    is_marked = place < end < len(text) and _is_mark(text[end])
    return end - is_marked


def _take_cluster(text: str, place: int) -> tuple[str, int]:
    """Take one sign with its marks; a tag is one blank, an entity what it stands for."""
    if text[place] == "<" and (tag := _TAG.match(text, place)):
        return " ", tag.end()
    if text[place] == "&" and (entity := _ENTITY.match(text, place)):
        return html.unescape(entity[0]), entity.end()
    end = place + 1
    while end < len(text) and _is_mark(text[end]):
        end += 1
    return text[place:end], end


@functools.lru_cache(maxsize=20_000)
def _is_mark(sign: str) -> bool:
    return bool(unicodedata.combining(sign)) or sign in _VOICING


@functools.lru_cache(maxsize=20_000)
def _spell_text(text: str) -> str:
    """Spell one sign; a surrogate, a control or an unassigned sign becomes a blank."""
    spelled = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME).lower()
    kept = (sign for sign in spelled if unicodedata.category(sign) != "Cf")
    return "".join(
        " " if sign.isspace() or unicodedata.category(sign) in _NO_CHARACTER else sign
        for sign in kept
    )


def _replace(spelled: _Spelled, *, pattern: re.Pattern[str], replacement: str | None) -> _Spelled:
    """Shorten what matches to one character or none; None keeps the first of its characters."""
    text = spelled.text
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for found in pattern.finditer(text):
        start, end = found.span()
        signs.append(text[done:start])
        starts += spelled.starts[done:start]
        ends += spelled.ends[done:start]
        if put := (found[1] or "" if replacement is None else replacement):
            signs.append(put)
            starts.append(spelled.starts[start])
            ends.append(spelled.ends[end - 1])
        done = end
    if not done:
        return spelled
    return _Spelled(
        "".join([*signs, text[done:]]),
        starts + spelled.starts[done:],
        ends + spelled.ends[done:],
    )
