"""Which patterns can stand in a text at all, told by the pairs of signs that they need.

A lexicon holds some three hundred patterns, a note a handful of their words. Every pattern is read
once for what each of its matches must hold, a pair of signs or a single one out of a few; a text
that holds none of them is not searched. This never changes what is found, only how fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, Final

_MOST_NEEDED: Final = 400  # of one pattern; a wider choice is hardly ever absent from a text
_PAIR: Final = 2


class Prefilter:
    """Tells which of some patterns a text may hold.

    Parameters
    ----------
    patterns : sequence of re.Pattern
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._always = 0
        self._by_need: dict[str, int] = {}
        for number, pattern in enumerate(patterns):
            needed = find_needs(pattern)
            if needed is None:
                self._always |= 1 << number
                continue
            for one in needed:
                self._by_need[one] = self._by_need.get(one, 0) | 1 << number

    def select(self, text: str) -> list[int]:
        """Select the patterns that a text may hold.

        Parameters
        ----------
        text : str
            Normalised.

        Returns
        -------
        list of int
            Their numbers, ascending; every pattern that matches is among them.
        """
        held = self._always
        find = self._by_need.get
        for need in {*text, *map(str.__add__, text, text[1:])}:
            held |= find(need, 0)
        return _list_bits(held)


def _list_bits(bits: int) -> list[int]:
    listed = []
    while bits:
        lowest = bits & -bits
        listed.append(lowest.bit_length() - 1)
        bits ^= lowest
    return listed


def find_needs(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Find signs and pairs of signs of which every match of a pattern holds at least one.

    Parameters
    ----------
    pattern : re.Pattern
        Case counts.

    Returns
    -------
    frozenset of str, optional
        None where a match need not hold any.

    Examples
    --------
    >>> sorted(find_needs(re.compile("き?つい|ゆる[いく]")))
    ['つい', 'ゆる']
    """
    if pattern.flags & re.IGNORECASE:
        return None
    return _need_of(_parser.parse(pattern.pattern, pattern.flags & re.VERBOSE))


def _need_of(items: Iterable[Any]) -> frozenset[str] | None:
    """Take what is rarest among the parts that stand one after another."""
    best: frozenset[str] | None = None
    run = ""
    for operation, argument in [*items, (None, None)]:
        if operation is _constants.LITERAL:
            run += chr(argument)
            continue
        best = _rarer(best, _need_of_run(run))
        run = ""
        if operation is not None:
            best = _rarer(best, _need_of_part((operation, argument)))
    return best


def _need_of_run(run: str) -> frozenset[str] | None:
    if len(run) < _PAIR:
        return frozenset({run}) if run else None
    return frozenset({run[:_PAIR]})


def _need_of_part(part: tuple[Any, Any]) -> frozenset[str] | None:
    operation, argument = part
    if operation is _constants.SUBPATTERN:
        _, added_flags, _, inner = argument
        return None if added_flags & re.IGNORECASE else _need_of(inner)
    if operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        least, _, repeated = argument
        return _need_of(repeated) if least else None
    if operation is _constants.BRANCH:
        return _unite([_need_of(branch) for branch in argument[1]])
    if operation is _constants.IN:
        return _unite([_need_of([one]) for one in argument])
    return None


def _unite(needs: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    united: set[str] = set()
    for need in needs:
        if need is None:
            return None
        united |= need
    return frozenset(united) if len(united) <= _MOST_NEEDED else None


def _rarer(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Take the need that fewer texts fulfil: pairs before single signs, few before many."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other, key=_rate_commonness)


def _rate_commonness(need: frozenset[str]) -> float:
    return sum(1.0 if len(one) == _PAIR else 8.0 for one in need)
