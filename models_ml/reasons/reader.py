"""Free text → reasons: which, how sure, which way, where on the body, in whose words.

A text is redacted, brought into one spelling, told by its language, and read by the lexicon; where
that finds nothing, the shipped model suggests. What cannot be read with confidence is handed to a
person, and what is dangerous always is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from models_ml.reasons.alignment import align_redacted
from models_ml.reasons.language import READ, UNKNOWN, detect_language
from models_ml.reasons.lexicon import DIRECTIONS, Lexicon, load_lexicon
from models_ml.reasons.normalise import MAX_LENGTH, NormalisedText, normalise_text
from models_ml.reasons.phrases import FoundPhrase, find_phrases, find_spans, holds_words
from models_ml.reasons.precision import load_precision
from models_ml.reasons.redact import redact_text
from models_ml.reasons.reliability import load_weights, rate_codes
from models_ml.reasons.suggesting import Suggestion, load_shipped_model, suggest_codes

AUTO: Final = "auto"
DOUBT_LOW: Final = 0.3  # reasons.md: a note with any code between these goes to a person
DOUBT_HIGH: Final = 0.7
_DECIMALS: Final = 4  # of a probability; more would promise what no sample of labels can hold
_UNKNOWN: Final = "unspecified"
_HASH_LENGTH: Final = 12


@dataclass(frozen=True)
class Evidence:
    """The words that decided.

    Attributes
    ----------
    start, end : int
        In the text as it was given.
    code : str, optional
        None for the words of an injury, which has no code.
    """

    start: int
    end: int
    code: str | None


@dataclass(frozen=True)
class Reading:
    """What one text says.

    Attributes
    ----------
    codes : mapping of str to float
        Code to probability in [0, 1], most probable first; empty where nothing was read.
    direction : {"small", "large", "mixed", "unspecified"}, optional
        None where no size is spoken of.
    zones : tuple of str
    evidence : tuple of Evidence
    is_abstained : bool
        Whether the codes may not be used without a person.
    is_escalated : bool
        Allergy, injury, counterfeit: a person has to look, whatever else was read.
    language : str
        ISO 639-1, or "und".
    model_version : str
    """

    codes: Mapping[str, float]
    direction: str | None
    zones: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    is_abstained: bool
    is_escalated: bool
    language: str
    model_version: str


@dataclass(frozen=True)
class _Places:
    """The way from a normalised text back to the text as it was given."""

    normalised: NormalisedText
    aligned: list[int] | None

    def show(self, start: int, end: int, code: str | None) -> list[Evidence]:
        if self.aligned is None:
            return []
        first, last = self.normalised.locate(start, end)
        return [Evidence(self.aligned[first], self.aligned[last], code)]


def read_text(text: str, *, language: str = AUTO, is_redacted: bool = False) -> Reading:
    """Read one text.

    Parameters
    ----------
    text : str
        As a customer wrote it: any length, any language, any signs.
    language : {"auto", "ja", "en"}
        ``auto`` tells it from the text; else it is taken for granted.
    is_redacted : bool
        Whether the text is what ``redact_text`` gave, as every landed text is.

    Returns
    -------
    Reading

    Raises
    ------
    ValueError
        If the language cannot be read.
    """
    if language not in {AUTO, *READ}:
        raise ValueError(f"language is auto, ja or en, not {language!r}")
    lexicon = load_lexicon()
    begun = text[:MAX_LENGTH]
    # What a long text is cut to may look like a name that the whole did not hold.
    redacted = begun if is_redacted and begun == text else redact_text(begun)
    normalised = normalise_text(redacted)
    spoken = _tell_language(normalised.text) if language == AUTO else language
    places = _Places(normalised, align_redacted(begun, redacted=redacted))
    likely = lexicon.sift(lexicon.injuries, text=normalised.text)
    injuries = find_spans(normalised.text, phrases=likely)
    found = find_phrases(normalised.text, lexicon=lexicon) if spoken in READ else []
    codes = _rate(normalised.text, found)
    is_silent = spoken in READ and not found and len(text) <= MAX_LENGTH
    suggested = _suggest(normalised.text, language=spoken) if is_silent else []
    codes |= {one.code: round(one.probability, _DECIMALS) for one in suggested}
    spans: list[tuple[int, int, str | None]] = [
        *((one.start, one.end, one.code) for one in found),
        *((one.start, one.end, one.code) for one in suggested),
    ]
    return Reading(
        codes=codes,
        direction=find_direction(codes),
        zones=tuple(sorted({one.zone for one in found if one.zone})),
        evidence=tuple(
            shown
            for span in (*spans, *((start, end, None) for start, end in injuries))
            for shown in places.show(*span)
        ),
        is_abstained=(
            len(text) > MAX_LENGTH
            or bool(suggested)
            or _is_doubtful(normalised.text, found, codes, lexicon)
        ),
        is_escalated=bool(injuries) or not lexicon.escalated.isdisjoint(codes),
        language=spoken,
        model_version=name_version(),
    )


@lru_cache(maxsize=1)
def name_version() -> str:
    """Name what reads: the lexicon, its weights and the shipped model, by their content."""
    weights = json.dumps([dict(load_precision()), dict(load_weights())], sort_keys=True)
    whole = f"{load_lexicon().version} {weights} {load_shipped_model().version}"
    return hashlib.sha256(whole.encode()).hexdigest()[:_HASH_LENGTH]


def find_direction(codes: Mapping[str, float]) -> str | None:
    """Say which way the size was wrong.

    Parameters
    ----------
    codes : mapping of str to float
        Code to probability; sizes below ``DOUBT_LOW`` say nothing.

    Returns
    -------
    {"small", "large", "mixed", "unspecified"}, optional
    """
    ways = {
        DIRECTIONS[code]
        for code, probability in codes.items()
        if code in DIRECTIONS and probability >= DOUBT_LOW
    }
    known = ways - {_UNKNOWN}
    if len(known) > 1:
        return "mixed"
    return next(iter(known or ways), None)


def _suggest(text: str, *, language: str) -> list[Suggestion]:
    """Suggest codes, unless words of a reason were taken back or only look like one.

    They would mislead the model, which knows neither negation nor traps.
    """
    is_misleading = holds_words(text, lexicon=load_lexicon())
    return [] if is_misleading else suggest_codes(text, language=language)


def _tell_language(text: str) -> str:
    """Tell the language; Latin letters of which half say a reason in English are English."""
    spoken = detect_language(text)
    if spoken in READ or not text.isascii():
        return spoken
    found = find_phrases(text, lexicon=load_lexicon())
    said = len({place for one in found for place in range(one.start, one.end)})
    is_told = bool(found) if spoken == UNKNOWN else said * 2 >= len(text)
    return "en" if found and is_told else spoken


def _rate(text: str, found: list[FoundPhrase]) -> dict[str, float]:
    rated = rate_codes(text, found=found)
    return dict(
        sorted(
            ((code, round(probability, _DECIMALS)) for code, probability in rated.items()),
            key=lambda pair: (-pair[1], pair[0]),
        )
    )


def _is_doubtful(
    text: str, found: list[FoundPhrase], codes: Mapping[str, float], lexicon: Lexicon
) -> bool:
    return (
        not codes
        or any(one.is_for_review for one in found)
        or any(DOUBT_LOW <= probability <= DOUBT_HIGH for probability in codes.values())
        or bool(find_spans(text, phrases=lexicon.sift(lexicon.doubts, text=text)))
    )
