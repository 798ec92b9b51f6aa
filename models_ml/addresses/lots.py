"""Whether what stands behind the town holds a lot number (番地)."""

from __future__ import annotations

import re
from typing import Final

from models_ml.addresses.codes import BANCHI_MISSING, BANCHI_SUSPECTED
from models_ml.addresses.folding import fold, fold_with_places

_NUMERALS: Final = "〇一二三四五六七八九十壱弐参"
_FROM_HIRAGANA: Final = "カケノツヘリル"  # katakana that the fold also makes of hiragana
_KATAKANA: Final = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホ"
    "マミムメモヤユヨラリルレロワヰヱヲンヴ"
)
_PURE: Final = "".join(sign for sign in _KATAKANA if sign not in _FROM_HIRAGANA)
_JOIN: Final = r"(?:[丁町]目?|番(?!館|街)地?|番町|地割|号(?![室棟館])|条|線|区|[-ノ・,.、/])"
_LOT_HEAD: Final = re.compile(
    r"第?[0-9]+(?:丁目|[丁番条線号](?=[0-9]|$)|番地|地割|区|[-・,.、/]|ノ[0-9]|$)"
)
_FLOOR: Final = r"階|F|号室|号棟|号館|室|棟|番館|番街"
_TWO: Final = re.compile(
    rf"第?[0-9]+{_JOIN}+(?:[甲乙丙イロハ東西南北第]{{0,2}})[0-9]+(?![0-9]|{_FLOOR})"
)
_ONE: Final = re.compile(rf"第?([0-9]+)({_FLOOR}|丁目?|番地|番(?!町)|号)?")
_FLOORS: Final = frozenset(_FLOOR.split("|"))
_DIGIT: Final = re.compile("[0-9]")
_LOT_AFTER_WORDS: Final = re.compile(r"[0-9]+(?:番(?!館|街)|丁目?[0-9])")
_HOUSE: Final = re.compile(f"[A-Z]|{fold('ビル')}")
_COUNTS: Final = re.compile("$|[丁号階地0-9-]|番(?![町館街])|ノ[0-9]")  # behind a kanji numeral
_LOT_OF_TWO: Final = re.compile("[0-9]+-[0-9]+$")
_STORIES: Final = ("階", "F")
_BUILDING: Final = re.compile(
    rf"[{_PURE}]-?[{_KATAKANA}]|[{_KATAKANA}]-?[{_PURE}]|[A-Z]{{2}}|"
    + "|".join(
        map(fold, ("荘", "館", "寮", "病院", "医院", "住宅", "団地", "公社", "会社", "大学", "駅"))
    )
)
_WITHOUT_NUMBER: Final = re.compile("番外|無番|番地ナシ|番地なし|地先|地内")
_ROOMS: Final = re.compile(
    "(?:"
    + "|".join(
        map(fold, ("マンション", "ハイツ", "コーポ", "アパート", "レジデンス", "メゾン", "ハイム"))
    )
    + ")[^0-9]*$"
)


def judge_lot(rest: str, *, most_blocks: int, original: str) -> str:
    """Say what is wrong with the lot number.

    Parameters
    ----------
    rest : str
        Folded text behind the town: the end of ``fold(original)``.
    most_blocks : int
        Up to which a number alone may be a 丁目 and no lot.
    original : str
        The whole address as it was typed.

    Returns
    -------
    str
        A code, or nothing.
    """
    if _TWO.match(rest):
        return ""
    rest = _restore_names(rest, original)
    one = _ONE.match(rest)
    if one:
        return _judge_single(one, rest, most_blocks=most_blocks)
    first = _DIGIT.search(rest)
    if first is None:
        return "" if _WITHOUT_NUMBER.search(rest) else BANCHI_MISSING
    words, numbers = rest[: first.start()], rest[first.start() :]
    if not _is_land(words, numbers, original=original):
        return BANCHI_MISSING
    found = _ONE.match(numbers)
    is_room = found is not None and (
        found[2] in _STORIES or (found[2] in _FLOORS and not _DIGIT.search(numbers, found.end()))
    )
    return BANCHI_MISSING if is_room else ""


def starts_with_lot(rest: str) -> bool:
    """Whether a folded text begins with a number that counts land, not with a name like 八島.

    Examples
    --------
    >>> starts_with_lot(fold("２丁目３")), starts_with_lot(fold("八島町46"))
    (True, False)
    """
    return _LOT_HEAD.match(rest) is not None


def lacks_room(rest: str) -> bool:
    """Whether a block of flats is named and no room."""
    return _ROOMS.search(rest) is not None


def _judge_single(one: re.Match[str], rest: str, *, most_blocks: int) -> str:
    unit = one[2]
    if unit in _FLOORS:
        return BANCHI_MISSING
    if unit in ("丁", "丁目"):
        after = _DIGIT.search(rest, one.end())
        is_lot = after is not None and not _BUILDING.search(rest[one.end() : after.start()])
        return "" if is_lot else BANCHI_MISSING
    is_bare = not unit and int(one[1][:9]) <= most_blocks
    return BANCHI_SUSPECTED if is_bare else ""


def _is_land(words: str, numbers: str, *, original: str) -> bool:
    """Whether numbers behind words count land, not floors or rooms of a building."""
    if (
        _LOT_AFTER_WORDS.match(numbers)
        or _LOT_OF_TWO.match(numbers)
        or "字" in original.replace("大字", "")
    ):
        return True
    end = len(numbers) - len(numbers.lstrip("0123456789"))
    is_house = words.endswith("第") or _HOUSE.match(numbers, end) is not None
    return not (is_house or _BUILDING.search(words))


def _restore_names(rest: str, original: str) -> str:
    """Give numerals that are part of a name (三井ビル) back, so that they count nothing."""
    if not any(sign in original for sign in _NUMERALS):
        return rest
    folded = fold_with_places(original)
    start = len(folded.text) - len(rest)
    signs = list(rest)
    for place in range(len(signs) - 1, -1, -1):
        typed = original[folded.starts[start + place]]
        if typed in _NUMERALS and not _COUNTS.match("".join(signs[place + 1 : place + 3])):
            signs[place] = "＊"
    return "".join(signs)
