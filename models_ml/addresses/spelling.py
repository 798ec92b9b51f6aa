"""Whether two names of a town differ in form only, or in what they say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from models_ml.addresses.places import Town

_ALIKE: Final = (
    "口ロ 2ニ 8ハ 夕タ 工エ 卜ト 千チ 3ミ 才オ 木ホ -1"  # each kanji and the kana like it
)
_DROPPED: Final = "ノツヘカケ力"  # written or left out, or alike
_ENDINGS: Final = ("町", "村")
_HIRAGANA: Final = (0x3041, 0x3096)
_TO_KATAKANA: Final = 0x60
_SHORTEST_NAME: Final = 2  # below it another character is another town


def _build_loose() -> dict[int, str]:
    loose = {ord(pair[1]): pair[0] for pair in _ALIKE.split()}
    loose |= dict.fromkeys(map(ord, _DROPPED), "")
    for hiragana in range(_HIRAGANA[0], _HIRAGANA[1] + 1):
        katakana = hiragana + _TO_KATAKANA
        loose[hiragana] = loose.get(katakana, chr(katakana))
    return loose


_LOOSE: Final = _build_loose()


class Variant(NamedTuple):
    """A town that a text may mean, and how many of its characters name it."""

    town: Town
    length: int


def loosen(key: str) -> str:
    """Leave of a folded name what differs between names and not between spellings.

    Examples
    --------
    >>> loosen("甲子園ロ") == loosen("甲子園口")
    True
    """
    return key.translate(_LOOSE)


def find_variants(text: str, towns: Iterable[Town]) -> list[Variant]:
    """Find the towns whose name, in another form, a folded text begins with.

    Parameters
    ----------
    text : str
        Folded, from the town on.
    towns : iterable of Town

    Returns
    -------
    list of Variant
        Those of the longest name.
    """
    found = []
    loose = loosen(text)
    for town in towns:
        key = loosen(town.key)
        if len(key) >= _SHORTEST_NAME and loose.startswith(key):
            length = _measure(text, key)
            if length:
                found.append(Variant(town, length))
        elif town.key.endswith(_ENDINGS) and len(town.key) > _SHORTEST_NAME:
            stem = town.key[:-1]
            if _stands_alone(text, stem):
                found.append(Variant(town, len(stem)))
        if not found or found[-1].town is not town:
            found += _find_shortened(text, town)
    longest = max((one.length for one in found), default=0)
    return [one for one in found if one.length == longest]


def is_near(text: str, town: Town) -> bool:
    """Whether a folded text begins with the town's name but for one character.

    Examples
    --------
    >>> is_near("道弦坂2-10", Town("道玄坂", "道玄坂", (), 50))
    True
    """
    key = town.key
    if len(key) < _SHORTEST_NAME:
        return False
    for place, sign in enumerate(key):
        if text[place : place + 1] != sign:
            rest = key[place + 1 :]
            return (
                text.startswith(rest, place + 1)
                or bool(rest and text.startswith(rest, place))
                or text.startswith(key[place:], place + 1)
            )
    return False


def _find_shortened(text: str, town: Town) -> list[Variant]:
    """Find the town where the first part of its name is left out: 神田三崎町, 三崎町."""
    for start in range(1, len(town.key) - 1):
        if _stands_alone(text, town.key[start:]):
            return [Variant(town, len(town.key) - start)]
    return []


def is_changed(text: str, town: Town) -> bool:
    """Whether a folded text begins with the town's name, one character of it changed.

    Examples
    --------
    >>> is_changed("南幸町2-80", Town("北幸町", "北幸町", (), 0))
    True
    """
    key, begin = town.key, text[: len(town.key)]
    differing = sum(one != other for one, other in zip(key, begin, strict=False))
    return len(key) >= _SHORTEST_NAME and len(begin) == len(key) and differing == 1


def _stands_alone(text: str, name: str) -> bool:
    """Whether a name is followed by a number or nothing, so that it is the whole name."""
    return text.startswith(name) and text[len(name) : len(name) + 1] in "0123456789"


def _measure(text: str, key: str) -> int:
    for length in range(len(key), len(text) + 1):
        if loosen(text[:length]) == key:
            return length
    return 0
