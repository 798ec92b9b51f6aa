"""Which styles of the synthetic shop fail some of their customers and fit the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from orchestration.demo.catalogue import MISFIT_EXTRA, Catalogue, Ints
from orchestration.demo.columns import pick_words
from orchestration.demo.ordering import Bools
from orchestration.demo.people import ATTRIBUTES, draw_attributes
from orchestration.demo.words import CATEGORIES

FAILING_SHARE: Final = 0.06  # of the styles with sizes that are no misfits
FAILING_EXTRA: Final = MISFIT_EXTRA  # added to the return probability of the customers it fails
# What a style may fail: attributes that a garment knows of.
FAILED_ATTRIBUTES: Final = ("height_band", "usual_size")


@dataclass(frozen=True)
class Failing:
    """Styles that fail customers with one value of one attribute.

    Attributes
    ----------
    attribute : Ints of shape (n_styles,)
        Index into ``ATTRIBUTES``; -1 where the style fails nobody apart.
    value : Ints of shape (n_styles,)
        Index into the attribute's words.
    direction : Ints of shape (n_styles,)
        -1 runs small for them, 1 large, 0 neither.
    zone : list of str
        Part of the garment; empty where there is none.
    customers : Ints of shape (n_attributes, n_customers)
        What the customers are.
    """

    attribute: Ints
    value: Ints
    direction: Ints
    zone: list[str]
    customers: Ints

    def find(self, style: Ints, customer: Ints) -> Bools:
        """Find the sales of a style to customers whom it fails."""
        attribute = self.attribute[style]
        its = self.customers[np.maximum(attribute, 0), customer]
        return np.asarray((attribute >= 0) & (its == self.value[style]))


def draw_failing(catalogue: Catalogue, *, customers: int, seed: int) -> Failing:
    """Draw which styles fail whom; nothing else of the shop depends on these draws."""
    rng = np.random.default_rng([seed, 12])
    count = len(catalogue.style_ids)
    may_fail = (catalogue.size_count > 1) & (catalogue.misfit == 0)
    is_failing = may_fail & (rng.random(count) < FAILING_SHARE)
    places = [list(ATTRIBUTES).index(name) for name in FAILED_ATTRIBUTES]
    attribute = np.where(is_failing, rng.choice(places, count), -1)
    words = np.array([len(some) for some in ATTRIBUTES.values()])
    value = (rng.random(count) * words[np.maximum(attribute, 0)]).astype(np.int64)
    direction = np.where(is_failing, rng.choice([-1, 1], count, p=[0.67, 0.33]), 0)
    picks = rng.random(count)
    zones = [
        CATEGORIES[c].zones[int(pick * len(CATEGORIES[c].zones))] if fails else ""
        for c, pick, fails in zip(catalogue.category, picks, is_failing, strict=True)
    ]
    drawn = draw_attributes(customers, seed=seed)
    return Failing(attribute, value, direction, zones, drawn)


def build_failing_truth(catalogue: Catalogue, failing: Failing) -> pa.Table:
    """Build the truth: one row per style that fails some of its customers."""
    rows = np.flatnonzero(failing.attribute >= 0)
    words = list(ATTRIBUTES.values())
    return pa.table(
        {
            "style_id": pa.array([catalogue.style_ids[row] for row in rows], pa.string()),
            "dimension": pick_words(list(ATTRIBUTES), failing.attribute[rows]),
            "value": pa.array(
                [words[failing.attribute[row]][failing.value[row]] for row in rows], pa.string()
            ),
            "direction": pick_words(("small", "", "large"), failing.direction[rows] + 1),
            "zone": pa.array([failing.zone[row] for row in rows], pa.string()),
        }
    )
