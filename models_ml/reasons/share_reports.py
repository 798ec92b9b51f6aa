"""Shares of reasons among the returns whose text was read: of a shop, a month, a style, a SKU."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from models_ml.reasons.shares import bound_shares

LEVEL: Final = 0.95  # metrics.md
PLACES: Final = ("style_id", "size_label", "sku", "month_start_date")
# What a share is a share of, by the columns that name the group.
LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "shop": (),
    "month": ("month_start_date",),
    "style": ("style_id",),
    "size": ("style_id", "size_label"),
    "sku": ("style_id", "size_label", "sku"),
}
BASIS: Final = "date_basis_code"
REASON: Final = ("reason_code", "reason_system")
UNITS: Final = ("returned_count", "told_returned_count")
EXPECTED: Final = ("expected_returned_units", "returned_units_variance")
COLUMNS: Final = (
    *("level_code", *PLACES, BASIS, *REASON, *UNITS, "expected_returned_units"),
    *("corrected_returned_units", "reason_share", "low_share", "high_share", "label_count"),
)
_DECIMALS: Final = 6  # of units: sums of them do not depend on the order of the rows


def estimate_reason_shares(reasons: pd.DataFrame, *, corrections: pd.DataFrame) -> pd.DataFrame:
    """Estimate the shares of every reason in every group.

    Parameters
    ----------
    reasons : DataFrame
        One row per SKU, month, date basis and reason: ``PLACES``, ``BASIS``, ``REASON``, ``UNITS``
        and ``EXPECTED``, of the source ``classified``.
    corrections : DataFrame
        One row per reason with labels: ``reason_code``, ``correction_factor``,
        ``correction_doubt`` and ``label_count``.

    Returns
    -------
    DataFrame
        ``COLUMNS``: one row per level, group, date basis and expected reason. A share is that of
        the units whose text was read, corrected by labels where there are some; its 95 % interval
        holds the doubt of each reading and of the correction.
    """
    frames = [
        _sum_level(reasons, level=level, columns=columns) for level, columns in LEVELS.items()
    ]
    sums = pd.concat(frames, ignore_index=True)
    labelled = sums.merge(corrections, how="left", on="reason_code")
    factor = labelled["correction_factor"].fillna(1.0).to_numpy(float)
    doubt = labelled["correction_doubt"].fillna(0.0).to_numpy(float)
    expected = labelled["expected_returned_units"].to_numpy(float)
    told = labelled["told_returned_count"].to_numpy(float)
    corrected = (expected * factor).clip(0.0, told)
    variance = factor**2 * labelled["returned_units_variance"] + (expected * doubt) ** 2
    shares = bound_shares(
        corrected / told, variance=variance.to_numpy(float) / told**2, level=LEVEL
    )
    return labelled.assign(
        corrected_returned_units=corrected.round(_DECIMALS),
        reason_share=shares.expected,
        low_share=shares.low,
        high_share=shares.high,
        label_count=labelled["label_count"].fillna(0).astype("int64"),
    )[list(COLUMNS)]


def _sum_level(reasons: pd.DataFrame, *, level: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Sum the units of each group over all reasons, and what is expected over each of them."""
    group = [*columns, BASIS]
    whole = reasons.groupby(group, dropna=False, as_index=False)[list(UNITS)].sum()
    parts = reasons.groupby([*group, *REASON], dropna=False, as_index=False)[list(EXPECTED)].sum()
    parts[list(EXPECTED)] = parts[list(EXPECTED)].round(_DECIMALS)
    found = parts[parts["expected_returned_units"] > 0].merge(whole, on=group)
    empty = {name: None for name in PLACES if name not in columns}
    return found.assign(level_code=level, **empty)
