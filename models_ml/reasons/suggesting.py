"""What the shipped model suggests where the lexicon reads nothing: for a person, never alone.

The model was trained on notes that this project writes itself (``generating``), so its own
probabilities speak of those. What a suggestion is worth was counted on the development sentences
(``python -m benchmarks.reasons_prior``): little, which is why such a text always goes to a person.
"""

from __future__ import annotations

import csv
import importlib.resources
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix

from models_ml.reasons.model import FILES, ReasonModel, parse_model
from models_ml.reasons.pipeline import score_codes

FOLDER: Final = "shipped"
FILE: Final = "suggestion_precision.csv"
# Score. Suggestions from 0.3 were right 8 times in 25 on the development sentences, and took words
# such as 丈夫 for reasons.
SUGGESTED_FROM: Final = 0.7
SEED: Final = 20261129
SHOWN_PARTS: Final = frozenset({"japanese", "latin", "words"})  # of the pipeline: signs as written


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
def load_suggestion_precision() -> float:
    """Read how often a suggestion was right, drawn towards one half by one of each."""
    text = importlib.resources.files("models_ml.reasons").joinpath(FILE).read_text("utf-8")
    (row,) = csv.DictReader(text.splitlines())
    return (int(row["right"]) + 1) / (int(row["read"]) + 2)


def suggest_codes(text: str) -> list[Suggestion]:
    """Suggest codes for a text in which the lexicon found none.

    Parameters
    ----------
    text : str
        Prepared.

    Returns
    -------
    list of Suggestion
        Strongest first.
    """
    model = load_shipped_model()
    if model.pipeline is None or not text:
        return []
    prepared = model.arrange([text], found=[()])
    scores = score_codes(model.pipeline, prepared)[0, : len(model.learned)]
    suggested = [place for place in np.argsort(-scores) if scores[place] >= SUGGESTED_FROM]
    if not suggested:
        return []
    features = model.pipeline.named_steps["features"].transform(prepared)
    return [
        Suggestion(
            model.learned[place],
            load_suggestion_precision(),
            *_find_strongest(text, features=features, model=model, place=int(place)),
        )
        for place in suggested
    ]


@lru_cache(maxsize=1)
def _names_of_features() -> list[str]:
    pipeline = load_shipped_model().pipeline
    if pipeline is None:
        return []
    names = pipeline.named_steps["features"].get_feature_names_out()
    split = (str(name).partition("__") for name in names)
    return [name if part in SHOWN_PARTS else "" for part, _, name in split]


def _find_strongest(
    text: str,
    *,
    features: csr_matrix,
    model: ReasonModel,
    place: int,
) -> tuple[int, int]:
    """Find the n-gram that speaks most for a code; the whole text where none can be placed."""
    if model.pipeline is None:
        return 0, len(text)
    weights = model.pipeline.named_steps["codes"].estimators_[place].coef_[0]
    row = features.tocsr()
    order = np.argsort(-(row.data * weights[row.indices]))
    names = _names_of_features()
    for column in row.indices[order]:
        word = names[column].strip()
        start = text.find(word) if word else -1
        if start >= 0:
            return start, start + len(word)
    return 0, len(text)
