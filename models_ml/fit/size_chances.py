"""Rates of sizes with their intervals, and how probable it is that a size itself runs so."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models_ml.fit.evidence import Style
from models_ml.fit.likelihood import Posterior
from models_ml.fit.patterns import FAILS_SOME
from models_ml.fit.usual import Group
from models_ml.rates.estimate import estimate_rates


def write_sizes(
    evidence: pd.DataFrame,
    styles: list[Style],
    groups: list[Group],
    posteriors: list[Posterior],
) -> pd.DataFrame:
    """Write how often each size comes back for size, and how probable it runs small or large."""
    chances: dict[int, tuple[int | None, float, float]] = {}
    for group, posterior in zip(groups, posteriors, strict=True):
        # What fails some customers alone is no fault of a size.
        of_sizes = np.array([verdict != FAILS_SOME for verdict in group.patterns.verdict])
        pattern = posterior.pattern * of_sizes
        small, large = pattern @ group.patterns.runs_small, pattern @ group.patterns.runs_large
        for at, place in enumerate(group.rows):
            style = styles[place]
            for label, row in zip(style.labels, style.rows, strict=True):
                rank = style.order.ranks.get(label)
                size = rank if rank is not None and small.shape[1] > 1 else 0
                chances[row] = rank, float(small[at, size]), float(large[at, size])
    rates = _estimate_rates(evidence)
    return frame_sizes(
        [
            {
                "style_id": evidence["style_id"].iloc[row],
                "size_label": evidence["size_label"].iloc[row],
                "rank_number": rank,
                "size_rate": rates["posterior_rate"].iloc[row],
                "low_rate": rates["low_rate"].iloc[row],
                "high_rate": rates["high_rate"].iloc[row],
                "small_probability": small_chance,
                "large_probability": large_chance,
            }
            for row, (rank, small_chance, large_chance) in sorted(chances.items())
        ]
    )


def _estimate_rates(evidence: pd.DataFrame) -> pd.DataFrame:
    """Estimate the share that comes back for size; the sizes of a style are its sisters."""
    return estimate_rates(
        pd.DataFrame(
            {
                "level_code": "sku",
                "group_id": [
                    f"{style}\x1f{label}"
                    for style, label in zip(
                        evidence["style_id"], evidence["size_label"], strict=True
                    )
                ],
                "style_id": evidence["style_id"],
                "category_name": evidence["category_name"],
                "delivered_count": evidence["delivered_count"],
                "developed_count": evidence["developed_count"],
                "returned_count": evidence["size_units"],
                "expected_rate": np.nan,
            }
        )
    )


def frame_sizes(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Lay rows of sizes out as a table."""
    columns = ["style_id", "size_label", "rank_number", "size_rate", "low_rate", "high_rate"]
    frame = pd.DataFrame(rows, columns=[*columns, "small_probability", "large_probability"])
    return frame.astype({"rank_number": "Int64"})
