"""How surely a few characters are a Japanese name."""

from __future__ import annotations

import re
from typing import Final

from models_ml.reasons.person_names import (
    EVERYDAY_WORDS,
    GIVEN_CHARACTERS,
    GIVEN_ENDINGS,
    KANA_SURNAMES,
    NO_ANSWERS,
    NOT_FULL_NAMES,
    NOT_GIVEN_NAMES,
    NOT_SURNAMES,
    SINGLE_SURNAMES,
    STRONG_SURNAME_ENDINGS,
    SURNAME_BEGINNINGS,
    SURNAME_ENDINGS,
    SURNAMES,
)

KANJI: Final = "(?:[一-龥々ヶ﨑]|(?<=[一二三四五六七八九十井木樋堀山竹])ノ(?=[一-龥]))"  # 一ノ瀬
HIRAGANA: Final = "[ぁ-ん]"
KATAKANA: Final = "[ァ-ヴー]"
PLAUSIBLE, LIKELY, SURE = 1, 2, 3

_ALL_KANA: Final = re.compile("[ぁ-んァ-ヴー ]+")
_TO_KATAKANA: Final = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_LONGEST_SURNAME: Final = 5  # 勅使河原, 長宗我部 and one more
_LONGEST_GIVEN: Final = 3
_SHAPED: Final = (2, 3)  # characters of a surname that is known by its shape
_KANA_CUTS: Final = (3, 4, 5)  # characters of a surname's reading before a given name's


def is_listed(name: str) -> bool:
    """Tell whether a text is a known surname and no everyday word."""
    return name in SURNAMES and name not in NOT_SURNAMES


def is_known_kana_surname(name: str) -> bool:
    """Tell whether a text in hiragana or katakana reads as a frequent surname."""
    return name.translate(_TO_KATAKANA) in KANA_SURNAMES


def has_surname_shape(name: str) -> bool:
    """Tell whether the first and the last character are those of many surnames."""
    if len(name) not in _SHAPED or name in NOT_SURNAMES or name in EVERYDAY_WORDS:
        return False
    if len(name) == _SHAPED[0] and name[-1] in STRONG_SURNAME_ENDINGS:
        return True
    middle = all(letter in SURNAME_BEGINNINGS or letter in SURNAME_ENDINGS for letter in name[1:-1])
    return name[0] in SURNAME_BEGINNINGS and name[-1] in SURNAME_ENDINGS and middle


def are_given(letters: str) -> bool:
    """Tell whether characters can be a given name: most of them appear in given names."""
    if not 0 < len(letters) <= _LONGEST_GIVEN or letters in NOT_GIVEN_NAMES:
        return False
    known = sum(letter in GIVEN_CHARACTERS for letter in letters)
    return known >= max(1, len(letters) - 1)


def _are_surely_given(letters: str) -> bool:
    is_long = 1 < len(letters) <= _LONGEST_GIVEN
    return is_long and all(letter in GIVEN_CHARACTERS for letter in letters)


def _is_rare_full_name(name: str, *, cut: int) -> bool:
    """Tell whether half a surname's shape is followed by a given name with a given name's end."""
    is_half = name[0] in SURNAME_BEGINNINGS or name[cut - 1] in SURNAME_ENDINGS
    is_given = _are_surely_given(name[cut:]) and name[-1] in GIVEN_ENDINGS
    return cut in _SHAPED and is_half and is_given and name[:cut] not in NOT_SURNAMES


def begins_with_surname(name: str) -> bool:
    """Tell whether a run is a listed surname and up to three more characters of no known word."""
    plain = name.replace("　", "").replace(" ", "")
    if plain in EVERYDAY_WORDS:
        return False
    return any(
        is_listed(plain[:cut]) and plain[cut:] not in NOT_GIVEN_NAMES
        for cut in range(max(2, len(plain) - _LONGEST_GIVEN), min(_LONGEST_SURNAME, len(plain)))
    )


def is_full_name(name: str) -> bool:
    """Tell whether a run is a surname and a given name, with or without a space between."""
    surname, space, given = name.replace("　", " ").replace("・", " ").partition(" ")
    if name in NOT_FULL_NAMES or name in EVERYDAY_WORDS:
        return False
    if space:
        if surname in KANA_SURNAMES:
            return True
        is_surname = surname in SURNAMES or surname in SINGLE_SURNAMES or has_surname_shape(surname)
        is_kana = _ALL_KANA.fullmatch(given) is not None
        return is_surname and (are_given(given) or (is_kana and surname in SURNAMES))
    return any(
        (name[:cut] in SURNAMES and are_given(name[cut:]))
        or ((name[:cut] in SINGLE_SURNAMES or has_surname_shape(name[:cut])) and rest_is_given)
        or _is_rare_full_name(name, cut=cut)
        for cut in range(1, min(_LONGEST_SURNAME + 1, len(name)))
        if (rest_is_given := _are_surely_given(name[cut:])) or name[:cut] in SURNAMES
    )


def rate_name(name: str) -> int:
    """Rate how surely a text is a name.

    Parameters
    ----------
    name : str
        Characters of one script, perhaps with a space or a middle dot.

    Returns
    -------
    int
        0 not a name, 1 ``PLAUSIBLE``, 2 ``LIKELY``, 3 ``SURE``.
    """
    plain = name.replace("　", " ").replace("・", " ")
    if _ALL_KANA.fullmatch(plain):
        return _rate_kana(plain, has_dot="・" in name)
    if is_listed(plain) or is_full_name(name):
        return SURE
    if plain in SURNAMES or plain in SINGLE_SURNAMES or has_surname_shape(plain):
        return LIKELY
    return PLAUSIBLE if plain not in NOT_SURNAMES and plain not in NO_ANSWERS else 0


def _rate_kana(name: str, *, has_dot: bool) -> int:
    surname = name.split(" ")[0].translate(_TO_KATAKANA)
    beginnings = [surname[:cut] for cut in _KANA_CUTS if len(surname) > cut + 1]
    if surname in KANA_SURNAMES or any(part in KANA_SURNAMES for part in beginnings):
        return SURE
    return LIKELY if has_dot else 0
