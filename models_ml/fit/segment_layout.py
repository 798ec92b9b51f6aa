"""Rows of customers' attributes → tables of styles and values, and the sets that may fail."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from models_ml.fit.sizes import UNORDERED, order_style
from models_ml.rates.evidence import read_floats
from models_ml.rates.parts import Floats, Labels

NAMED: Final = "named"
_NAMES: Final = ("segment_kind_code", "segment_label")
# Of the sets of a dimension: one value, and the rest one end of its order.
SINGLE_SHARE: Final = 0.7
_BELOW: Final = re.compile(r"未満|以下|under|below|less|<|≤|up to")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Layout:
    """A dimension: styles by values. Columns are the named values in order, then the others.

    Attributes
    ----------
    styles : Labels of shape (n_styles,)
        Numbers of the styles, from 0.
    row : Labels of shape (n_styles, n_columns)
        Row of the evidence; -1 where the style has none.
    units : Floats of shape (2, n_styles, n_columns)
        Units sent back as too small, as too large.
    exposure : Floats of shape (2, n_styles, n_columns)
        Weighed developed units.
    category : Labels of shape (n_styles,)
        Number of the category, from 0.
    category_count : int
    value_count : int
        Named values.
    is_ordered : bool
    patterns : bool array of shape (n_patterns, n_columns)
        Sets of values that may fail together.
    share : Floats of shape (n_patterns,)
        Prior share of each set; sums to 1.
    """

    styles: Labels
    row: Labels
    units: Floats
    exposure: Floats
    category: Labels
    category_count: int
    value_count: int
    is_ordered: bool
    patterns: npt.NDArray[np.bool_]
    share: Floats


def lay_out(evidence: pd.DataFrame, *, has_order: bool = True) -> list[Layout]:
    """Lay out each dimension.

    Parameters
    ----------
    evidence : DataFrame
        As ``estimate_segments`` takes it, numbered from 0.
    has_order : bool
        Whether to look for an order of the values.

    Returns
    -------
    list of Layout
    """
    styles, _ = pd.factorize(evidence["style_id"])
    categories, names = pd.factorize(evidence["category_name"], sort=True)
    categories = np.where(categories < 0, len(names), categories)
    return [
        _lay_out_one(
            evidence,
            rows=np.asarray(rows),
            styles=styles,
            categories=categories,
            category_count=len(names) + 1,
            has_order=has_order,
        )
        for _, rows in sorted(evidence.groupby("dimension_code", sort=True).indices.items())
    ]


def order_values(labels: list[str]) -> tuple[list[str], bool]:
    """Put the values of a dimension in order, and say whether it is one.

    Sizes by what their labels mean; bands by their first number, those below it first; anything
    else by its text, which is no order.

    Parameters
    ----------
    labels : list of str
        Different from each other.

    Returns
    -------
    tuple of (list of str, bool)

    Examples
    --------
    >>> order_values(["L", "S", "M"])
    (['S', 'M', 'L'], True)
    >>> order_values(["155-160cm", "150-155cm", "150cm未満"])
    (['150cm未満', '150-155cm', '155-160cm'], True)
    >>> order_values(["tall", "petite"])
    (['petite', 'tall'], False)
    """
    order = order_style(dict.fromkeys(labels))
    if order.basis != UNORDERED:
        return sorted(labels, key=lambda label: (order.ranks[label], label)), True
    places = {label: _place_band(label) for label in labels}
    known = {label: place for label, place in places.items() if place is not None}
    is_ordered = len(known) == len(labels)
    return sorted(labels, key=lambda label: (known[label] if is_ordered else (), label)), is_ordered


def _place_band(label: str) -> tuple[float, int] | None:
    text = unicodedata.normalize("NFKC", label).lower()
    number = _NUMBER.search(text)
    return (float(number[0]), 0 if _BELOW.search(text) else 1) if number else None


def list_sets(value_count: int, columns: int, *, is_ordered: bool) -> tuple[np.ndarray, Floats]:
    """List the sets of values that may fail together, and their prior shares.

    Single values; in an order also its lower and upper ends, the whole left out.

    Examples
    --------
    >>> sets, share = list_sets(3, 4, is_ordered=True)
    >>> [list(map(int, one.nonzero()[0])) for one in sets], bool(abs(share.sum() - 1) < 1e-9)
    ([[0], [1], [2], [0, 1], [1, 2]], True)
    """
    place = np.arange(columns)
    singles = [place == value for value in range(value_count)]
    ends = [
        one
        for cut in range(2, value_count)
        for one in (
            place < cut,
            (place >= value_count - cut) & (place < value_count),
        )
        if is_ordered
    ]
    single = SINGLE_SHARE if ends else 1.0
    share = [single / len(singles)] * len(singles)
    share += [(1 - single) / len(ends)] * len(ends) if ends else []
    return np.array([*singles, *ends]), np.array(share)


def _lay_out_one(
    evidence: pd.DataFrame,
    *,
    rows: np.ndarray,
    styles: np.ndarray,
    categories: np.ndarray,
    category_count: int,
    has_order: bool,
) -> Layout:
    part = evidence.iloc[rows]
    is_named = (part["segment_kind_code"] == NAMED).to_numpy()
    labels, is_ordered = order_values(sorted(set(part["segment_label"][is_named])))
    is_ordered &= has_order
    rest = sorted(set(part["segment_kind_code"][~is_named]))
    # A shop may name a value "other" itself.
    order = [*((NAMED, label) for label in labels), *((kind, kind) for kind in rest)]
    places = {name: place for place, name in enumerate(order)}
    column = np.array([places[name] for name in part[[*_NAMES]].itertuples(index=False, name=None)])
    members, at = np.unique(styles[rows], return_inverse=True)
    shape = (len(members), len(labels) + len(rest))
    row = np.full(shape, -1, dtype=np.int64)
    row[at, column] = rows
    category = np.zeros(len(members), dtype=np.int64)
    category[at] = categories[rows]
    units, exposure = np.zeros((2, *shape)), np.zeros((2, *shape))
    for place, side in enumerate(("small", "large")):
        units[place][at, column] = read_floats(part, f"{side}_units")
        exposure[place][at, column] = read_floats(part, f"{side}_exposure")
    sets, share = list_sets(len(labels), shape[1], is_ordered=is_ordered)
    return Layout(
        styles=members,
        row=row,
        units=units,
        exposure=exposure,
        category=category,
        category_count=category_count,
        value_count=len(labels),
        is_ordered=is_ordered,
        patterns=sets,
        share=share,
    )
