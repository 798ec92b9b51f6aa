"""Verdicts beside what is expected of a style's customers: held against them, and overruled."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models_ml.fit.verdicts import estimate_fit
from tests.models_ml.fit.test_verdicts import (
    NUMBERS,
    SIZES,
    STYLES,
    USUAL,
    draw_evidence,
    judge,
    read_verdicts,
)


def expect(evidence: pd.DataFrame, factors: dict[str, float]) -> pd.DataFrame:
    """What customers are expected to multiply too small by, by style; 1 of all others."""
    small = evidence["style_id"].map(factors).fillna(1.0).astype(float)
    return evidence[["style_id", "size_label"]].assign(
        small_buyer_factor=small, large_buyer_factor=1.0
    )


# Styles that fit, but are bought by customers who order small.
OFF = [f"style-{number:03}" for number in range(0, STYLES, 5)]


def draw_off(*, seed: int = 1, exposure: float = 1200.0) -> pd.DataFrame:
    evidence = draw_evidence(seed=seed, exposure=exposure)
    rng = np.random.default_rng([seed, 1])
    usual = 3.0 * USUAL["small"] * evidence["developed_count"]
    evidence["small_units"] = np.where(
        evidence["style_id"].isin(OFF), rng.poisson(usual), evidence["small_units"]
    ).astype(float)
    return evidence


def test_a_style_is_held_against_its_own_customers() -> None:
    evidence = draw_off()
    alone = read_verdicts(estimate_fit(evidence))
    assert (alone.loc[OFF, "verdict_code"] == "runs_small").mean() > 0.8
    found = read_verdicts(estimate_fit(evidence, buyers=expect(evidence, dict.fromkeys(OFF, 3.0))))
    assert (found.loc[OFF, "verdict_code"] == "true_to_size").all()
    assert found.loc["block_small", "verdict_code"] == "runs_small"


def test_a_cut_that_customers_order_around_is_suspected_and_not_called() -> None:
    """Who orders one up sends back less: that it comes back as usual is a doubt, no verdict."""
    evidence = draw_off()
    known = ["style-001", "style-002"]
    factors = dict.fromkeys(OFF, 3.0) | dict.fromkeys(known, 0.2)
    alone = read_verdicts(estimate_fit(evidence)).loc[known]
    found = read_verdicts(estimate_fit(evidence, buyers=expect(evidence, factors))).loc[known]
    assert (found["small_probability"] > 3 * alone["small_probability"]).all()
    assert not found["verdict_code"].isin(["runs_small", "runs_large"]).any()


def test_expectations_that_do_not_come_true_change_nothing() -> None:
    """Of factors that have nothing to do with the styles the weight that is learned is none."""
    evidence = draw_evidence(seed=1)
    rng = np.random.default_rng(9)
    factors = {style: rng.lognormal(0, 0.7) for style in evidence["style_id"].unique()}
    found = estimate_fit(evidence, buyers=expect(evidence, factors))
    pd.testing.assert_frame_equal(found.verdicts, judge().verdicts)


@pytest.mark.parametrize("factor", [0.5, 3.0])
def test_enough_evidence_overrules_what_is_expected(factor: float) -> None:
    """However wrong an expectation is, with deliveries enough the verdict is that of none."""
    wrong = ["style-001", "style-002", "block_small", "block_large"]
    factors = dict.fromkeys(OFF, 3.0) | dict.fromkeys(wrong, factor)
    evidence = draw_off(exposure=6_000.0)
    alone = read_verdicts(estimate_fit(evidence))
    found = read_verdicts(estimate_fit(evidence, buyers=expect(evidence, factors)))
    assert found.loc[wrong, "verdict_code"].equals(alone.loc[wrong, "verdict_code"])
    assert list(found.loc[wrong[2:], "verdict_code"]) == ["runs_small", "runs_large"]


def test_renaming_sizes_and_mirroring_keep_what_is_expected() -> None:
    evidence = draw_off()
    told = expect(evidence, dict.fromkeys(OFF, 3.0))
    found = read_verdicts(estimate_fit(evidence, buyers=told))
    names = dict(zip(SIZES, ("36", "38", "40", "42"), strict=True))
    renamed = read_verdicts(
        estimate_fit(
            evidence.assign(size_label=evidence["size_label"].map(names)),
            buyers=told.assign(size_label=told["size_label"].map(names)),
        )
    )
    pd.testing.assert_frame_equal(found[NUMBERS], renamed[NUMBERS])
    mirrored = read_verdicts(
        estimate_fit(
            evidence.assign(
                small_units=evidence["large_units"], large_units=evidence["small_units"]
            ),
            buyers=told.rename(
                columns={
                    "small_buyer_factor": "large_buyer_factor",
                    "large_buyer_factor": "small_buyer_factor",
                }
            ),
        )
    )
    assert (mirrored.loc[OFF, "verdict_code"] == "true_to_size").all()
    assert mirrored.loc["block_small", "verdict_code"] == "runs_large"


def test_deliveries_without_returns_lower_the_doubt_of_small_beside_customers() -> None:
    evidence = draw_off(exposure=150.0)
    told = expect(evidence, dict.fromkeys(OFF, 3.0))
    before = read_verdicts(estimate_fit(evidence, buyers=told)).loc[OFF[0], "small_probability"]
    for name in ("delivered_count", "developed_count"):
        evidence.loc[evidence["style_id"] == OFF[0], name] *= 3
    after = read_verdicts(estimate_fit(evidence, buyers=told)).loc[OFF[0], "small_probability"]
    assert after < before
