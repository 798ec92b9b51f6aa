"""From rows to columns of what is known before: the one transformer of the fit outcome model."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import softmax
from sklearn.base import BaseEstimator, TransformerMixin

from models_ml.fit.outcome_bodies import Bodies, BodyScale, learn_body_scale
from models_ml.fit.outcome_columns import (
    BANDS,
    CUSTOMER,
    GROUPS,
    MEASURED,
    OUTCOMES,
    SIZE,
    STYLE,
    Names,
    Numbers,
    encode_words,
    learn_names,
    learn_words,
)
from models_ml.fit.outcome_rates import Level, Rates, learn_rates
from models_ml.fit.outcome_sizes import UsualSizes, learn_usual_sizes
from models_ml.rates.parts import Floats

FOLDS: Final = 8
BINS: Final = 14  # of a distance from usual, of equally many rows
FURTHEST: Final = 8.0  # of a column; what is further is as far
PAIRS: Final = {
    **{"style size": STYLE, "category size": "category"},
    **{f"{band} size": band for band in BANDS},
}
DISTANCES: Final = ("customer", "gap", "body")
# Rows at the usual rates that are believed of a value before any is seen; see ``Level``. What
# comes first explains first.
STRENGTHS: Final = {
    **{"customer": 20.0, "gap": 20.0, "body": 20.0},
    **{SIZE: 30.0, "category": 30.0, "brand": 30.0, "category size": 30.0},
    **{name: 30.0 for band in BANDS for name in (band, f"{band} size")},
    **{STYLE: 4.0, "style size": 30.0, CUSTOMER: 12.0},
}


class OutcomeHistory(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Say of rows what earlier outcomes and sizes tell.

    ``fit_transform`` says of each row only what the outcomes of other folds tell, ``transform``
    what all rows tell: a row never knows its own outcome. Sizes alone are no outcome; each row is
    then held against all others.

    Parameters
    ----------
    has_body : bool
    bands : tuple of str
        Those of ``BANDS`` that the rows hold.
    is_measured : bool
        Whether the rows hold how far their sizes are from usual, in ``MEASURED``.
    seed : int
        Of the folds.

    Attributes
    ----------
    names_ : dict of str to Names
        By column, and by pair of a column with the size.
    scale_ : BodyScale or None
    sizes_ : UsualSizes
    edges_ : dict of str to Floats of shape (BINS - 1,)
        Between the bins of each distance.
    rates_ : Rates
    """

    names_: dict[str, Names]
    scale_: BodyScale | None
    sizes_: UsualSizes
    edges_: dict[str, Floats]
    rates_: Rates

    def __init__(
        self, *, has_body: bool, seed: int, bands: tuple[str, ...] = (), is_measured: bool = False
    ) -> None:
        self.has_body = has_body
        self.bands = bands
        self.is_measured = is_measured
        self.seed = seed

    def fit(self, rows: pd.DataFrame, outcomes: npt.ArrayLike) -> Self:
        """Learn from all rows."""
        self._learn(rows, outcomes)
        return self

    def fit_transform(self, rows: pd.DataFrame, outcomes: npt.ArrayLike) -> Floats:
        """Learn from all rows, and describe each by the other folds."""
        levels, told, happened = self._learn(rows, outcomes)
        fold = np.random.default_rng(self.seed).permutation(len(rows)) % FOLDS
        columns: Floats | None = None
        for number in range(FOLDS):
            here = np.flatnonzero(fold == number)
            rates = learn_rates(levels, happened, rows=fold != number)
            # As many rows as all folds would hold: a count that is lower for training than for
            # telling would shift every answer where counts hardly differ.
            rates = rates.extrapolate(FOLDS / (FOLDS - 1))
            found = rates.describe({name: level.codes[here] for name, level in levels.items()})
            part = _lay_out(found, told[here])
            if columns is None:
                columns = np.empty((len(rows), part.shape[1]))
            columns[here] = part
        if columns is None:
            raise ValueError("there is no row to learn from")
        return columns

    def predict_rates(self, rows: pd.DataFrame) -> Floats:
        """Foretell by the rates alone, of shape (n, 3) in the order of ``OUTCOMES``."""
        bodies = None if self.scale_ is None else self.scale_.describe(rows)
        codes = self._encode(rows, self._measure(rows, bodies=bodies, is_own=False))
        small, large = self.rates_.describe(codes)["all"].T
        odds = np.column_stack([small, np.zeros(len(small)), large])
        shares: Floats = softmax(odds, axis=1)
        return shares

    def transform(self, rows: pd.DataFrame) -> Floats:
        """Describe rows by all that was learned."""
        bodies = None if self.scale_ is None else self.scale_.describe(rows)
        distances = self._measure(rows, bodies=bodies, is_own=False)
        codes = self._encode(rows, distances)
        return _lay_out(self.rates_.describe(codes), _tell(distances, bodies))

    def _learn(
        self, rows: pd.DataFrame, outcomes: npt.ArrayLike
    ) -> tuple[dict[str, Level], Floats, Floats]:
        """Learn all; return the levels, the columns without outcomes, and what happened."""
        self.names_ = {column: learn_words(rows[column]) for column in self._list_words()}
        sizes = rows[SIZE].to_numpy(dtype=np.float64)
        self.names_[SIZE] = learn_names(sizes[np.isfinite(sizes)])
        for pair, column in self._list_pairs().items():
            self.names_[pair] = learn_names(self._pair(rows, column))
        self.scale_ = bodies = None
        if self.has_body:
            self.scale_ = learn_body_scale(rows, customers=self.names_[CUSTOMER])
            bodies = self.scale_.describe(rows)
        self.sizes_ = learn_usual_sizes(
            sizes,
            customers=encode_words(self.names_[CUSTOMER], rows[CUSTOMER]),
            styles=encode_words(self.names_[STYLE], rows[STYLE]),
            counts=(len(self.names_[CUSTOMER]), len(self.names_[STYLE])),
            bodies=bodies,
        )
        distances = self._measure(rows, bodies=bodies, is_own=True)
        self.edges_ = {
            name: _find_edges(distances[name]) for name in DISTANCES if name in distances
        }
        codes = self._encode(rows, distances)
        levels = {
            name: Level(codes[name], self._count(name), strength)
            for name, strength in STRENGTHS.items()
            if name in codes
        }
        happened = np.asarray(outcomes)[:, None] == np.array(OUTCOMES)
        told = happened.astype(np.float64)
        self.rates_ = learn_rates(levels, told, rows=np.ones(len(rows), dtype=np.bool_))
        return levels, _tell(distances, bodies), told

    def _measure(
        self, rows: pd.DataFrame, *, bodies: Bodies | None, is_own: bool
    ) -> dict[str, Floats]:
        if self.is_measured:
            return {name: rows[column].to_numpy(dtype=float) for name, column in MEASURED.items()}
        return self.sizes_.describe(
            rows[SIZE].to_numpy(dtype=np.float64),
            customers=encode_words(self.names_[CUSTOMER], rows[CUSTOMER]),
            styles=encode_words(self.names_[STYLE], rows[STYLE]),
            bodies=bodies,
            is_own=is_own,
        )

    def _encode(self, rows: pd.DataFrame, distances: dict[str, Floats]) -> dict[str, Numbers]:
        words = {
            column: encode_words(self.names_[column], rows[column]) for column in self._list_words()
        }
        pairs = {
            pair: self.names_[pair].encode(self._pair(rows, column))
            for pair, column in self._list_pairs().items()
        }
        bins = {
            name: np.where(
                np.isnan(distances[name]), BINS, np.searchsorted(edges, distances[name])
            ).astype(np.int64)
            for name, edges in self.edges_.items()
        }
        sizes = self.names_[SIZE].encode(rows[SIZE].to_numpy(dtype=np.float64))
        return words | pairs | bins | {SIZE: sizes}

    def _list_words(self) -> tuple[str, ...]:
        return (CUSTOMER, STYLE, *GROUPS, *self.bands)

    def _list_pairs(self) -> dict[str, str]:
        words = self._list_words()
        return {pair: column for pair, column in PAIRS.items() if column in words}

    def _pair(self, rows: pd.DataFrame, column: str) -> Numbers:
        """Give each pair of a column's value and a size a number; unknown is a value too."""
        sizes = self.names_[SIZE]
        first = encode_words(self.names_[column], rows[column])
        return first * (len(sizes) + 1) + sizes.encode(rows[SIZE].to_numpy(dtype=np.float64))

    def _count(self, level: str) -> int:
        return BINS if level in self.edges_ else len(self.names_[level])


def _find_edges(distances: Floats) -> Floats:
    known = distances[~np.isnan(distances)]
    if not len(known):
        return np.zeros(BINS - 1)
    edges: Floats = np.quantile(known, np.arange(1, BINS) / BINS)
    return edges


def _tell(distances: dict[str, Floats], bodies: Bodies | None) -> Floats:
    """Lay out what no outcome tells: distances, whether they are known, and the body."""
    told = np.column_stack(list(distances.values()))
    parts = [np.nan_to_num(told), np.isnan(told[:, 1:2]).astype(np.float64)]
    return np.hstack([*parts, *([] if bodies is None else [bodies.lay_out()])])


def _lay_out(found: dict[str, Floats], told: Floats) -> Floats:
    columns = np.hstack([*found.values(), told])
    clipped: Floats = np.clip(columns, -FURTHEST, FURTHEST)
    return clipped
