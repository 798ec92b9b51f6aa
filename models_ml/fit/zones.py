"""What is written of parts of garments → how often each part of a style is too small, too large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import gammaincinv, gammaln

from models_ml.rates.evidence import read_floats
from models_ml.rates.parts import Floats, Labels

SIDES: Final = ("small", "large")
LOW, HIGH = 0.025, 0.975
# Developed units by which a style is drawn to its category, and how alike parts of a style are.
STYLE_STRENGTHS: Final = (100.0, 300.0, 1000.0, 3000.0)
PART_SHAPES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0)
_MIN: Final = 1e-9
_WHOLE: Final = 0.999  # share of a part in its category from which there is no other part
ZONE_COLUMNS: Final = (
    *("style_id", "zone_code", "small_rate", "small_low_rate", "small_high_rate"),
    *("large_rate", "large_low_rate", "large_high_rate"),
    *("category_small_rate", "category_large_rate"),
)


@dataclass(frozen=True)
class _Side:
    """One direction: what is written of each part, against the mix of its category."""

    units: Floats
    exposure: Floats
    other_units: Floats
    share: Floats
    category_rate: Floats


def estimate_zones(zones: pd.DataFrame, styles: pd.DataFrame) -> pd.DataFrame:
    """Estimate how often each part is sent back as too small and as too large.

    A part is expected at the share that it has in its category of what is written of the style's
    other parts; these are drawn to the category. How far styles and parts differ is learned.

    Parameters
    ----------
    zones : DataFrame
        ``style_id``, ``zone_code``, ``small_units``, ``large_units`` ≥ 0: one row per style and
        part that is written of. Source: ``marts.rpt_fit_zones``.
    styles : DataFrame
        ``style_id``, ``category_name`` (null: none), ``developed_count`` > 0: one row per style.

    Returns
    -------
    DataFrame
        One row per style and part that is written of in its category: ``style_id``,
        ``zone_code``, shares of the developed units with their 95 % intervals, and the category's.

    Raises
    ------
    ValueError
        If a style repeats.
    """
    if styles["style_id"].duplicated().any():
        raise ValueError("a style repeats, expected one row each")
    rows = _spread(zones, styles)
    if rows.empty:
        return pd.DataFrame(columns=list(ZONE_COLUMNS))
    style = pd.factorize(rows["style_id"])[0]
    category = pd.factorize(rows["category_name"])[0]
    zone = pd.factorize(rows["category_name"] + "\x1f" + rows["zone_code"])[0]
    found = rows[["style_id", "zone_code"]].copy()
    for side in SIDES:
        told = _compare(rows, side=side, style=style, category=category, zone=zone)
        for name, values in _estimate(told).items():
            found[f"{side}_{name}"] = values
        found[f"category_{side}_rate"] = told.category_rate * told.share
    return found[list(ZONE_COLUMNS)]


def _spread(zones: pd.DataFrame, styles: pd.DataFrame) -> pd.DataFrame:
    """Give each style every part that is written of in its category."""
    known = styles[styles["developed_count"] > 0].copy()
    known["category_name"] = known["category_name"].fillna("").astype(str)
    told = zones.merge(known[["style_id", "category_name"]], on="style_id")
    parts = told[["category_name", "zone_code"]].drop_duplicates()
    rows = known.merge(parts, on="category_name").merge(
        zones[["style_id", "zone_code", "small_units", "large_units"]],
        how="left",
        on=["style_id", "zone_code"],
    )
    rows[["small_units", "large_units"]] = rows[["small_units", "large_units"]].fillna(0.0)
    return rows.sort_values(["style_id", "zone_code"], ignore_index=True)


def _compare(
    rows: pd.DataFrame, *, side: str, style: Labels, category: Labels, zone: Labels
) -> _Side:
    units, exposure = (read_floats(rows, name) for name in (f"{side}_units", "developed_count"))
    of_zone, of_category = np.bincount(zone, units), np.bincount(category, units)
    firsts = np.unique(zone, return_index=True)[1]
    parts = np.bincount(category[firsts], minlength=len(of_category))
    # Half a unit is added to each part: none is impossible.
    share = (of_zone[zone] + 0.5) / (of_category[category] + 0.5 * parts[category])
    of_style = np.bincount(category, exposure / np.bincount(style)[style])
    rate = (of_category + 0.5) / (of_style + 50.0)
    others = np.maximum(np.bincount(style, units)[style] - units, 0.0)
    return _Side(units, exposure, others, share, rate[category])


def _expect(told: _Side, strength: float) -> Floats:
    """Expect what is written of all parts, per developed unit, from the other parts."""
    rest = np.maximum(1 - told.share, _MIN)
    drawn = (told.other_units + strength * told.category_rate * rest) / (
        (told.exposure + strength) * rest
    )
    expected: Floats = np.where(told.share < _WHOLE, drawn, told.category_rate)
    return np.maximum(expected, _MIN)


def _estimate(told: _Side) -> dict[str, Floats]:
    weighed = told.exposure * told.share

    def judge(strength: float, shape: float) -> float:
        inverse = shape / _expect(told, strength)
        log = gammaln(shape + told.units) - gammaln(shape) + shape * np.log(inverse)
        log -= (shape + told.units) * np.log(inverse + weighed)
        return float((log + told.units * np.log(np.maximum(weighed, _MIN))).sum())

    strength, shape = max(
        ((one, other) for one in STYLE_STRENGTHS for other in PART_SHAPES),
        key=lambda pair: judge(*pair),
    )
    first = shape + told.units
    second = shape / _expect(told, strength) + weighed
    values = {
        "rate": first / second,
        "low_rate": gammaincinv(first, LOW) / second,
        "high_rate": gammaincinv(first, HIGH) / second,
    }
    return {name: np.minimum(value * told.share, 1.0) for name, value in values.items()}
