"""What a text must hold for a pattern to match in it, read from the pattern itself.

A pattern is read as ways to match it. A way is a list of choices, and a text in which it matches
holds at least one string of every choice: ``(?:箱|袋)が.*(?:破れ|潰)`` has one way, of the choices
箱が or 袋が, and 破れ or 潰. What is read is never more than what a match needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, Final

Choice = frozenset[str]
Way = tuple[Choice, ...]

_MOST_STRINGS: Final = 120  # that a part is spelled out as; what has more is cut into smaller parts
_MOST_CHOSEN: Final = 400  # strings of a choice; one of so many is hardly ever absent from a text
_WIDEST_RANGE: Final = 16  # signs of a range that is spelled out
_OTHER_CASES: Final = frozenset("iks")  # ASCII letters that Unicode gives a third form: ı, K, ſ
_REPEATS: Final = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)


@dataclass(frozen=True)
class _Part:
    """A part of a pattern.

    Attributes
    ----------
    strings : frozenset of str, optional
        All that the part can match, where these are few.
    ways : tuple of Way
        Of a part that is not spelled out; a way without choices says nothing.
    """

    strings: Choice | None
    ways: tuple[Way, ...] = ((),)


_EMPTY: Final = frozenset({""})
_UNKNOWN: Final = _Part(None)


def find_ways(pattern: re.Pattern[str]) -> tuple[Way, ...]:
    """Find the ways to match a pattern, each with what a text must hold for it.

    Parameters
    ----------
    pattern : re.Pattern

    Returns
    -------
    tuple of Way
        The choice that the fewest texts fulfil stands first. A single way without choices where
        nothing can be said.

    Examples
    --------
    >>> [[sorted(one) for one in way] for way in find_ways(re.compile("き?つい.*[足脚]|箱"))]
    [[['つい'], ['脚', '足']], [['箱']]]
    """
    part = _read_sequence(
        _parser.parse(pattern.pattern, pattern.flags & re.VERBOSE),
        is_cased=not pattern.flags & re.IGNORECASE,
    )
    return _list_ways(part)


def _read_sequence(items: Iterable[Any], *, is_cased: bool) -> _Part:
    """Read parts that stand one after another."""
    run = _EMPTY
    needed: list[tuple[Way, ...]] = []
    for item in items:
        if item[0] is _constants.ASSERT:  # stands beside the run, and does not part it
            needed.append(_list_ways(_read_sequence(item[1][1], is_cased=is_cased)))
            continue
        part = _read_part(item, is_cased=is_cased)
        if part.strings is None:
            needed += [_demand(run), part.ways]
            run = _EMPTY
        elif len(run) * len(part.strings) <= _MOST_STRINGS:
            run = frozenset(map("".join, product(run, part.strings)))
        else:
            needed.append(_demand(run))
            run = part.strings
    return _Part(None, _join([*needed, _demand(run)])) if needed else _Part(run)


def _read_part(part: tuple[Any, Any], *, is_cased: bool) -> _Part:
    operation, argument = part
    if operation in (_constants.LITERAL, _constants.IN):
        signs = [part] if operation is _constants.LITERAL else argument
        return _unite([_read_sign(one, is_cased=is_cased) for one in signs])
    if operation is _constants.BRANCH:
        return _unite([_read_sequence(one, is_cased=is_cased) for one in argument[1]])
    if operation is _constants.SUBPATTERN:
        _, added, removed, inner = argument
        is_inner_cased = (is_cased or bool(removed & re.IGNORECASE)) and not added & re.IGNORECASE
        return _read_sequence(inner, is_cased=is_inner_cased)
    if operation in _REPEATS:
        least, most, repeated = argument
        return _repeat(_read_sequence(repeated, is_cased=is_cased), least=least, most=most)
    return _Part(_EMPTY) if operation in (_constants.AT, _constants.ASSERT_NOT) else _UNKNOWN


def _read_sign(part: tuple[Any, Any], *, is_cased: bool) -> _Part:
    """Read one sign, or one member of a class of signs."""
    operation, argument = part
    if operation is _constants.LITERAL:
        return _spell(chr(argument), is_cased=is_cased)
    if operation is _constants.RANGE and argument[1] - argument[0] < _WIDEST_RANGE:
        signs = map(chr, range(argument[0], argument[1] + 1))
        return _unite([_spell(sign, is_cased=is_cased) for sign in signs])
    return _UNKNOWN


def _spell(sign: str, *, is_cased: bool) -> _Part:
    if is_cased or sign.lower() == sign.upper():
        return _Part(frozenset({sign}))
    if sign.isascii() and sign.lower() not in _OTHER_CASES:
        return _Part(frozenset({sign.lower(), sign.upper()}))
    return _UNKNOWN


def _repeat(part: _Part, *, least: int, most: int) -> _Part:
    if part.strings is None:
        return _Part(None, part.ways) if least else _UNKNOWN
    if most == 1:
        return _Part(part.strings if least else part.strings | _EMPTY)
    return _Part(None, _demand(part.strings)) if least else _UNKNOWN


def _unite(parts: Sequence[_Part]) -> _Part:
    """Read parts of which one stands."""
    strings = frozenset[str]().union(*(part.strings or () for part in parts))
    if len(strings) <= _MOST_STRINGS and all(part.strings is not None for part in parts):
        return _Part(strings)
    ways = [way for part in parts if part.strings is None for way in part.ways]
    return _Part(None, (*(_demand(strings) if strings else ()), *ways))


def _list_ways(part: _Part) -> tuple[Way, ...]:
    ways = part.ways if part.strings is None else _demand(part.strings)
    return ways if all(ways) else ((),)


def _demand(strings: Choice) -> tuple[Way, ...]:
    """Demand one of some strings, without those that hold another of them."""
    if "" in strings:
        return ((),)
    shortest: list[str] = []
    for string in sorted(strings, key=len):
        if not any(one in string for one in shortest):
            shortest.append(string)
    return ((frozenset(shortest),),) if len(shortest) <= _MOST_CHOSEN else ((),)


def _join(parts: Sequence[tuple[Way, ...]]) -> tuple[Way, ...]:
    """Demand all of some parts: the ways of the one that has most, with what the others need."""
    widest = max(range(len(parts)), key=lambda place: len(parts[place]))
    shared = [one for place, ways in enumerate(parts) if place != widest for one in _share(ways)]
    joined = {(*way, *shared) for way in parts[widest]}
    return tuple(
        tuple(sorted(set(way), key=lambda one: (rate_commonness(one), sorted(one))))
        for way in sorted(joined, key=lambda way: [sorted(one) for one in way])
    )


def _share(ways: tuple[Way, ...]) -> Way:
    """Find what all ways need."""
    if len(ways) == 1:
        return ways[0]
    if not all(ways):
        return ()
    chosen = frozenset[str]().union(*(min(way, key=rate_commonness) for way in ways))
    return tuple(way[0] for way in _demand(chosen) if way)


def rate_commonness(choice: Choice) -> float:
    """Rate how many texts hold one of some strings: fewer those of longer and fewer strings."""
    return sum(
        8.0 / (2.0 if string.isascii() else 4.0) ** (min(len(string), 4) - 1) for string in choice
    )
