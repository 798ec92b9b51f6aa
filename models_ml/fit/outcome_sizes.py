"""Whether a size is small or large for whom and what it is; of sizes alone, no outcome is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtri

from models_ml.fit.outcome_bodies import Bodies, BodyRule, learn_body_rule
from models_ml.fit.outcome_columns import Numbers
from models_ml.rates.parts import Floats

CUSTOMER_ROWS: Final = 0.1  # rows by which a customer's usual size is drawn to what is expected
STYLE_ROWS: Final = 15.0  # rows by which a style is drawn to no offset
_ROUNDS: Final = 4


@dataclass(frozen=True)
class UsualSizes:
    """Which sizes customers usually choose, and how styles move that.

    A size is a place: the normal quantile of its rank among all that were worn, so that letters'
    ranks, dress sizes and centimetres are alike.

    Attributes
    ----------
    sold : Floats of shape (n,)
        Sizes worn, sorted.
    rule : BodyRule, optional
        What is expected of a body.
    sums, counts : Floats of shape (n_customers + 1,)
        Of each customer's places beyond what is expected; the last is of nobody.
    offsets : Floats of shape (n_styles + 1,)
        How much larger than usual a style is chosen.
    """

    sold: Floats
    rule: BodyRule | None
    sums: Floats
    counts: Floats
    offsets: Floats

    def describe(
        self,
        sizes: Floats,
        *,
        customers: Numbers,
        styles: Numbers,
        bodies: Bodies | None,
        is_own: bool,
    ) -> dict[str, Floats]:
        """Say how far sizes are from usual.

        Parameters
        ----------
        sizes : Floats of shape (n,)
            Not a number where unknown.
        customers, styles : Numbers of shape (n,)
        bodies : Bodies of n rows, optional
            Where a rule of bodies was learned.
        is_own : bool
            Whether these are the rows learned from: each is then held against the others.

        Returns
        -------
        dict of str to Floats of shape (n,)
            ``place``; ``customer``: beyond the customer's usual; ``gap``: also without the style's
            offset; with bodies ``body``: beyond the body's usual and the offset. Not a number
            where nothing is known.
        """
        place = _place(self.sold, sizes)
        expected = np.zeros(len(place))
        if self.rule is not None and bodies is not None:
            expected = self.rule.expect(bodies)
        offset = self.offsets[styles]
        sums, counts = self.sums[customers], self.counts[customers]
        if is_own:
            mine = np.isfinite(place) & (customers < len(self.counts) - 1)
            sums = sums - np.where(mine, place - expected - offset, 0.0)
            counts = counts - mine
        usual = sums / (counts + CUSTOMER_ROWS)
        if self.rule is None:
            usual = np.where(counts > 0, usual, np.nan)
        told = {"place": place, "customer": place - expected - usual}
        told["gap"] = told["customer"] - offset
        if self.rule is not None:
            told["body"] = place - expected - offset
        return told


def learn_usual_sizes(
    sizes: Floats,
    *,
    customers: Numbers,
    styles: Numbers,
    counts: tuple[int, int],
    bodies: Bodies | None,
) -> UsualSizes:
    """Learn usual sizes and offsets in rounds.

    Parameters
    ----------
    sizes : Floats of shape (n,)
    customers, styles : Numbers of shape (n,)
    counts : tuple of (int, int)
        Customers and styles there are.
    bodies : Bodies of n rows, optional

    Returns
    -------
    UsualSizes
    """
    sold = np.sort(sizes[np.isfinite(sizes)])
    place = _place(sold, sizes)
    is_known = np.isfinite(place)
    told = np.where(is_known, place, 0.0)
    somebody = is_known & (customers < counts[0])
    offsets: Floats = np.zeros(counts[1] + 1)
    rule, expected = None, np.zeros(len(told))
    how_many = np.bincount(customers, somebody, counts[0] + 1)
    others = how_many[customers] - somebody
    for _ in range(_ROUNDS):
        if bodies is not None:
            rule = learn_body_rule(bodies, told - offsets[styles], rows=is_known)
            expected = rule.expect(bodies)
        rest = np.where(somebody, told - expected - offsets[styles], 0.0)
        sums = np.bincount(customers, rest, counts[0] + 1)
        usual = (sums[customers] - rest) / (others + CUSTOMER_ROWS)
        says = is_known & ((others > 0) | (bodies is not None))
        beyond = np.where(says, told - expected - usual, 0.0)
        told_of = np.bincount(styles, says, counts[1] + 1) + STYLE_ROWS
        offsets = np.bincount(styles, beyond, counts[1] + 1) / told_of
        offsets[-1] = 0.0
    rest = np.where(somebody, told - expected - offsets[styles], 0.0)
    sums = np.bincount(customers, rest, counts[0] + 1).astype(np.float64)
    return UsualSizes(sold, rule, sums.astype(np.float64), how_many.astype(np.float64), offsets)


def _place(sold: Floats, sizes: Floats) -> Floats:
    if not len(sold):
        return np.full(len(sizes), np.nan)
    below, above = np.searchsorted(sold, sizes), np.searchsorted(sold, sizes, side="right")
    edge = 0.5 / len(sold)
    rank = np.clip((below + above) / 2 / len(sold), edge, 1 - edge)
    return np.where(np.isfinite(sizes), ndtri(rank), np.nan)
