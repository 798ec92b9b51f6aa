"""Which language a text is in: Japanese, English, another one by its name, or none.

Scripts tell most languages apart. Texts in Latin letters are told by their function words
(``function_words.yml``), Chinese from Japanese without kana by what only Chinese writes.
"""

from __future__ import annotations

import importlib.resources
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import yaml

UNKNOWN: Final = "und"  # BCP 47: a text, but nobody can say of which language
READ: Final = ("ja", "en")

# ISO 639-1 by the script that a language has for itself, or mostly writes.
_SCRIPTS: Final[Mapping[str, re.Pattern[str]]] = {
    "ko": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
}
_KANA: Final = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
# Simplified forms and particles that no Japanese text writes.
_CHINESE: Final = re.compile(
    r"[们这没说吗呢吧啊很给还买东货质钱颜裤实际觉对应个时为几贵满紧宽"
    r"這們嗎沒還錢顏褲實覺對為幾滿緊寬您]"
)
_LATIN_WORD: Final = re.compile(r"[a-z\u00c0-\u024f\u1e00-\u1eff]+(?:'[a-z]+)?")
_LETTER: Final = re.compile(r"[^\W\d_]")
# A Japanese text may name brands and colours in Latin letters; three kana among them still speak.
_KANA_SHARE: Final = 0.08  # of letters
_HINTS_OF_ANOTHER: Final = 2  # function words more than English has, before English is doubted


@lru_cache(maxsize=1)
def _function_words() -> Mapping[str, tuple[str, ...]]:
    """Map every function word to the languages that it is one of."""
    text = importlib.resources.files("models_ml.reasons").joinpath("function_words.yml")
    words = yaml.safe_load(text.read_text("utf-8"))
    listed = {language: frozenset(str(line).split()) for language, line in words.items()}
    return {
        word: tuple(language for language, own in listed.items() if word in own)
        for word in frozenset().union(*listed.values())
    }


def detect_language(text: str) -> str:
    """Name the language that most of a text is in.

    Parameters
    ----------
    text : str
        Normalised, see ``normalise_text``; marks of redaction may stand in it.

    Returns
    -------
    str
        ISO 639-1 ("ja", "en", "de", "zh", …), or ``UNKNOWN`` where no letter or word tells.

    Examples
    --------
    >>> [detect_language(text) for text in ("サイズ違い", "too small", "zu klein und zu eng", "!")]
    ['ja', 'en', 'de', 'und']
    """
    letters = len(_LETTER.findall(text))
    if not letters:
        return UNKNOWN
    kana = len(_KANA.findall(text))
    if kana >= max(1, _KANA_SHARE * letters):
        return "ja"
    words = _LATIN_WORD.findall(text)
    if not text.isascii():
        counts = {name: len(script.findall(text)) for name, script in _SCRIPTS.items()}
        name = max(counts, key=lambda one: counts[one])
        han = len(_HAN.findall(text))
        latin = sum(map(len, words))
        if counts[name] > max(han, latin):
            return name
        if han * 2 > latin:  # a Chinese sign says about two letters
            return "zh" if _CHINESE.search(text) else "ja"
    return _detect_latin(words) if words else UNKNOWN


def _detect_latin(words: list[str]) -> str:
    languages = _function_words()
    hints = Counter(language for word in words for language in languages.get(word, ()))
    english = hints.pop("en", 0)
    other, found = max(hints.items(), key=lambda pair: (pair[1], pair[0]), default=(UNKNOWN, 0))
    if found > english and (found >= _HINTS_OF_ANOTHER or not english):
        return other
    # Words with marks of other spellings are not English, whatever language they are of.
    if english == 0 and any(not word.isascii() for word in words):
        return UNKNOWN
    return "en" if english else UNKNOWN
