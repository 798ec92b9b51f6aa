"""Customers whom a style fails: found where planted, and taken for nothing else."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from models_ml.fit.nested_rates import estimate_nested_rates
from models_ml.fit.segments import KEYS, estimate_segments
from models_ml.fit.verdicts import estimate_fit

HEIGHTS = ("150cm未満", "150-155cm", "155-160cm", "160cm以上")
SIZES = ("S", "M", "L")
RATES = {"small": 0.04, "large": 0.03}
STYLES = 80
# Style to dimension, values that fail, direction, and how often these come back so.
PLANTED = {
    "one": ("height_band", (0,), "small", 5.0),
    "end": ("height_band", (2, 3), "large", 5.0),
    "size": ("usual_size", (1,), "small", 5.0),
    "all": ("height_band", (0, 1, 2, 3), "small", 5.0),
}


def draw_evidence(
    *, seed: int, units: float = 300.0, planted: bool = True, usual: tuple[float, ...] = (1,) * 4
) -> pd.DataFrame:
    """Styles that fit everybody, and those of ``PLANTED``; ``units`` of each value."""
    rng = np.random.default_rng(seed)
    styles = [f"style-{number:03}" for number in range(STYLES)] + (list(PLANTED) if planted else [])
    rows = []
    for style in styles:
        factor = rng.lognormal(0, 0.2)
        failing = PLANTED.get(style, ("", (), "", 1.0))
        for dimension, values in (("height_band", HEIGHTS), ("usual_size", SIZES)):
            for place, value in enumerate(values):
                rate = {side: one * factor for side, one in RATES.items()}
                if dimension == "height_band":
                    rate["small"] *= usual[place]
                if dimension == failing[0] and place in failing[1]:
                    rate[failing[2]] *= failing[3]
                told = {side: float(rng.poisson(units * one)) for side, one in rate.items()}
                rows.append(
                    {
                        "style_id": style,
                        "dimension_code": dimension,
                        "segment_kind_code": "named",
                        "segment_label": value,
                        "category_name": "shirts" if len(style) % 2 else "shoes",
                        "delivered_count": units,
                        "developed_count": units,
                        "small_units": told["small"],
                        "large_units": told["large"],
                        "size_units": told["small"] + told["large"],
                        "small_exposure": units,
                        "large_exposure": units,
                    }
                )
    return pd.DataFrame(rows)


@cache
def judge() -> pd.DataFrame:
    return estimate_segments(draw_evidence(seed=3)).segments


def read_findings(found: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    called = found[found["finding_code"].notna()]
    return {
        str(style): list(zip(rows["segment_label"], rows["finding_code"], strict=True))
        for style, rows in called.groupby("style_id")
    }


def test_exactly_the_customers_whom_a_style_fails_are_found() -> None:
    assert read_findings(judge()) == {
        "one": [("150cm未満", "small")],
        "end": [("155-160cm", "large"), ("160cm以上", "large")],
        "size": [("M", "small")],
    }


def test_values_stand_in_their_order() -> None:
    found = judge().query("style_id == 'one'").sort_values(["dimension_code", "rank_number"])
    assert found["segment_label"].tolist() == [*HEIGHTS, *SIZES]


def test_what_such_customers_always_send_back_is_no_finding() -> None:
    """In a shop where short customers find everything too small, no style is to blame."""
    evidence = draw_evidence(seed=4, planted=False, usual=(4.0, 1.0, 1.0, 1.0))
    assert read_findings(estimate_segments(evidence).segments) == {}


def test_what_the_sizes_explain_is_no_finding() -> None:
    """Who buys the size that runs small sends it back, whoever she is."""
    evidence = draw_evidence(seed=5, planted=False)
    its = (evidence["style_id"] == "style-001") & (evidence["segment_label"] == HEIGHTS[0])
    evidence.loc[its, ["small_units", "size_units"]] += 60.0
    assert read_findings(estimate_segments(evidence).segments) == {
        "style-001": [(HEIGHTS[0], "small")]
    }
    evidence.loc[its, "small_exposure"] *= 6.0
    assert read_findings(estimate_segments(evidence).segments) == {}


def test_merged_and_unknown_customers_are_compared_and_never_named() -> None:
    evidence = draw_evidence(seed=6, planted=False)
    its = (evidence["style_id"] == "style-002") & (evidence["segment_label"] == HEIGHTS[0])
    evidence.loc[its, ["small_units", "size_units"]] += 60.0
    evidence.loc[its, ["segment_kind_code", "segment_label"]] = "other"
    found = estimate_segments(evidence).segments
    assert read_findings(found) == {}
    row = found[(found["style_id"] == "style-002") & (found["segment_kind_code"] == "other")]
    assert row["rank_number"].isna().all()


def test_a_value_that_the_shop_itself_calls_other_is_one_like_any() -> None:
    evidence = draw_evidence(seed=6, planted=False)
    its = (evidence["style_id"] == "style-002") & (evidence["segment_label"] == HEIGHTS[0])
    evidence.loc[its, ["small_units", "size_units"]] += 60.0
    called = evidence.assign(segment_label=evidence["segment_label"].replace(HEIGHTS[0], "other"))
    merged = evidence[its].assign(
        segment_kind_code="other", segment_label="other", small_units=9.0, size_units=9.0
    )
    found = estimate_segments(pd.concat([called, merged])).segments
    assert read_findings(found) == {"style-002": [("other", "small")]}


def test_order_and_foreign_columns_of_the_rows_change_nothing() -> None:
    evidence = draw_evidence(seed=3)
    shuffled = evidence.sample(frac=1.0, random_state=1).assign(noise=1.0)
    pd.testing.assert_frame_equal(estimate_segments(shuffled).segments, judge())


def test_a_shop_whose_customers_say_nothing_has_no_segments() -> None:
    found = estimate_segments(draw_evidence(seed=1).iloc[:0])
    assert found.segments.empty
    assert found.hints.empty


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop(columns="small_units"), "small_units"),
        (lambda rows: pd.concat([rows, rows.iloc[:1]]), "repeats"),
    ],
)
def test_evidence_that_is_no_evidence_is_refused(change: object, message: str) -> None:
    assert callable(change)
    with pytest.raises(ValueError, match=message):
        estimate_segments(change(draw_evidence(seed=1)))


def test_a_style_that_fails_some_customers_is_no_misfit() -> None:
    evidence = draw_evidence(seed=3)
    heights = evidence[evidence["dimension_code"] == "height_band"]
    sizes = heights.groupby(["style_id", "category_name"], as_index=False).sum(numeric_only=True)
    sizes = sizes.assign(size_label="M", size_order=0, other_units=100.0)
    hints = estimate_segments(evidence).hints
    codes = [
        estimate_fit(sizes, hints=told).verdicts.set_index("style_id")["verdict_code"]
        for told in (None, hints)
    ]
    # In the end of the range that fails, half of the customers, the style is large on average.
    assert codes[0]["end"] == "runs_large"
    assert codes[1]["end"] == "true_to_size"
    assert codes[1]["all"] == "runs_small"


def test_each_row_of_the_evidence_is_answered() -> None:
    keys = judge()[list(KEYS)].sort_values(list(KEYS), ignore_index=True)
    asked = draw_evidence(seed=3)[list(KEYS)].sort_values(list(KEYS), ignore_index=True)
    pd.testing.assert_frame_equal(keys, asked)


def test_intervals_of_parts_hold_their_rates() -> None:
    """In 20 shops whose styles and parts differ, and one part in thirty is nothing like them."""
    held, count = 0, 0
    for seed in range(20):
        rng = np.random.default_rng([seed, 9])
        style = np.repeat(np.arange(300), 5)
        rate = 0.08 * rng.lognormal(0, 0.25, 300)[style] * rng.lognormal(0, 0.1, 1500)
        rate = np.where(rng.random(1500) < 1 / 30, rate * 3, rate)
        exposure = rng.poisson(rng.gamma(0.7, 90, 300)[style]).astype(float)
        units = rng.binomial(exposure.astype(int), rate).astype(float)
        found = estimate_nested_rates(units, exposure, style=style, category=np.zeros(1500, int))
        held += int(((rate >= found["low_rate"]) & (rate <= found["high_rate"])).sum())
        count += len(rate)
    assert 0.93 <= held / count <= 0.97
