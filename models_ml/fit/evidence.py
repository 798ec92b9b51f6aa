"""Rows of sizes → styles with their sizes in order, in groups that are judged together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from models_ml.fit.likelihood import Counts
from models_ml.fit.patterns import CUSTOMERS, LOTS, list_patterns
from models_ml.fit.sizes import UNORDERED, StyleOrder, order_style
from models_ml.fit.usual import Group
from models_ml.rates.evidence import read_floats
from models_ml.rates.parts import Floats

COLUMNS: Final = (
    *("style_id", "size_label", "size_order", "category_name", "delivered_count"),
    *("developed_count", "small_units", "large_units", "size_units", "other_units"),
)
BUYER_COLUMNS: Final = ("small_buyer_factor", "large_buyer_factor")


@dataclass(frozen=True)
class Style:
    """A style.

    Attributes
    ----------
    style_id : str
    rows : list of int
        Places in the evidence, from small to large.
    labels : list of str
        Of these rows.
    category, brand : object
        Null where it has none.
    order : StyleOrder
    """

    style_id: str
    rows: list[int]
    labels: list[str]
    category: object
    brand: object
    order: StyleOrder


def check_evidence(evidence: pd.DataFrame) -> None:
    """Refuse evidence that lacks a column or repeats a size.

    Raises
    ------
    ValueError
    """
    missing = [name for name in COLUMNS if name not in evidence.columns]
    if missing:
        raise ValueError(f"evidence lacks {missing}, expected {list(COLUMNS)}")
    repeated = evidence.duplicated(["style_id", "size_label"])
    if repeated.any():
        row = evidence[repeated].iloc[0]
        raise ValueError(
            f"size {row['size_label']!r} of {row['style_id']!r} repeats, expected one row each"
        )


def order_styles(evidence: pd.DataFrame) -> list[Style]:
    """Put the sizes of every style in order."""
    styles = []
    orders = evidence["size_order"].astype(object).where(evidence["size_order"].notna(), None)
    for style_id, rows in evidence.groupby("style_id", sort=True).indices.items():
        labels = {evidence["size_label"].iloc[row]: row for row in rows}
        order = order_style({label: _whole(orders.iloc[row]) for label, row in labels.items()})
        ranked = sorted(labels, key=lambda label: (order.ranks.get(label, 0), label))
        places = [labels[one] for one in ranked]
        category, brand = (
            evidence[name].iloc[rows[0]] if name in evidence.columns else None
            for name in ("category_name", "brand_name")
        )
        styles.append(Style(str(style_id), places, ranked, category, brand, order))
    return styles


def _whole(value: object) -> int | None:
    return None if value is None else int(float(str(value)))


def group_styles(
    evidence: pd.DataFrame,
    styles: Sequence[Style],
    *,
    category: Mapping[object, int],
    hints: pd.DataFrame | None = None,
    buyers: pd.DataFrame | None = None,
) -> list[Group]:
    """Group styles by their number of sizes; spellings of one size count as one.

    Parameters
    ----------
    evidence : DataFrame
        As ``check_evidence`` takes it.
    styles : sequence of Style
        Of ``order_styles``.
    category : mapping of name to int
        Numbers from 0; every other name is the shop's.
    hints, buyers : DataFrame, optional
        Of ``estimate_fit``.
    """
    expected = _read_buyers(buyers, evidence)
    told = _read_hints(hints, styles)
    brands = pd.factorize(pd.Series([f"{one.category}\x1f{one.brand}" for one in styles]))[0]
    shapes: dict[tuple[int, bool], list[int]] = {}
    for place, style in enumerate(styles):
        count = len(set(style.order.ranks.values())) or 1
        shapes.setdefault((count, style.order.basis != UNORDERED and count > 1), []).append(place)
    names = ("small_units", "large_units", "other_units", "developed_count")
    columns = [read_floats(evidence, name) for name in names]
    exposure = columns[-1]
    if expected is not None:
        columns += [*(exposure * expected), *expected, np.ones(len(evidence))]
    groups = []
    for (count, is_ordered), members in sorted(shapes.items()):
        sums = np.zeros((len(columns), len(members), count))
        for row, place in enumerate(members):
            style = styles[place]
            for label, at in zip(style.labels, style.rows, strict=True):
                size = style.order.ranks.get(label, 0) if is_ordered else 0
                sums[:, row, size] += [column[at] for column in columns]
        groups.append(
            Group(
                rows=np.array(members),
                counts=Counts(*sums[: len(names)]),
                patterns=list_patterns(count, is_ordered=is_ordered),
                category=np.array(
                    [category.get(styles[place].category, len(category)) for place in members]
                ),
                brand=brands[members],
                hints=None if told is None else told[members],
                buyers=None if expected is None else _average_buyers(sums[len(names) - 1 :]),
            )
        )
    return groups


def _read_buyers(buyers: pd.DataFrame | None, evidence: pd.DataFrame) -> Floats | None:
    """Lay out by row of the evidence what is expected of its customers; 1 where nothing is."""
    if buyers is None or buyers.empty:
        return None
    keys = ["style_id", "size_label"]
    told = evidence[keys].merge(buyers, how="left", on=keys, validate="one_to_one")
    return told[list(BUYER_COLUMNS)].astype(float).fillna(1.0).to_numpy().T


def _average_buyers(sums: Floats) -> Floats:
    """Average over the spellings of a size, by exposure; without any, all alike."""
    exposure, weighed, plain, count = sums[0], sums[1:3], sums[3:5], sums[5]
    even = plain / np.maximum(count, 1.0)
    average: Floats = np.where(exposure > 0, weighed / np.maximum(exposure, 1e-9), even)
    return np.where(count > 0, average, 1.0)


def _read_hints(hints: pd.DataFrame | None, styles: Sequence[Style]) -> Floats | None:
    """Lay out hints by style, in the order of the patterns of causes; None without any."""
    if hints is None or hints.empty:
        return None
    ids = [style.style_id for style in styles]
    columns = [
        hints[hints["cause_code"] == cause].set_index("style_id")[f"{side}_log_factor"]
        for cause in (LOTS, CUSTOMERS)
        for side in ("small", "large")
    ]
    return np.column_stack(
        [column.reindex(ids).astype(float).fillna(-np.inf).to_numpy() for column in columns]
    )
