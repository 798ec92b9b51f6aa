"""Which phrases of the lexicon a text holds, after negation, covering and recoding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from models_ml.reasons.clauses import (
    Span,
    find_span,
    is_taken_back,
    is_unreal,
    split_clauses,
    split_sentences,
)
from models_ml.reasons.lexicon import Lexicon, Phrase
from models_ml.reasons.zone_placing import SIZES, Clauses, Zone, find_zone

_JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ENGLISH: Final = re.compile(r"[a-z]{2}")
_PRESENT: Final = {"ja": _JAPANESE, "en": _ENGLISH}
_SIZES: Final = frozenset({"FIT.SMALL", "FIT.LARGE"})
_NO_REASON: Final = "NONE"
# "Runs small" says a direction and that the label is off: one phrase, two codes.
_BESIDE_OTHERS: Final = frozenset({"FIT.CHART"})


@dataclass(frozen=True)
class FoundPhrase:
    """One phrase of the lexicon in one text.

    Attributes
    ----------
    code : str
        Of the taxonomy.
    start, end : int
        In the normalised text.
    zone : str, optional
        The zone that the size is said of; only with codes of a size.
    is_for_review : bool
    is_weak : bool
        Whether it counts only where the text names no other size.
    is_vague : bool
        Whether it is often said of something else.
    """

    code: str
    start: int
    end: int
    zone: str | None = None
    is_for_review: bool = False
    is_weak: bool = False
    is_vague: bool = False


@dataclass(frozen=True)
class _Parts:
    text: str

    @cached_property
    def clauses(self) -> list[Span]:
        return split_clauses(self.text)

    @cached_property
    def sentences(self) -> list[Span]:
        return split_sentences(self.text)


def find_phrases(text: str, *, lexicon: Lexicon) -> list[FoundPhrase]:
    """Find what the lexicon reads in a text.

    Parameters
    ----------
    text : str
        Normalised.
    lexicon : Lexicon

    Returns
    -------
    list of FoundPhrase
        By place; ``NONE`` only where nothing else was found.
    """
    parts = _Parts(text)
    is_there = {language: bool(sign.search(text)) for language, sign in _PRESENT.items()}
    selected = [pair for pair in lexicon.select(text) if is_there[pair[1].language]]
    covered: list[Span] = []
    found: list[FoundPhrase] = []
    for number, phrase in selected:
        if phrase.zone and not phrase.code:
            continue
        for span in _search(phrase, parts=parts, covered=covered):
            if number < len(lexicon.covering):
                covered.append(span)
            if phrase.code:
                found.append(_describe(phrase, span))
    if not found:
        return []
    found = list(_recode(found, parts=parts, lexicon=lexicon))
    zones = [
        (phrase.zone, span)
        for _, phrase in selected
        if phrase.zone and not phrase.code
        for span in _spans(phrase.pattern, text)
    ]
    zones.sort(key=lambda one: one[1])
    return _tidy([_place_in_zone(one, zones=zones, parts=parts) for one in found])


def _describe(phrase: Phrase, span: Span) -> FoundPhrase:
    return FoundPhrase(
        phrase.code or "",
        *span,
        zone=phrase.zone,
        is_for_review=phrase.is_for_review,
        is_weak=phrase.is_weak,
        is_vague=phrase.is_vague,
    )


def holds_words(text: str, *, lexicon: Lexicon) -> bool:
    """Tell whether a text holds words of the lexicon, taken back or not."""
    return any(
        next(_spans(phrase.pattern, text), None)
        for _, phrase in lexicon.select(text)
        if phrase.code or not phrase.zone
    )


def find_spans(text: str, *, phrases: Sequence[Phrase]) -> list[Span]:
    """Find where phrases stand, whatever stands around them."""
    return [span for phrase in phrases for span in _spans(phrase.pattern, text)]


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (match.span() for match in pattern.finditer(text) if match.end() > match.start())


def _search(phrase: Phrase, *, parts: _Parts, covered: Sequence[Span]) -> Iterator[Span]:
    for start, end in _spans(phrase.pattern, parts.text):
        if any(start < last and first < end for first, last in covered):
            continue
        clause = parts.clauses[find_span(parts.clauses, start)] if parts.clauses else (0, end)
        is_back = is_unreal if phrase.is_own_scope else is_taken_back
        if not is_back(parts.text, phrase=(start, end), clause=clause, language=phrase.language):
            yield start, end


def _recode(
    found: Iterable[FoundPhrase], *, parts: _Parts, lexicon: Lexicon
) -> Iterator[FoundPhrase]:
    cues: dict[str, list[Span]] = {}
    for one in found:
        recoded = one
        for recode in lexicon.recodes:
            if recoded.code not in recode.codes:
                continue
            if recode.cue is None:
                recoded = replace(recoded, code=recode.target)
                continue
            if recode.cue not in cues:
                phrases = lexicon.sift(lexicon.cues[recode.cue], text=parts.text)
                cues[recode.cue] = find_spans(parts.text, phrases=phrases)
            near = _within(parts, one.start) if recode.is_within_sentence else _anywhere
            if any(near(span) for span in cues[recode.cue]):
                recoded = replace(recoded, code=recode.target)
        yield recoded


def _anywhere(span: Span) -> bool:
    return span[1] > span[0]


def _within(parts: _Parts, place: int) -> Callable[[Span], bool]:
    sentence = find_span(parts.sentences, place)
    return lambda span: find_span(parts.sentences, span[0]) == sentence


def _place_in_zone(found: FoundPhrase, *, zones: Sequence[Zone], parts: _Parts) -> FoundPhrase:
    """Give a phrase of a size the zone that it is said of."""
    if found.zone or found.code not in SIZES:
        return found
    clauses = Clauses(parts.text, parts.clauses)
    return replace(found, zone=find_zone((found.start, found.end), zones=zones, clauses=clauses))


def _tidy(found: list[FoundPhrase]) -> list[FoundPhrase]:
    """Drop repeats, parts of longer phrases, and weak or unknown sizes beside known ones."""
    has_size = any(one.code in _SIZES and not one.is_weak for one in found)
    strong = [one for one in found if not (has_size and one.is_weak)]
    whole = [one for one in strong if not any(_is_part(one, other) for other in strong)]
    codes = {one.code for one in whole}
    dropped = {"FIT.UNSPEC"} if codes & _SIZES else set()
    if len(codes) > 1:
        dropped.add(_NO_REASON)
    kept = {(one.code, one.start, one.end): one for one in whole if one.code not in dropped}
    return sorted(kept.values(), key=lambda one: (one.start, one.end, one.code))


def _is_part(one: FoundPhrase, other: FoundPhrase) -> bool:
    is_inside = other.start <= one.start and one.end <= other.end
    is_shorter = one.end - one.start < other.end - other.start
    is_allowed = one.code != other.code and {one.code, other.code} & _BESIDE_OTHERS
    return is_inside and is_shorter and not is_allowed
