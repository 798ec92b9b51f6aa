"""Rows of styles and weeks → arrays of one action: its style first, then the styles beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

WEEKS: Final = 8  # before an action, and after it
RATES: Final = (0.005, 0.98)  # a rate is kept inside these bounds where its variance is computed
_GUESS_STRENGTH: Final = 10.0  # units by which a rate is drawn to a guess to know its variance
COLUMNS: Final = (
    *("action_id", "style_id", "is_acted", "is_due", "week_number"),
    *("delivered_count", "developed_count", "returned_count"),
)


@dataclass(frozen=True)
class Span:
    """What was delivered in some weeks and has come back of it.

    Attributes
    ----------
    delivered, developed, returned : Floats of shape (n_styles, n_weeks)
        n, m = Σ n·G(age) and y, units.
    """

    delivered: Floats
    developed: Floats
    returned: Floats

    def take(self, rows: Bools) -> Span:
        """Keep some styles."""
        return Span(self.delivered[rows], self.developed[rows], self.returned[rows])

    def add_weeks(self) -> Window:
        """Add the weeks up."""
        developed = self.developed.sum(axis=1)
        return Window(
            self.delivered.sum(axis=1),
            developed,
            self.returned.sum(axis=1),
            divide((self.developed**2).sum(axis=1), developed**2),
        )


@dataclass(frozen=True)
class Window:
    """The weeks of a span together.

    Attributes
    ----------
    delivered, developed, returned : Floats of shape (n_styles,)
    concentration : Floats of shape (n_styles,)
        Σ share² of the weeks in what is developed: 1 where one week holds all.
    """

    delivered: Floats
    developed: Floats
    returned: Floats
    concentration: Floats

    @property
    def rate(self) -> Floats:
        """Return the developed rates, at most 1; 0 where nothing is developed."""
        return np.minimum(divide(self.returned, self.developed), 1.0)

    def find_variance(self, *, guess: Floats, flutter: float) -> Floats:
        """Find the variance of the rates.

        Of Binomial(n, θG) the variance of y ÷ m is θ(1 − θG) ÷ m, with G = m ÷ n; what weeks vary
        by comes on top.

        Parameters
        ----------
        guess : Floats of shape (n_styles,)
            Rates to which few units are drawn.
        flutter : float
            Variance from week to week, as a share of the squared rate.
        """
        developed = np.maximum(self.developed, 1e-9)
        rate = (self.returned + _GUESS_STRENGTH * guess) / (self.developed + _GUESS_STRENGTH)
        rate = np.clip(rate, *RATES)
        share = np.minimum(developed / np.maximum(self.delivered, developed), 1.0)
        chance = rate * (1 - rate * share) / developed
        return np.asarray(chance + flutter * rate**2 * self.concentration)


@dataclass(frozen=True)
class ActionEvidence:
    """An action as the statistics see it.

    Attributes
    ----------
    action_id : str
    styles : list of str, length n_styles
        The style that was acted on first.
    is_due : bool
        Whether the weeks after the action are over and have come back.
    history : Span
        One column: the half year before the weeks before.
    before, after : Span
        ``WEEKS`` columns each.
    """

    action_id: str
    styles: list[str]
    is_due: bool
    history: Span
    before: Span
    after: Span

    def keep_styles(self, others: Bools) -> ActionEvidence:
        """Keep the style that was acted on, and some of the others."""
        rows = np.concatenate([[True], others])
        return ActionEvidence(
            self.action_id,
            [style for style, stays in zip(self.styles, rows, strict=True) if stays],
            self.is_due,
            self.history.take(rows),
            self.before.take(rows),
            self.after.take(rows),
        )


def split_actions(evidence: pd.DataFrame) -> list[ActionEvidence]:
    """Lay the rows of every action out as arrays.

    Parameters
    ----------
    evidence : DataFrame
        The columns of ``COLUMNS``; one row per action, style and week. ``week_number`` is -8 to -1
        before the action, 0 to 7 after it, null for the half year before that. A week without
        deliveries needs no row; an action whose own style has none is left out.

    Returns
    -------
    list of ActionEvidence
        By ``action_id``, styles by ``style_id``: the order of the rows says nothing.

    Raises
    ------
    ValueError
        If a column is missing, a row repeats, or a count is negative or null.
    """
    _check(evidence)
    return [
        _lay_out(str(action_id), rows)
        for action_id, rows in evidence.groupby("action_id", sort=True)
        if rows["is_acted"].any()
    ]


def _lay_out(action_id: str, rows: pd.DataFrame) -> ActionEvidence:
    acted = str(rows.loc[rows["is_acted"], "style_id"].iloc[0])
    styles = [acted, *sorted(set(rows["style_id"].astype(str)) - {acted})]
    place = rows["style_id"].astype(str).map({style: at for at, style in enumerate(styles)})
    # History, the weeks before, the weeks after: columns 0, 1 to 8 and 9 to 16.
    column = (rows["week_number"].astype("Float64") + WEEKS + 1).fillna(0).astype(np.int64)
    tables = []
    for name in ("delivered_count", "developed_count", "returned_count"):
        table = np.zeros((len(styles), 2 * WEEKS + 1))
        table[place.to_numpy(), column.to_numpy()] = rows[name].to_numpy(np.float64)
        tables.append(table)
    history, before, after = (
        Span(*(table[:, columns] for table in tables))
        for columns in (slice(0, 1), slice(1, WEEKS + 1), slice(WEEKS + 1, None))
    )
    return ActionEvidence(action_id, styles, bool(rows["is_due"].any()), history, before, after)


def _check(evidence: pd.DataFrame) -> None:
    missing = [name for name in COLUMNS if name not in evidence.columns]
    if missing:
        raise ValueError(f"evidence lacks {missing}, expected {list(COLUMNS)}")
    repeated = evidence.duplicated(["action_id", "style_id", "week_number"])
    if repeated.any():
        row = evidence[repeated].iloc[0]
        raise ValueError(
            f"week {row['week_number']} of style {row['style_id']!r} repeats, expected one row each"
        )
    counts = evidence[["delivered_count", "developed_count", "returned_count"]].astype(float)
    if not (counts >= 0).all(axis=None):
        raise ValueError("a count is negative or null, expected units ≥ 0")


def divide(part: Floats, whole: Floats) -> Floats:
    """Divide; 0 where the whole is."""
    return np.divide(part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=whole > 0)
