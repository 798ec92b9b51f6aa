"""What is expected of every style in every size of a shop, by its own outcomes."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from models_ml.fit.buyers import FACTORS, compare_buyers
from models_ml.fit.outcome import fit_outcome_model, predict_outcomes
from models_ml.fit.outcome_columns import (
    BANDS,
    CUSTOMER,
    GROUPS,
    MEASURED,
    OUTCOME,
    OUTCOMES,
    SIZE,
    STYLE,
)
from models_ml.fit.sizes import GIVEN, PARSED, order_style, parse_size
from models_ml.fit.wardrobes import measure_wardrobes
from models_ml.rates.parts import Floats

VERSION: Final = "fit_outcome_2"
SEED: Final = 0
FOLDS: Final = 2  # whoever is told of was not learned from: her own outcome would tell it
MOST_LEARNED: Final = 30_000  # rows a fold; of ten million lines they are learned in time
LEAST: Final = 100  # rows of small and of large each; fewer teach trees nothing
CUSTOMERS, NOBODY, NOT_MEASURABLE = "customers", "nobody", "not_measurable"
COLUMNS: Final = (
    *("style_id", "size_label", "basis_code", "model_version"),
    *("small_probability", "fit_probability", "large_probability"),
    *FACTORS,
    *("scored_count", "learned_count", "missing_small_count", "missing_large_count"),
)
_NAMES: Final = {
    "customer_id": CUSTOMER,
    "style_id": STYLE,
    "category_name": "category",
    "brand_name": "brand",
    "height_band_name": "height_band",
    "age_band_name": "age_band",
    "usual_size_label": "usual_size",
    "outcome_code": OUTCOME,
}
_SORTED: Final = [CUSTOMER, STYLE, "size_label", OUTCOME]


def expect_outcomes(
    outcomes: pd.DataFrame, sizes: pd.DataFrame, *, most_learned: int = MOST_LEARNED
) -> pd.DataFrame:
    """Say how probably each size of each style is small, right and large.

    Parameters
    ----------
    outcomes : DataFrame
        One row per order line whose fit is known: ``customer_id`` (null: unknown), ``style_id``,
        ``size_label``, ``category_name``, ``brand_name`` (null: none), ``outcome_code`` (of
        ``OUTCOMES``). Where the shop has them ``height_band_name``, ``age_band_name`` and
        ``usual_size_label`` of the customer (null: unknown). Source: ``marts.fct_fit_outcomes``
        and ``marts.dim_customers``.
    sizes : DataFrame
        One row per style and size to tell of: ``style_id``, ``size_label``, ``size_order`` (null:
        not given), ``category_name``, ``brand_name``.
    most_learned : int
        Rows of a fold that are learned from at most, drawn once.

    Returns
    -------
    DataFrame
        ``COLUMNS``, one row per row of ``sizes``, in its order. Probabilities are the means over
        the customers who bought the size, each by a model that did not learn from the order line;
        of nobody where no outcome of it is known, and null
        where the shop has fewer than ``LEAST`` rows of small or of large. The factors are those of
        ``compare_buyers``.
    """
    counts = outcomes["outcome_code"].value_counts()
    missing = {name: max(LEAST - int(counts.get(name, 0)), 0) for name in ("small", "large")}
    told = sizes[["style_id", "size_label"]].assign(
        basis_code=NOT_MEASURABLE,
        model_version=VERSION,
        scored_count=0,
        learned_count=0,
        missing_small_count=missing["small"],
        missing_large_count=missing["large"],
    )
    names = [f"{name}_probability" for name in OUTCOMES]
    told[[*names, *FACTORS]] = np.nan
    if sizes.empty or any(missing.values()) or not counts.get("fit", 0):
        return told[list(COLUMNS)]
    places = place_sizes(sizes, outcomes)
    rows = _lay_out(outcomes, places=places).sort_values(_SORTED, ignore_index=True)
    fold = np.random.default_rng(SEED).permutation(len(rows)) % FOLDS
    unknown = _lay_out(sizes.assign(customer_id=None), places=places)
    rows, unknown = measure_wardrobes(rows, unknown)
    found, of_any = np.empty((2, len(rows), len(OUTCOMES)))
    of_nobody = np.zeros((len(sizes), len(OUTCOMES)))
    learned_count = 0
    for number in range(FOLDS):
        others = rows[fold != number]
        learned = others.sample(min(most_learned, len(others)), random_state=SEED)
        model = fit_outcome_model(learned, has_body=False, seed=SEED)
        its = rows[fold == number]
        found[fold == number] = predict_outcomes(model, its)
        of_any[fold == number] = predict_outcomes(model, _forget_style(its))
        of_nobody += predict_outcomes(model, unknown) / FOLDS
        learned_count += len(learned)
    told[list(FACTORS)] = compare_buyers(sizes, rows, expected=of_any[:, [0, 2]])
    means, scored = _average(sizes, rows, found=found)
    is_nobody = scored == 0
    means[is_nobody] = of_nobody[is_nobody]
    told[names] = means
    told["basis_code"] = np.where(is_nobody, NOBODY, CUSTOMERS)
    told["scored_count"], told["learned_count"] = scored, learned_count
    return told[list(COLUMNS)]


def _forget_style(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep of rows what they are whatever the style: its customer, its category and its size."""
    beyond = rows[MEASURED["customer"]]
    return rows.assign(**{STYLE: None, "brand": None, MEASURED["gap"]: beyond})


def _average(
    sizes: pd.DataFrame, rows: pd.DataFrame, *, found: Floats
) -> tuple[Floats, np.ndarray]:
    """Average the rows of each size; return the means and how many rows each has."""
    places = pd.MultiIndex.from_frame(sizes[["style_id", "size_label"]])
    place = places.get_indexer(pd.MultiIndex.from_frame(rows[[STYLE, "size_label"]]))
    known = place >= 0
    scored = np.bincount(place[known], minlength=len(sizes))
    sums = np.column_stack([np.bincount(place[known], part[known], len(sizes)) for part in found.T])
    means: Floats = sums / np.maximum(scored, 1)[:, None]
    return means, scored


def _lay_out(rows: pd.DataFrame, *, places: pd.DataFrame) -> pd.DataFrame:
    """Name columns as the model does, and give each row the place of its size."""
    named = rows.rename(columns=_NAMES)
    known = named.merge(places, on=[STYLE, "size_label"], how="left", validate="many_to_one")
    for column in (CUSTOMER, STYLE, *GROUPS, *(band for band in BANDS if band in known)):
        known[column] = known[column].astype(object).where(known[column].notna(), None)
    return known


def place_sizes(sizes: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Place each size among the sold sizes of its kind: a category with one system of sizes.

    Parameters
    ----------
    sizes : DataFrame
        Of ``expect_outcomes``.
    outcomes : DataFrame
        Of ``expect_outcomes``; how often a size was sold is read, not how it fitted.

    Returns
    -------
    DataFrame
        ``item_id``, ``size_label`` and ``size``: in (0, 1), larger for a larger size, half the
        sales of the kind lie below 0.5; not a number where the order is not known.
    """
    found = pd.DataFrame(_read_sizes(sizes), columns=[STYLE, "size_label", "kind", "number"])
    sold = outcomes.groupby(["style_id", "size_label"]).size().rename("sold")
    weight = found.join(sold, on=[STYLE, "size_label"])["sold"].fillna(0.0) + 1e-6
    weighed = found.assign(weight=weight)
    steps: pd.DataFrame = weighed.groupby(["kind", "number"], as_index=False)[["weight"]].sum()
    steps = steps.sort_values(["kind", "number"], ignore_index=True)
    below = steps.groupby("kind")["weight"].cumsum() - steps["weight"] / 2
    whole = steps.groupby("kind")["weight"].transform("sum")
    steps[SIZE] = (below / whole).round(6)
    placed = found.merge(steps[["kind", "number", SIZE]], on=["kind", "number"], how="left")
    return placed[[STYLE, "size_label", SIZE]]


def _read_sizes(sizes: pd.DataFrame) -> list[tuple[object, str, str, tuple[float, ...] | None]]:
    """Read the kind of every size and its number within the kind; None without an order."""
    orders = sizes["size_order"].astype(object).where(sizes["size_order"].notna(), None)
    read: list[tuple[object, str, str, tuple[float, ...] | None]] = []
    for style, rows in sizes.groupby("style_id", sort=True).indices.items():
        labels = {
            str(sizes["size_label"].iloc[row]): None
            if orders.iloc[row] is None
            else int(float(str(orders.iloc[row])))
            for row in rows
        }
        category = str(sizes["category_name"].iloc[rows[0]])
        order = order_style(labels)
        for label, given in labels.items():
            size = parse_size(label)
            if order.basis == GIVEN and given is not None:
                read.append((style, label, f"{category}/{GIVEN}", (float(given),)))
            elif order.basis == PARSED and size is not None:
                read.append((style, label, f"{category}/{size.system}", size.place))
            else:
                read.append((style, label, category, None))
    return read
