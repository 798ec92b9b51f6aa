"""Counts of styles by production lot → whether one lot does not fit while the others do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from models_ml.fit.patterns import LOTS
from models_ml.fit.segments import BUDGET, judge_parts

LOT_COLUMNS: Final = (
    *("style_id", "lot_id", "finding_code", "size_rate", "low_rate", "high_rate"),
    *("small_probability", "large_probability"),
)


@dataclass(frozen=True)
class LotEstimates:
    """What is said of lots.

    Attributes
    ----------
    lots : DataFrame
        One row per style and lot: ``finding_code`` (small, large; null: nothing is found),
        ``size_rate`` with ``low_rate`` and ``high_rate`` (95 %), ``small_probability``,
        ``large_probability``.
    hints : DataFrame
        What ``estimate_fit`` takes.
    """

    lots: pd.DataFrame
    hints: pd.DataFrame


def estimate_lots(evidence: pd.DataFrame, *, budget: float = BUDGET) -> LotEstimates:
    """Judge every lot against the other lots of its style.

    A lot fails where it is sent back as too small (or too large) at least 2.5 times as often as
    the other lots, beyond what its sizes explain. Of a style with one lot nothing can be said.

    Parameters
    ----------
    evidence : DataFrame of shape (n_lots, 10)
        One row per style and lot: ``style_id``, ``lot_id``, and the counts that
        ``estimate_segments`` takes. Source: ``marts.rpt_fit_lot_evidence``.
    budget : float
        Accepted expected share of false findings, in [0, 1).

    Returns
    -------
    LotEstimates

    Raises
    ------
    ValueError
        If a column is missing, or a lot of a style repeats.
    """
    # A lot is a style's own: the first of one has nothing to do with the first of another.
    ordered = evidence.sort_values(["style_id", "lot_id"], kind="stable", ignore_index=True)
    place = ordered.groupby("style_id").cumcount().astype(str).str.zfill(4)
    repeated = ordered.duplicated(["style_id", "lot_id"])
    if repeated.any():
        row = ordered[repeated].iloc[0]
        raise ValueError(f"lot {row['lot_id']!r} of {row['style_id']!r} repeats")
    parts = ordered.assign(
        dimension_code="lot", segment_kind_code="named", segment_label="lot " + place
    )
    found = judge_parts(parts, budget=budget, cause=LOTS, has_order=False)
    keys = ["style_id", "segment_label"]
    named = found.segments.merge(parts[[*keys, "lot_id"]], how="left", on=keys)
    return LotEstimates(named[list(LOT_COLUMNS)], found.hints)
