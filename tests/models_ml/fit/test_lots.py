"""A lot that does not fit is a fault of production, a style one of its pattern."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models_ml.fit.lots import estimate_lots
from models_ml.fit.segments import gather_hints
from models_ml.fit.verdicts import estimate_fit

LOTS = ("L1", "L2", "L3")
STYLES = 60
RATES = {"small": 0.04, "large": 0.03, "other": 0.1}
# Style to lots that do not fit, direction, and how often these come back so.
PLANTED = {
    "one_small": (("L2",), "small", 5.0),
    "one_large": (("L3",), "large", 5.0),
    "every": (LOTS, "small", 5.0),
}


def draw_lots(*, seed: int, units: float = 400.0) -> pd.DataFrame:
    """Styles that fit in every lot, and those of ``PLANTED``."""
    rng = np.random.default_rng(seed)
    rows = []
    for style in [*(f"style-{number:03}" for number in range(STYLES)), *PLANTED]:
        lots, side, factor = PLANTED.get(style, ((), "", 1.0))
        level = rng.lognormal(0, 0.2)
        for lot in LOTS:
            rate = {name: one * level for name, one in RATES.items()}
            if lot in lots:
                rate[side] *= factor
            told = {name: float(rng.poisson(units * one)) for name, one in rate.items()}
            rows.append(
                {
                    "style_id": style,
                    "lot_id": lot,
                    "category_name": "shoes",
                    "delivered_count": units,
                    "developed_count": units,
                    "small_units": told["small"],
                    "large_units": told["large"],
                    "size_units": told["small"] + told["large"],
                    "other_units": told["other"],
                    "small_exposure": units,
                    "large_exposure": units,
                }
            )
    return pd.DataFrame(rows)


def sum_sizes(lots: pd.DataFrame) -> pd.DataFrame:
    """Sum lots as two sizes of their styles."""
    names = ["delivered_count", "developed_count", "small_units", "large_units", "size_units"]
    sums = lots.groupby(["style_id", "category_name"], as_index=False)[
        [*names, "other_units"]
    ].sum()
    halves = [sums.assign(size_label=size, size_order=place) for place, size in enumerate("SL")]
    rows = pd.concat(halves, ignore_index=True)
    rows[[*names, "other_units"]] /= 2
    return rows


def read_findings(lots: pd.DataFrame) -> dict[str, tuple[str, str]]:
    called = lots[lots["finding_code"].notna()]
    named = zip(called["lot_id"], called["finding_code"], strict=True)
    return dict(zip(called["style_id"], named, strict=True))


def test_only_a_lot_that_differs_from_its_sisters_is_found() -> None:
    found = estimate_lots(draw_lots(seed=1)).lots
    assert read_findings(found) == {"one_small": ("L2", "small"), "one_large": ("L3", "large")}


def test_a_misfit_of_one_lot_has_the_diagnosis_lot_and_one_of_all_lots_keeps_its_own() -> None:
    lots = draw_lots(seed=1)
    verdicts = estimate_fit(sum_sizes(lots), hints=estimate_lots(lots).hints).verdicts
    said = verdicts.set_index("style_id")[["verdict_code", "diagnosis_code"]]
    assert said.loc["one_small"].tolist() == ["runs_small", "lot"]
    assert said.loc["one_large"].tolist() == ["runs_large", "lot"]
    assert said.loc["every"].tolist() == ["runs_small", "block"]


def test_of_a_single_lot_nothing_can_be_said() -> None:
    lots = draw_lots(seed=1)
    single = lots[lots["lot_id"] == "L2"]
    found = estimate_lots(single)
    assert read_findings(found.lots) == {}
    assert np.isneginf(found.hints[["small_log_factor", "large_log_factor"]]).all(axis=None)
    sizes = sum_sizes(single)
    verdicts = estimate_fit(sizes, hints=found.hints).verdicts.set_index("style_id")
    assert verdicts.loc["one_small", "diagnosis_code"] == "block"


def test_where_no_lot_is_known_nothing_changes() -> None:
    lots = draw_lots(seed=1)
    none = estimate_lots(lots.iloc[:0])
    assert none.lots.empty
    sizes = sum_sizes(lots)
    told = estimate_fit(sizes, hints=gather_hints([none.hints])).verdicts
    pd.testing.assert_frame_equal(told, estimate_fit(sizes).verdicts)


def test_a_lot_that_repeats_is_refused() -> None:
    lots = draw_lots(seed=1)
    with pytest.raises(ValueError, match="lot 'L1' of 'style-000' repeats"):
        estimate_lots(pd.concat([lots, lots.iloc[:1]]))
