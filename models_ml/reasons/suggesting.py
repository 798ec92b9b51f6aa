"""What the shipped model suggests where the lexicon reads nothing: for a person, never alone.

The model was trained on notes that this project writes itself (``generating``), so its own
probabilities speak of those. What a suggestion is worth was counted on the development sentences
(``python -m benchmarks.reasons_prior``): little, which is why such a text always goes to a person.
"""

from __future__ import annotations

import csv
import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from models_ml.reasons.model import FILES, ReasonModel, parse_model
from models_ml.reasons.scoring import TextScorer

FOLDER: Final = "shipped"
FILE: Final = "suggestion_precision.csv"
# Score. Suggestions from 0.3 were right 8 times in 25 on the development sentences, and took words
# such as 丈夫 for reasons.
SUGGESTED_FROM: Final = 0.7
SEED: Final = 20261129


@dataclass(frozen=True)
class Suggestion:
    """One code that the shipped model suggests.

    Attributes
    ----------
    code : str
    probability : float
        How often suggestions were right.
    start, end : int
        The strongest n-gram, in the normalised text.
    """

    code: str
    probability: float
    start: int
    end: int


@lru_cache(maxsize=1)
def load_shipped_model() -> ReasonModel:
    """Read the model that comes with the package."""
    folder = importlib.resources.files("models_ml.reasons").joinpath(FOLDER)
    return parse_model({name: folder.joinpath(name).read_bytes() for name in FILES})


@lru_cache(maxsize=1)
def load_suggestion_precision() -> Mapping[str, float]:
    """Read how often a suggestion was right by language, drawn towards one half by one of each."""
    text = importlib.resources.files("models_ml.reasons").joinpath(FILE).read_text("utf-8")
    return {
        row["language"]: (int(row["right"]) + 1) / (int(row["read"]) + 2)
        for row in csv.DictReader(text.splitlines())
    }


def suggest_codes(text: str, *, language: str) -> list[Suggestion]:
    """Suggest codes for a text in which the lexicon found none.

    Parameters
    ----------
    text : str
        Prepared.
    language : {"ja", "en"}

    Returns
    -------
    list of Suggestion
        Strongest first.
    """
    scorer = _load_scorer()
    if scorer is None or not text:
        return []
    prepared = load_shipped_model().arrange([text], found=[()])[0]
    learned = load_shipped_model().learned
    scores = scorer.score(prepared)[: len(learned)]
    return [
        Suggestion(
            learned[place],
            load_suggestion_precision()[language],
            *_find_strongest(text, weighed=scorer.weigh(prepared, place=int(place))),
        )
        for place in np.argsort(-scores)
        if scores[place] >= SUGGESTED_FROM
    ]


@lru_cache(maxsize=1)
def _load_scorer() -> TextScorer | None:
    pipeline = load_shipped_model().pipeline
    return None if pipeline is None else TextScorer(pipeline)


def _find_strongest(text: str, *, weighed: Mapping[str, float]) -> tuple[int, int]:
    """Find the n-gram that speaks most for a code; the whole text where none can be placed."""
    # N-grams of one word often tie: then the longest.
    for gram in sorted(weighed, key=lambda one: (-round(weighed[one], 6), -len(one))):
        word = gram.strip()
        start = text.find(word) if word else -1
        if start >= 0:
            return start, start + len(word)
    return 0, len(text)
