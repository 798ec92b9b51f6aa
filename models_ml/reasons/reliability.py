"""How far a reading of the lexicon can be trusted in its text.

The precision of a code says how often the lexicon is right where it names that code. A long text
that praises and complains misleads it more often than a short note, and several phrases for one
code, or a long one, less often. The weights were learned from the development sentences
(``python -m benchmarks.reasons_prior``); they hold no text.
"""

from __future__ import annotations

import csv
import importlib.resources
import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.phrases import FoundPhrase, find_spans
from models_ml.reasons.precision import load_precision

FILE: Final = "lexicon_reliability.csv"
FEATURES: Final = ("intercept", "precision", "length", "several", "phrase", "answer", "vague")
_PHRASE_UNIT: Final = 10.0  # signs
_LATIN: Final = re.compile(r"[a-z ]")


def describe_reading(text: str, *, found: Sequence[FoundPhrase]) -> dict[str, tuple[float, ...]]:
    """Describe what speaks for each code that was found.

    Parameters
    ----------
    text : str
        Normalised.
    found : sequence of FoundPhrase
        In that text.

    Returns
    -------
    dict of str to tuple of float
        Code to the values of ``FEATURES``.
    """
    precision = load_precision()
    lexicon = load_lexicon()
    is_answer = bool(find_spans(text, phrases=lexicon.sift(lexicon.answers, text=text)))
    described: dict[str, tuple[float, ...]] = {}
    for code in {one.code for one in found}:
        own = [one for one in found if one.code == code]
        described[code] = (
            1.0,
            math.log(precision[code] / (1 - precision[code])),
            math.log(measure_length(text) + 1),
            float(len({one.start for one in own}) > 1),
            max(measure_length(text[one.start : one.end]) for one in own) / _PHRASE_UNIT,
            float(is_answer),
            float(all(one.is_vague for one in own)),
        )
    return described


def measure_length(text: str) -> float:
    """Measure how much a text can say: a Japanese sign counts as two Latin letters.

    Examples
    --------
    >>> measure_length("きつい"), measure_length("tight!")
    (3.0, 3.5)
    """
    return len(text) - len(_LATIN.findall(text)) / 2


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, float]:
    """Read the weight of each feature."""
    text = importlib.resources.files("models_ml.reasons").joinpath(FILE).read_text("utf-8")
    return {row["feature"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}


def rate_codes(text: str, *, found: Sequence[FoundPhrase]) -> dict[str, float]:
    """Give each code that was found the probability that a person would name it.

    Parameters
    ----------
    text : str
        Normalised.
    found : sequence of FoundPhrase

    Returns
    -------
    dict of str to float
        Code to probability in (0, 1).
    """
    weights = load_weights()
    return {
        code: 1.0
        / (
            1.0
            + math.exp(
                -sum(weights[name] * value for name, value in zip(FEATURES, values, strict=True))
            )
        )
        for code, values in describe_reading(text, found=found).items()
    }
