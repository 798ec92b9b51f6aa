"""Scores of a fitted pipeline for one text at a time, hundreds of times faster than its own call.

scikit-learn checks and wraps every call, which costs milliseconds a text whatever its length. The
arithmetic is a handful of look-ups: n-grams, their weights, one sum. A test holds the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.pipeline import Pipeline

from models_ml.reasons.pipeline import SHOWN_PARTS

Floats = npt.NDArray[np.float64]
_WORDS_KEPT: Final = 2**12  # whose n-grams are known; a Japanese text is one word, and comes once


@dataclass(frozen=True)
class _Part:
    """One vectorizer with the weights that the codes give its features.

    Attributes
    ----------
    column : int
        Of the prepared texts.
    is_shown : bool
        Whether its n-grams are signs as they were written.
    find : callable
        The places of the n-grams of a text that were learned, in their order, repeats too.
    grams : sequence of str
        By their place.
    idf : array of shape (n,), optional
        None where words are only counted as there or not.
    weights : array of shape (n, k)
    """

    column: int
    is_shown: bool
    find: Callable[[str], Iterable[int]]
    grams: Sequence[str]
    idf: Floats | None
    weights: Floats

    def describe(self, text: str) -> tuple[list[int], Floats]:
        """Give the places and the values of the n-grams of a text that were learned."""
        counts = Counter(self.find(text))
        places = list(counts)
        values = np.ones(len(places))
        if self.idf is not None and places:
            values = (1.0 + np.log(list(counts.values()))) * self.idf[places]
            values /= np.sqrt(values @ values)
        return places, values


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
                places, values = part.describe(text)
                odds += values @ part.weights[places]
        scores: Floats = 1.0 / (1.0 + np.exp(-odds))
        return scores

    def weigh(self, prepared: Sequence[str], *, place: int) -> dict[str, float]:
        """Give what each n-gram of a text, as written, adds for one code, in log-odds."""
        weighed: dict[str, float] = {}
        for part in self._parts:
            if (text := prepared[part.column]) and part.is_shown:
                places, values = part.describe(text)
                added = values * part.weights[places, place]
                grams = (part.grams[place] for place in places)
                weighed |= dict(zip(grams, added.tolist(), strict=True))
        return weighed


def build_finder(
    vectorizer: CountVectorizer, *, places: Mapping[str, int]
) -> Callable[[str], Iterable[int]]:
    """Build what finds the n-grams of a text that a vectorizer learned.

    Parameters
    ----------
    vectorizer : CountVectorizer
        Fitted.
    places : mapping of str to int
        Its vocabulary.

    Returns
    -------
    callable
        Text to places in the order of the n-grams, repeats too.
    """
    if vectorizer.analyzer != "char_wb":
        analyze = vectorizer.build_analyzer()
        return lambda text: [places[gram] for gram in analyze(text) if gram in places]
    shortest, longest = vectorizer.ngram_range

    @lru_cache(_WORDS_KEPT)
    def find_in_word(word: str) -> tuple[int, ...]:
        padded = f" {word} "
        size = len(padded)
        found: list[int] = []
        for length in range(min(shortest, size), min(longest, size) + 1):
            grams = [padded[start : start + length] for start in range(size - length + 1)]
            found += [places[gram] for gram in grams if gram in places]
        return tuple(found)

    return lambda text: chain.from_iterable(map(find_in_word, text.split()))


def _build_part(
    vectorizer: CountVectorizer, column: int, weights: Floats, *, is_shown: bool
) -> _Part:
    is_weighted = isinstance(vectorizer, TfidfVectorizer)
    places = {str(gram): int(place) for gram, place in vectorizer.vocabulary_.items()}
    return _Part(
        column=int(column),
        is_shown=is_shown,
        find=build_finder(vectorizer, places=places),
        grams=sorted(places, key=lambda gram: places[gram]),
        idf=np.asarray(vectorizer.idf_, dtype=float) if is_weighted else None,
        weights=np.ascontiguousarray(weights),
    )
