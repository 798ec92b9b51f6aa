"""Which zone a size is said of: only one that the grammar of its clause ties to it.

A zone that merely stands near says nothing: "the perfect fit for my arms was too big in the bust"
is no complaint about arms. In English a zone follows the size behind a preposition ("tight in the
waist"), is what it describes ("the waist is too tight", "a tight waist"), or is the topic before
it. In Japanese it stands before the size with nothing but particles and degrees between
(「袖が少し長い」), or directly behind it (「きつい袖」).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models_ml.reasons.clauses import Span, find_span

Zone = tuple[str, Span]
SIZES: Final = frozenset({"FIT.SMALL", "FIT.LARGE", "FIT.UNSPEC"})

_PREPOSITION: Final = "in|at|on|around|across|through|thru|over|under|along|near|past|about|for"
_WHOSE: Final = "the|my|her|his|their|your|our|both|upper|lower|back|front|middle|whole|entire"
_ENGLISH_AFTER: Final = re.compile(
    r"(?: (?:on|for) (?:me|her|him|us))?"
    r"(?:,? (?:especially|particularly|mainly|mostly|only|just))?"
    rf"(?: ?| (?:{_PREPOSITION}) (?:(?:{_WHOSE}|area|of) )*(?:[a-z]+ )?"
    rf"| (?:(?:{_WHOSE}|area|of) )+)"
)
# "Too big in the body": said of a place that is no zone.
_ENGLISH_ELSEWHERE: Final = re.compile(
    r"(?:(?: |^)(?:in|at|on|around|across|through|over)|(?<= in)|(?<= at)|(?<= on)|(?<= around)"
    rf"|(?<= across)|(?<= through)) (?:{_WHOSE}) [a-z]"
)
_ENGLISH_BEFORE: Final = re.compile(
    r"(?: (?:on|in|of|for) (?:this|these|the|it|them|me|mine|my)(?: (?!and|but)[a-z]+)??)?"
    r"(?:[ /]?(?:area|parts?|region|band|openings?|holes?|portion|itself|and|or|is|was|are|were|be"
    r"|been|being|'s|feels?|felt|looks?|looked|seems?|seemed|runs?|ran|fits?|fit|got|also|still"
    r"|just|all|both|way|an?|bit|little|tad|far|so|too|very|much|quite|rather|super|kind|of|not"
    r"|more|even|already|now|[a-z]+ly|could|should|to|have|n't|which|that|[0-9]+"
    r"|inch(?:es)?|sizes?)\b){0,9} ?"
)
_PLACE: Final = (
    "部分|ところ|所|あたり|辺り|周り|まわり|回り|付近|方|ほう|サイズ|長さ|丈|幅|太さ|高さ|作り"
)
_JAPANESE_BEFORE: Final = re.compile(
    rf"(?:周り|まわり|回り|囲|部分|付近|全体)?(?:の(?:{_PLACE}))?(?:だけ|のみ|が|は|も|に|で|と|を)*"
    r"[^がはをのて]{0,10}"
)
_JAPANESE_AFTER: Final = re.compile("い|な|の|る|すぎる|過ぎる|めの")


@dataclass(frozen=True)
class Clauses:
    """A normalised text with its clauses."""

    text: str
    spans: Sequence[Span]


def find_zone(phrase: Span, *, zones: Sequence[Zone], clauses: Clauses) -> str | None:
    """Find the zone that a phrase of a size is said of.

    Parameters
    ----------
    phrase : (int, int)
    zones : sequence of (str, (int, int))
        All zones named in the text.
    clauses : Clauses

    Returns
    -------
    str, optional

    Examples
    --------
    >>> text = "my arms fit but it is too big in the bust"
    >>> zones = [("sleeve", (3, 7)), ("bust", (37, 41))]
    >>> find_zone((22, 29), zones=zones, clauses=Clauses(text, [(0, 11), (15, 41)]))
    'bust'
    """
    if not zones:
        return None
    number = find_span(list(clauses.spans), phrase[0])
    clause = clauses.spans[number]
    inside = [zone for zone, (start, _) in zones if phrase[0] <= start < phrase[1]]
    if inside:
        return inside[0]
    own = [one for one in zones if clause[0] <= one[1][0] < clause[1]]
    after = _find_after(phrase, zones=zones, text=clauses.text)
    if after or _ENGLISH_ELSEWHERE.match(clauses.text[: clause[1]], phrase[1]):
        return after
    before = _find_before(phrase, zones=own, text=clauses.text)
    return before or _find_topic(number, zones=zones, clauses=clauses)


def _find_after(phrase: Span, *, zones: Sequence[Zone], text: str) -> str | None:
    for zone, (start, _) in zones:
        gap = text[phrase[1] : start]
        if start >= phrase[1] and (_ENGLISH_AFTER.fullmatch(gap) or _JAPANESE_AFTER.fullmatch(gap)):
            return zone
    return None


def _find_before(phrase: Span, *, zones: Sequence[Zone], text: str) -> str | None:
    for zone, (_, end) in reversed(zones):
        gap = text[end : phrase[0]]
        if end <= phrase[0] and (
            _ENGLISH_BEFORE.fullmatch(gap)
            if text[phrase[0]].isascii()
            else _JAPANESE_BEFORE.fullmatch(gap)
        ):
            return zone
    return None


def _find_topic(number: int, *, zones: Sequence[Zone], clauses: Clauses) -> str | None:
    """Find the zone of a clause before that holds hardly more: "ウエスト、" or "for the waist,"."""
    if not number:
        return None
    first, last = clauses.spans[number - 1]
    named = [(zone, span) for zone, span in zones if first <= span[0] < last]
    covered = sum(end - start for _, (start, end) in named)
    return named[-1][0] if named and last - first - covered <= len("for the ") else None
