"""A published model of fit, implemented anew to be compared with: latent factors of sizes.

K-LF of Misra, Wan and McAuley, "Decomposing fit semantics for product size recommendation in metric
spaces" (RecSys 2018). How well a product fits a customer is the sum of a bias of the customer, a
bias of the style, and the weighted products, dimension by dimension, of the customer's factors with
those of the style in its size; a larger size of a style has larger factors. K-LF-LR puts two
thresholds on one such sum, with the logistic loss of every threshold. K-LF-ML learns a metric in
the space of these parts; here a sum each of small and of large against fit is learned together
with the factors instead, which gives probabilities without neighbours. All parameters are learned
at once by L-BFGS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize
from scipy.special import expit, softmax

from models_ml.fit.outcome_columns import CUSTOMER, OUTCOME, OUTCOMES, SIZE, STYLE

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Parts = dict[str, Floats]
STEPS: Final = 150
SEED: Final = 20261130


@dataclass(frozen=True)
class Choice:
    """What is chosen on rows held out of the train part.

    Attributes
    ----------
    is_ordinal : bool
        One sum with two thresholds; else a sum each of small and of large.
    dimensions : int
        K.
    customer, style, factor, size : float
        How strongly each is drawn to nothing known: biases of customers and of styles, factors of
        customers, and steps between sizes.
    """

    is_ordinal: bool
    dimensions: int
    customer: float
    style: float
    factor: float
    size: float


# The best of those tried on an eighth of the train part, drawn once and held out.
ORDINAL: Final = Choice(
    is_ordinal=True, dimensions=10, customer=12.0, style=4.0, factor=60.0, size=30.0
)
TWO_SUMS: Final = Choice(
    is_ordinal=False, dimensions=10, customer=12.0, style=4.0, factor=60.0, size=30.0
)


@dataclass(frozen=True)
class Layout:
    """Customers, styles, and products (a style in a size, sorted).

    Attributes
    ----------
    customers, styles : Index
    products : MultiIndex
    first : Numbers of shape (n_products,)
        The place of the smallest size of the product's style.
    steps : Floats of shape (n_products,)
        How much larger a size is than the one before; of the smallest its size. In standard
        deviations of all sizes.
    """

    customers: pd.Index
    styles: pd.Index
    products: pd.MultiIndex
    first: Numbers
    steps: Floats

    @classmethod
    def read(cls, train: pd.DataFrame, test: pd.DataFrame) -> Self:
        """Lay out what the rows name; no outcome is read."""
        both = pd.concat([train[[STYLE, SIZE]], test[[STYLE, SIZE]]]).drop_duplicates()
        both = both.sort_values([STYLE, SIZE], ignore_index=True)
        scaled = (both[SIZE] - train[SIZE].mean()) / train[SIZE].std()
        is_first = ~both[STYLE].duplicated().to_numpy()
        first = np.maximum.accumulate(np.where(is_first, np.arange(len(both)), 0))
        steps = np.where(is_first, scaled, scaled.diff())
        return cls(
            pd.Index(train[CUSTOMER].unique()),
            pd.Index(both[STYLE].unique()),
            pd.MultiIndex.from_frame(both),
            first,
            steps.astype(np.float64),
        )

    def encode(self, rows: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
        """Return the places of customers (last: never seen), styles and products."""
        customer = self.customers.get_indexer(pd.Index(rows[CUSTOMER]))
        return (
            np.where(customer < 0, len(self.customers), customer),
            self.styles.get_indexer(pd.Index(rows[STYLE])),
            self.products.get_indexer(pd.MultiIndex.from_frame(rows[[STYLE, SIZE]])),
        )

    def pile(self, moved: Floats) -> Floats:
        """Add steps up to the factors of products: larger sizes have larger ones."""
        is_first = self.first == np.arange(len(self.first))
        steps = self.steps[:, None]
        taken = np.where(is_first[:, None], steps + moved, steps * np.exp(moved))
        sums = np.cumsum(taken, axis=0)
        stacked: Floats = sums - (sums - taken)[self.first]
        return stacked

    def trace(self, moved: Floats, slopes: Floats) -> Floats:
        """Turn slopes of the factors of products into slopes of what moved their steps."""
        is_first = self.first == np.arange(len(self.first))
        ends = np.append(np.flatnonzero(is_first)[1:], len(self.first)) - 1
        sums = np.cumsum(slopes, axis=0)
        last = sums[ends][np.cumsum(is_first) - 1]
        later = last - sums + slopes
        grown = self.steps[:, None] * np.exp(moved)
        told: Floats = np.where(is_first[:, None], later, later * grown)
        return told


class LatentFactors:
    """K-LF, learned from rows.

    Parameters
    ----------
    layout : Layout
    choice : Choice
    """

    def __init__(self, layout: Layout, choice: Choice) -> None:
        self._layout, self._choice = layout, choice
        sums = 1 if choice.is_ordinal else 2
        wide = choice.dimensions
        self._shapes = {
            "customer": (len(layout.customers) + 1, sums),
            "style": (len(layout.styles), sums),
            "factor": (len(layout.customers) + 1, wide),
            "size": (len(layout.products), wide),
            "weight": (wide, sums),
            "edge": (1, 2),
        }
        self._strength = {
            "customer": choice.customer,
            "style": choice.style,
            "factor": choice.factor,
            "size": choice.size,
            "weight": 100.0,
            "edge": 0.0,
        }
        self._parts = self._start()

    def learn(self, train: pd.DataFrame) -> Self:
        """Learn all parts from rows."""
        codes = self._layout.encode(train)
        truth = (train[OUTCOME].to_numpy()[:, None] == np.array(OUTCOMES)).astype(np.float64)

        def weigh(values: Floats) -> tuple[float, Floats]:
            parts = self._unpack(values)
            loss, slopes = self._measure(parts, codes, truth)
            for name, part in parts.items():
                loss += self._strength[name] / 2 * float((part**2).sum())
                slopes[name] += self._strength[name] * part
            return loss, self._pack(slopes)

        found = minimize(
            weigh,
            self._pack(self._parts),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": STEPS, "maxcor": 8},
        )
        self._parts = self._unpack(found.x)
        return self

    def predict(self, rows: pd.DataFrame) -> Floats:
        """Foretell outcomes, in the order of ``OUTCOMES``."""
        sums = self._add(self._parts, self._layout.encode(rows))
        edges = self._parts["edge"]
        if self._choice.is_ordinal:
            small, large = expit(sums[:, 0] + edges[0, 0]), expit(edges[0, 1] - sums[:, 0])
            told = np.column_stack([small, np.clip(1 - small - large, 0.0, 1.0), large])
            ordered: Floats = told / told.sum(axis=1, keepdims=True)
            return ordered
        odds = sums + edges
        found: Floats = softmax(
            np.column_stack([odds[:, 0], np.zeros(len(odds)), odds[:, 1]]), axis=1
        )
        return found

    def _start(self) -> Parts:
        rng = np.random.default_rng(SEED)
        parts = {name: np.zeros(shape) for name, shape in self._shapes.items()}
        parts["factor"] += rng.normal(0.0, 0.1, parts["factor"].shape)
        parts["weight"] += rng.normal(0.0, 0.1, parts["weight"].shape)
        parts["edge"] -= 1.9  # an eighth is small, an eighth large
        return parts

    def _pack(self, parts: Parts) -> Floats:
        return np.concatenate([parts[name].ravel() for name in self._shapes])

    def _unpack(self, values: Floats) -> Parts:
        sizes = [int(np.prod(shape)) for shape in self._shapes.values()]
        cut = np.split(values, np.cumsum(sizes)[:-1])
        return {
            name: part.reshape(shape)
            for (name, shape), part in zip(self._shapes.items(), cut, strict=True)
        }

    def _add(self, parts: Parts, codes: tuple[Numbers, Numbers, Numbers]) -> Floats:
        customer, style, product = codes
        sizes = self._layout.pile(parts["size"])[product]
        agreed = (1.0 + parts["factor"])[customer] * sizes
        sums: Floats = (
            parts["customer"][customer] + parts["style"][style] + agreed @ parts["weight"]
        )
        return sums

    def _measure(
        self, parts: Parts, codes: tuple[Numbers, Numbers, Numbers], truth: Floats
    ) -> tuple[float, Parts]:
        """Return the loss of rows, and its slope in every part."""
        customer, style, product = codes
        loss, by_sum, by_edge = self._compare(self._add(parts, codes), parts["edge"], truth)
        sizes = self._layout.pile(parts["size"])[product]
        taken = (1.0 + parts["factor"])[customer]
        pull = by_sum @ parts["weight"].T
        factors = _sum_by(product, pull * taken, count=len(self._layout.products))
        return loss, {
            "customer": _sum_by(customer, by_sum, count=len(parts["customer"])),
            "style": _sum_by(style, by_sum, count=len(parts["style"])),
            "factor": _sum_by(customer, pull * sizes, count=len(parts["factor"])),
            "size": self._layout.trace(parts["size"], factors),
            "weight": (taken * sizes).T @ by_sum,
            "edge": by_edge.sum(axis=0, keepdims=True),
        }

    def _compare(self, sums: Floats, edges: Floats, truth: Floats) -> tuple[float, Floats, Floats]:
        """Return the loss, and its slopes in the sums and in the two edges."""
        if self._choice.is_ordinal:
            small, large = sums[:, 0] + edges[0, 0], edges[0, 1] - sums[:, 0]
            odds = np.column_stack([small, large])
            happened = truth[:, [0, 2]]
            loss = float((np.logaddexp(0.0, odds) - happened * odds).sum())
            slope = expit(odds) - happened
            return loss, slope[:, :1] - slope[:, 1:], slope
        odds = np.column_stack(
            [sums[:, 0] + edges[0, 0], np.zeros(len(sums)), sums[:, 1] + edges[0, 1]]
        )
        shares = softmax(odds, axis=1)
        loss = float(-np.log(shares[truth > 0]).sum())
        slope = (shares - truth)[:, [0, 2]]
        return loss, slope, slope


def _sum_by(code: Numbers, values: Floats, *, count: int) -> Floats:
    return np.stack([np.bincount(code, part, count) for part in values.T], axis=1)


def predict_ordinal(train: pd.DataFrame, test: pd.DataFrame) -> Floats:
    """Foretell by one sum with two thresholds."""
    return LatentFactors(Layout.read(train, test), ORDINAL).learn(train).predict(test)


def predict_two_sums(train: pd.DataFrame, test: pd.DataFrame) -> Floats:
    """Foretell by a sum each of small and of large."""
    return LatentFactors(Layout.read(train, test), TWO_SUMS).learn(train).predict(test)
