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
from models_ml.reasons.notes import arrange_texts
from models_ml.reasons.scoring import Score, TextScorer

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
    found = score_text(text)
    if found is None:
        return []
    learned = load_shipped_model().learned
    return [
        Suggestion(
            learned[place],
            load_suggestion_precision()[language],
            *_find_strongest(text, found=found, place=int(place)),
        )
        for place in np.argsort(-found.scores)
        if found.scores[place] >= SUGGESTED_FROM
    ]


def score_text(text: str) -> Score | None:
    """Score a prepared text by the shipped model; None where it learned nothing or nothing stands.

    Returns
    -------
    Score, optional
        In the order of the model's learned codes.
    """
    scorer = _load_scorer()
    if scorer is None or not text:
        return None
    return scorer.score(arrange_texts([text], found=[()])[0])


@lru_cache(maxsize=1)
def _load_scorer() -> TextScorer | None:
    pipeline = load_shipped_model().pipeline
    return None if pipeline is None else TextScorer(pipeline)


def _find_strongest(text: str, *, found: Score, place: int) -> tuple[int, int]:
    """Find the n-gram that speaks most for a code; the whole text where none can be placed."""
    weights = np.round(found.contributions[:, place], 6)  # n-grams of one word often tie
    order = sorted(range(len(weights)), key=lambda one: (-weights[one], -len(found.grams[one])))
    for number in order:
        word = found.grams[number].strip()
        start = text.find(word) if word else -1
        if start >= 0:
            return start, start + len(word)
    return 0, len(text)
