"""Counts of styles by who bought them → for which customers a style does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from models_ml.fit.nested_rates import estimate_nested_rates
from models_ml.fit.patterns import CUSTOMERS
from models_ml.fit.segment_layout import Layout, lay_out
from models_ml.fit.segment_likelihood import (
    SIDES,
    SegmentPrior,
    compute_chances,
    compute_factors,
    fit_segments,
)
from models_ml.rates.alarms import select_alarms
from models_ml.rates.evidence import read_floats
from models_ml.rates.parts import Floats

BUDGET: Final = 0.10  # accepted share of false findings
_CAUTION: Final = 0.70  # share of the budget that is spent: what is usual is fitted, not known
LEAST: Final = 0.90  # no finding is less probable
KEYS: Final = ("style_id", "dimension_code", "segment_kind_code", "segment_label")
HINT_COLUMNS: Final = ("style_id", "cause_code", "small_log_factor", "large_log_factor")
COLUMNS: Final = (
    *(*KEYS, "category_name", "delivered_count", "developed_count", "small_units"),
    *("large_units", "size_units", "small_exposure", "large_exposure"),
)
SEGMENT_COLUMNS: Final = (
    *(*KEYS, "finding_code", "rank_number", "size_rate", "low_rate", "high_rate"),
    *("small_probability", "large_probability"),
)


@dataclass(frozen=True)
class SegmentEstimates:
    """What is said of customers.

    Attributes
    ----------
    segments : DataFrame
        By ``KEYS``: ``finding_code`` (small, large; null: nothing is found), ``rank_number``
        (place of the value, from 0; null without an order), ``size_rate`` with ``low_rate`` and
        ``high_rate`` (95 %), ``small_probability``, ``large_probability``.
    hints : DataFrame
        What ``estimate_fit`` takes, one row per style: ``style_id``, ``cause_code``,
        ``small_log_factor``, ``large_log_factor``.
    """

    segments: pd.DataFrame
    hints: pd.DataFrame


def gather_hints(hints: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put hints of several causes together; those without a row say nothing."""
    told = [one for one in hints if not one.empty]
    return pd.concat(told, ignore_index=True) if told else pd.DataFrame(columns=list(HINT_COLUMNS))


def estimate_segments(evidence: pd.DataFrame, *, budget: float = BUDGET) -> SegmentEstimates:
    """Judge for which customers a style fails.

    A style fails some customers where these send it back as too small (or too large) at least 2.5
    times as often as its other customers do, beyond what such customers do in the category, and
    beyond what the sizes that they buy explain. All values of all styles share one budget.

    Parameters
    ----------
    evidence : DataFrame of shape (n_segments, 12)
        One row per style, dimension, kind and value: ``style_id``, ``dimension_code``,
        ``segment_kind_code`` (named, unknown, other), ``segment_label``, ``category_name`` (null:
        none), ``delivered_count`` n ≥ 0, ``developed_count`` m ≥ 0, ``small_units``,
        ``large_units`` and ``size_units`` ≥ 0, ``small_exposure`` and ``large_exposure``
        (developed units, each weighed by how much oftener its size comes back so than the style).
        Source: ``marts.rpt_fit_segment_evidence``.
    budget : float
        Accepted expected share of false findings, in [0, 1).

    Returns
    -------
    SegmentEstimates

    Raises
    ------
    ValueError
        If a column is missing, or a value repeats.
    """
    return judge_parts(evidence, budget=budget, cause=CUSTOMERS)


def judge_parts(
    evidence: pd.DataFrame, *, budget: float, cause: str, has_order: bool = True
) -> SegmentEstimates:
    """Judge parts of styles as ``estimate_segments`` does; without an order one by one."""
    check_segments(evidence)
    evidence = evidence.sort_values(list(KEYS), kind="stable", ignore_index=True)
    if evidence.empty:
        nothing = pd.DataFrame(columns=list(SEGMENT_COLUMNS)).astype({"rank_number": "Int64"})
        return SegmentEstimates(nothing, pd.DataFrame(columns=list(HINT_COLUMNS)))
    layouts = lay_out(evidence, has_order=has_order)
    prior = fit_segments(layouts)
    chances = _judge(layouts, prior, rows=len(evidence))
    found = evidence[list(KEYS)].copy()
    found["finding_code"] = _find(chances, layouts=layouts, budget=budget)
    found["rank_number"] = _rank(layouts, rows=len(evidence))
    found[["size_rate", "low_rate", "high_rate"]] = _estimate_rates(evidence).to_numpy()
    found["small_probability"], found["large_probability"] = chances
    hints = frame_hints(compute_factors(layouts, prior), evidence["style_id"], cause=cause)
    return SegmentEstimates(found[list(SEGMENT_COLUMNS)], hints)


def frame_hints(factors: Floats, style_ids: pd.Series, *, cause: str) -> pd.DataFrame:
    """Lay log Bayes factors of parts out as ``estimate_fit`` takes them."""
    rows = (pd.factorize(style_ids)[1], cause, *factors)
    return pd.DataFrame(dict(zip(HINT_COLUMNS, rows, strict=True)))


def check_segments(evidence: pd.DataFrame) -> None:
    """Refuse evidence that lacks a column or repeats a value.

    Raises
    ------
    ValueError
    """
    missing = [name for name in COLUMNS if name not in evidence.columns]
    if missing:
        raise ValueError(f"evidence lacks {missing}, expected {list(COLUMNS)}")
    repeated = evidence.duplicated(list(KEYS))
    if repeated.any():
        row = evidence[repeated].iloc[0]
        raise ValueError(
            f"{row['segment_label']!r} of {row['style_id']!r} repeats, expected one row each"
        )


@dataclass(frozen=True)
class _Places:
    """Rows of the evidence, and where they stand in a layout."""

    rows: np.ndarray
    style: np.ndarray
    column: np.ndarray


def _find_places(layout: Layout) -> _Places:
    style, column = np.nonzero(layout.row >= 0)
    return _Places(layout.row[style, column], style, column)


def _judge(layouts: list[Layout], prior: SegmentPrior, *, rows: int) -> Floats:
    """Compute how probable it is that each row runs small, and large: shape (2, n_rows)."""
    chances = np.zeros((len(SIDES), rows))
    patterns = compute_chances(layouts, prior)
    for layout, chance in zip(layouts, patterns, strict=True):
        places = _find_places(layout)
        for side in range(len(SIDES)):
            of_values = chance[side] @ layout.patterns.astype(float)
            chances[side, places.rows] = of_values[places.style, places.column]
    return np.clip(chances, 0.0, 1.0)


def _find(chances: Floats, *, layouts: list[Layout], budget: float) -> np.ndarray:
    """Name the direction of each value that is found; only values that have a name are."""
    is_named = np.zeros(chances.shape[1], dtype=np.bool_)
    for layout in layouts:
        places = _find_places(layout)
        is_named[places.rows] = places.column < layout.value_count
    best = chances.max(axis=0)
    is_found = select_alarms(best, is_eligible=is_named & (best >= LEAST), budget=budget * _CAUTION)
    direction: np.ndarray = np.array(SIDES, dtype=object)[chances.argmax(axis=0)]
    direction[~is_found] = None
    return direction


def _rank(layouts: list[Layout], *, rows: int) -> pd.arrays.IntegerArray:
    ranks = np.full(rows, -1, dtype=np.int64)
    for layout in layouts:
        places = _find_places(layout)
        if layout.is_ordered:
            ranks[places.rows] = np.where(places.column < layout.value_count, places.column, -1)
    return pd.arrays.IntegerArray(ranks, mask=ranks < 0)


def _estimate_rates(evidence: pd.DataFrame) -> pd.DataFrame:
    """Estimate the share that comes back for size, each value drawn to the others of its style."""
    keys = evidence["style_id"].astype(str) + "\x1f" + evidence["dimension_code"]
    names = evidence["category_name"].fillna("") + "\x1f" + evidence["dimension_code"]
    return estimate_nested_rates(
        read_floats(evidence, "size_units"),
        read_floats(evidence, "developed_count"),
        style=pd.factorize(keys)[0],
        category=pd.factorize(names)[0],
    )
