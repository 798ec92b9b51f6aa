"""Row conditions of a mapping: which records are kept, and which feed an entity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from orchestration.landing.mapping_places import Place
from orchestration.landing.refusals import fold

TESTS: Final = ("equals", "not_equals", "in", "not_in", "matches", "not_matches", "is_empty")
_NEGATIVE: Final = frozenset({"not_equals", "not_in", "not_matches"})


@dataclass(frozen=True)
class Condition:
    """A test of one header's value.

    Attributes
    ----------
    headers : tuple of str
        Alternatives; the first that the file has is tested.
    values : frozenset of str
        Folded values of ``equals`` and ``in``; empty for the other tests.
    pattern : re.Pattern or None
        Of ``matches``: found anywhere in the value.
    is_negative : bool
        Whether the answer is turned round.

    Notes
    -----
    With neither values nor a pattern the test is "has a value". An empty value equals nothing and
    matches nothing; so ``not_equals``, ``not_in``, ``not_matches`` and ``is_empty`` hold for it.
    """

    headers: tuple[str, ...]
    values: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    is_negative: bool = False

    def holds(self, text: str | None) -> bool:
        """Tell whether the condition holds for a value; None is an empty one.

        Examples
        --------
        >>> Condition(("StockCode",), pattern=re.compile("^C"), is_negative=True).holds(None)
        True
        """
        folded = fold(text or "")
        if not folded:
            return self.is_negative
        if self.pattern is not None:
            return (self.pattern.search(folded) is not None) != self.is_negative
        return (not self.values or folded in self.values) != self.is_negative


@dataclass(frozen=True)
class AnyOf:
    """At least one of the conditions holds."""

    conditions: tuple[Condition, ...]


Test = Condition | AnyOf


def parse_tests(place: Place) -> tuple[Test, ...]:
    """Parse a list of conditions, all of which must hold.

    Parameters
    ----------
    place : Place
        ``[{column: …, equals: …}, {any: [{…}, {…}]}]``.

    Returns
    -------
    tuple of Test

    Raises
    ------
    MappingError
        If a condition has no column, not exactly one test, or a bad regular expression.
    """
    return tuple(_parse_test(entry) for entry in place.read_list())


def iterate_conditions(tests: tuple[Test, ...]) -> Iterator[Condition]:
    """Yield every single condition of a list of tests."""
    for test in tests:
        yield from test.conditions if isinstance(test, AnyOf) else (test,)


def _parse_test(place: Place) -> Test:
    if isinstance(place.node, dict) and "any" in place.node:
        options = place.read_options(("any",))
        return AnyOf(tuple(_parse_condition(entry) for entry in options["any"].read_list()))
    return _parse_condition(place)


def _parse_condition(place: Place) -> Condition:
    options = place.read_options(("column", *TESTS), needed=("column",))
    tests = [name for name in TESTS if name in options]
    if len(tests) != 1:
        place.refuse(
            "mapping_bad_value", found=" + ".join(tests) or "-", expected=" | ".join(TESTS)
        )
    [test] = tests
    headers = options["column"].read_texts()
    value = options[test]
    if test == "is_empty":
        return Condition(headers, is_negative=value.read_flag())
    if test in {"matches", "not_matches"}:
        return Condition(headers, pattern=value.read_pattern(), is_negative=test in _NEGATIVE)
    words = value.read_texts() if test in {"in", "not_in"} else (value.read_text(),)
    return Condition(headers, values=frozenset(map(fold, words)), is_negative=test in _NEGATIVE)
