"""Scores of a fitted pipeline for one text at a time, hundreds of times faster than its own call.

scikit-learn checks and wraps every call, which costs milliseconds a text whatever its length. The
arithmetic is a handful of look-ups: n-grams, their weights, one sum. A test holds the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.pipeline import Pipeline

from models_ml.reasons.pipeline import SHOWN_PARTS

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Part:
    """One vectorizer with the weights that the codes give its features.

    Attributes
    ----------
    column : int
        Of the prepared texts.
    is_shown : bool
        Whether its n-grams are signs as they were written.
    analyze : callable
    vocabulary : mapping of str to int
    idf : array of shape (n,), optional
        None where words are only counted as there or not.
    weights : array of shape (n, k)
    """

    column: int
    is_shown: bool
    analyze: Callable[[str], Sequence[str]]
    vocabulary: Mapping[str, int]
    idf: Floats | None
    weights: Floats

    def describe(self, text: str) -> tuple[list[str], list[int], Floats]:
        """Give the n-grams of a text that were learned, their places and their values."""
        counts = Counter(one for one in self.analyze(text) if one in self.vocabulary)
        grams = list(counts)
        places = [self.vocabulary[gram] for gram in grams]
        values = np.ones(len(grams))
        if self.idf is not None and grams:
            values = (1.0 + np.log(list(counts.values()))) * self.idf[places]
            values /= np.sqrt(values @ values)
        return grams, places, values


class TextScorer:
    """Scores prepared texts as a fitted pipeline does.

    Parameters
    ----------
    pipeline : Pipeline
        Of ``build_pipeline``, fitted.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        codes = pipeline.named_steps["codes"].estimators_
        features = pipeline.named_steps["features"]
        weights = np.vstack([one.coef_[0] for one in codes]).astype(float).T
        self._intercepts: Floats = np.array([float(one.intercept_[0]) for one in codes])
        self._parts: list[_Part] = []
        start = 0
        for name, vectorizer, column in features.transformers_:
            if name == "remainder":
                continue
            end = start + len(vectorizer.vocabulary_)
            weighed = weights[start:end] * (features.transformer_weights or {}).get(name, 1.0)
            is_shown = name in SHOWN_PARTS
            self._parts.append(_build_part(vectorizer, column, weighed, is_shown=is_shown))
            start = end

    def score(self, prepared: Sequence[str]) -> Floats:
        """Score one row of prepared texts, see ``arrange_texts``.

        Returns
        -------
        array of shape (k,)
            Class-balanced, in [0, 1].
        """
        odds = self._intercepts.copy()
        for part in self._parts:
            if text := prepared[part.column]:
                _, places, values = part.describe(text)
                odds += values @ part.weights[places]
        scores: Floats = 1.0 / (1.0 + np.exp(-odds))
        return scores

    def weigh(self, prepared: Sequence[str], *, place: int) -> dict[str, float]:
        """Give what each n-gram of a text, as written, adds for one code, in log-odds."""
        weighed: dict[str, float] = {}
        for part in self._parts:
            if (text := prepared[part.column]) and part.is_shown:
                grams, places, values = part.describe(text)
                added = values * part.weights[places, place]
                weighed |= dict(zip(grams, added.tolist(), strict=True))
        return weighed


def _build_part(
    vectorizer: CountVectorizer, column: int, weights: Floats, *, is_shown: bool
) -> _Part:
    is_weighted = isinstance(vectorizer, TfidfVectorizer)
    return _Part(
        column=int(column),
        is_shown=is_shown,
        analyze=vectorizer.build_analyzer(),
        vocabulary={str(gram): int(place) for gram, place in vectorizer.vocabulary_.items()},
        idf=np.asarray(vectorizer.idf_, dtype=float) if is_weighted else None,
        weights=np.ascontiguousarray(weights),
    )
