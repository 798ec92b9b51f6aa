"""Parts of garments: drawn to what is usual of the category, and apart where much is written."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models_ml.fit.zones import estimate_zones

PARTS = ("waist", "hip", "length", "thigh")
MIX = np.array([0.4, 0.3, 0.2, 0.1])


def draw_zones(seed: int, *, styles: int = 300) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Styles whose parts differ a little, one in ten with one part four times as often."""
    rng = np.random.default_rng(seed)
    rows, known, true = [], [], []
    for number in range(styles):
        units = float(rng.poisson(rng.gamma(1.0, 300)) + 1)
        rate = 0.05 * rng.lognormal(0, 0.3) * MIX * rng.lognormal(0, 0.2, len(PARTS))
        if rng.random() < 0.1:
            rate[rng.integers(len(PARTS))] *= 4
        known.append({"style_id": f"s{number}", "category_name": "x", "developed_count": units})
        for part, one in zip(PARTS, rate, strict=True):
            told = rng.poisson(units * one)
            true.append({"style_id": f"s{number}", "zone_code": part, "true_rate": one})
            if told:
                rows.append(
                    {
                        "style_id": f"s{number}",
                        "zone_code": part,
                        "small_units": float(told),
                        "large_units": 0.0,
                    }
                )
    return pd.DataFrame(rows), pd.DataFrame(known), pd.DataFrame(true)


def test_intervals_hold_the_true_rates() -> None:
    """20 shops of 300 styles with 4 parts."""
    held = []
    for seed in range(20):
        zones, styles, true = draw_zones(seed)
        found = estimate_zones(zones, styles).merge(true, on=["style_id", "zone_code"])
        held.append(
            (found["true_rate"] >= found["small_low_rate"])
            & (found["true_rate"] <= found["small_high_rate"])
        )
    assert 0.93 <= np.concatenate(held).mean() <= 0.97


def test_a_part_that_nobody_writes_of_has_what_its_category_says() -> None:
    zones, styles, _ = draw_zones(1)
    new = pd.DataFrame([{"style_id": "new", "category_name": "x", "developed_count": 1.0}])
    found = estimate_zones(zones, pd.concat([styles, new])).set_index(["style_id", "zone_code"])
    row = found.loc[("new", "waist")]
    assert row["small_rate"] == pytest.approx(row["category_small_rate"], rel=0.15)
    assert row["small_high_rate"] > 1.5 * row["small_rate"]


def test_a_part_with_much_evidence_has_its_own_rate() -> None:
    zones, styles, _ = draw_zones(2)
    large = pd.DataFrame([{"style_id": "big", "category_name": "x", "developed_count": 10_000.0}])
    told = pd.DataFrame(
        [
            {"style_id": "big", "zone_code": part, "small_units": units, "large_units": 0.0}
            for part, units in (("thigh", 900.0), ("waist", 200.0))
        ]
    )
    found = estimate_zones(pd.concat([zones, told]), pd.concat([styles, large]))
    row = found.set_index(["style_id", "zone_code"]).loc[("big", "thigh")]
    assert row["small_rate"] == pytest.approx(0.09, rel=0.05)
    assert row["small_low_rate"] > 5 * row["category_small_rate"]


def test_categories_keep_their_own_parts() -> None:
    zones, styles, _ = draw_zones(3, styles=20)
    shoes = pd.DataFrame([{"style_id": "shoe", "category_name": None, "developed_count": 50.0}])
    toe = pd.DataFrame(
        [{"style_id": "shoe", "zone_code": "toe", "small_units": 2.0, "large_units": 1.0}]
    )
    found = estimate_zones(pd.concat([zones, toe]), pd.concat([styles, shoes]))
    assert found.loc[found["style_id"] == "shoe", "zone_code"].tolist() == ["toe"]
    assert "toe" not in set(found.loc[found["style_id"] == "s0", "zone_code"])


def test_a_style_that_repeats_is_refused_and_nothing_written_is_nothing_said() -> None:
    zones, styles, _ = draw_zones(4, styles=5)
    with pytest.raises(ValueError, match="repeats"):
        estimate_zones(zones, pd.concat([styles, styles]))
    assert estimate_zones(zones.iloc[:0], styles).empty
