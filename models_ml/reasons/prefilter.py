"""Which patterns can match in a text at all, told by the strings that they need.

A lexicon holds some three hundred patterns, a note a handful of their words. Every pattern is read
once for what a text must hold (``needs``); where that is absent, it is not searched. This never
changes what is found, only how fast.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, reduce
from operator import add, or_
from typing import Final

from models_ml.reasons.needs import find_ways

_Found = tuple[int, tuple[tuple[str, int], ...]]

_WORDS: Final = re.compile(r"[A-Za-z']+")
_WORDS_KEPT: Final = 2**15  # of which is known what they hold; a language's notes use fewer
_TEXTS_KEPT: Final = 64  # a text is asked about several times, one after another


class Prefilter:
    """Tells which of many patterns a text may hold.

    Every string that a way to match needs is asked for by a key: a word in Latin letters, else two
    neighbouring signs, or one. A text is split into such keys once, whatever the number of
    patterns. Which choices it fulfils is one number, a bit for every choice of every way.

    Parameters
    ----------
    patterns : sequence of re.Pattern
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        ways = [(n, way) for n, pattern in enumerate(patterns) for way in find_ways(pattern)]
        self._numbers = [number for number, _ in ways]
        self._rounds = max((len(way) for _, way in ways), default=0) or 1
        self._fulfilled = 0  # choices that are none, because the way has fewer
        bits: dict[str, int] = {}
        for place, (_, way) in enumerate(ways):
            for round_ in range(self._rounds):
                bit = 1 << round_ * len(ways) + place
                for string in way[round_] if round_ < len(way) else ():
                    bits[string] = bits.get(string, 0) | bit
                self._fulfilled |= bit if round_ >= len(way) else 0
        found = _index(bits)
        self._by_word = {key: own for key, own in found.items() if _WORDS.fullmatch(key)}
        self._by_sign = {key: own for key, own in found.items() if key not in self._by_word}
        self._longest = max(map(len, self._by_word), default=0)
        self._look_up = lru_cache(_WORDS_KEPT)(self._look_into_word)
        self._select_once = lru_cache(_TEXTS_KEPT)(self._select)

    def select(self, text: str) -> tuple[int, ...]:
        """Select the patterns that a text may hold.

        Parameters
        ----------
        text : str

        Returns
        -------
        tuple of int
            Their numbers, ascending; every pattern that matches is among them.
        """
        return self._select_once(text)

    def _select(self, text: str) -> tuple[int, ...]:
        signs = set(text)
        if not text.isascii():
            signs.update(map(add, text, text[1:]))
        found = [self._look_up(word) for word in set(_WORDS.findall(text))]
        found += [self._by_sign[sign] for sign in self._by_sign.keys() & signs]
        held = [own for _, longer in found for string, own in longer if string in text]
        bits = reduce(or_, held, reduce(or_, [whole for whole, _ in found], self._fulfilled))
        fulfilled = bits
        for _ in range(1, self._rounds):
            bits >>= len(self._numbers)
            fulfilled &= bits
        fulfilled &= (1 << len(self._numbers)) - 1
        return tuple(sorted({self._numbers[place] for place in _list_bits(fulfilled)}))

    def _look_into_word(self, word: str) -> _Found:
        parts = {
            word[start:end]
            for start in range(len(word))
            for end in range(start + 1, min(len(word), start + self._longest) + 1)
        }
        found = [self._by_word[part] for part in sorted(self._by_word.keys() & parts)]
        whole = reduce(or_, (own for own, _ in found), 0)
        return whole, tuple(pair for _, longer in found for pair in longer)


class Sieve:
    """Replaces by patterns, each searched only in a text that holds what it needs.

    Parameters
    ----------
    patterns : sequence of re.Pattern
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._places = {id(pattern): place for place, pattern in enumerate(patterns)}
        self._prefilter = Prefilter(patterns)

    def sub(
        self,
        pattern: re.Pattern[str],
        replace: str | Callable[[re.Match[str]], str],
        text: str,
    ) -> str:
        """Replace in a text as ``pattern``, one of the patterns, does."""
        held = self._prefilter.select(text)
        return pattern.sub(replace, text) if self._places[id(pattern)] in held else text


def _index(bits: Mapping[str, int]) -> dict[str, _Found]:
    """Index strings by their keys: the bits of the key itself, and longer strings with theirs."""
    sharing = Counter(key for string in bits for key in set(_list_keys(string)))
    longer: dict[str, list[tuple[str, int]]] = {}
    for string, own in sorted(bits.items()):
        key = min(_list_keys(string), key=lambda one: (sharing[one] / _rate_rarity(one), one))
        longer.setdefault(key, []).append((string, own))
    return {
        key: (bits.get(key, 0), tuple(pair for pair in pairs if pair[0] != key))
        for key, pairs in longer.items()
    }


def _list_bits(bits: int) -> list[int]:
    listed = []
    while bits:
        lowest = bits & -bits
        listed.append(lowest.bit_length() - 1)
        bits ^= lowest
    return listed


def _list_keys(string: str) -> list[str]:
    """List the parts of a string that a text can be asked for: words, else signs and their pairs.

    A word may be the part of one, and no string that is all ASCII is asked for by a pair.
    """
    if string.isascii():
        return _WORDS.findall(string) or list(string)
    return list(map(add, string, string[1:])) or [string]


def _rate_rarity(key: str) -> float:
    """Rate how few texts hold a key: words by their length, kanji and katakana above hiragana."""
    if key.isascii():
        return 2.0 ** len(key)
    return 4.0 ** sum(not "ぁ" <= sign <= "ん" for sign in key)
