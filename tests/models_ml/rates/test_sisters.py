"""What SKUs of a style say of each other, against integration by brute force and invariances."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from scipy.stats import beta

from models_ml.rates.estimate import estimate_rates
from models_ml.rates.parts import Floats, Labels
from models_ml.rates.posterior import (
    Posterior,
    compute_mean,
    compute_posterior,
    compute_probability_above,
    compute_quantile,
)
from models_ml.rates.prior import RatePrior, fit_priors

PRIOR = RatePrior(
    rate_factor=0.9,
    strength=150.0,
    other_share=0.05,
    other_odds_factor=2.0,
    other_strength=4.0,
    style_spread=0.4,
    mixed_share=0.1,
)
EXPECTED = 0.2


def believe(counts: list[tuple[float, float]], *, style: list[int] | None = None) -> Posterior:
    """Posterior of (developed, returned) per SKU, all of one style unless said otherwise."""
    developed, returned = np.array(counts, dtype=np.float64).T
    labels: Labels = np.array(style or [0] * len(counts), dtype=np.int64)
    return compute_posterior(
        developed,
        returned_count=returned,
        expected_rate=np.full(len(counts), EXPECTED),
        prior=PRIOR,
        style=labels,
    )


def integrate_first(counts: list[tuple[float, float]]) -> tuple[Floats, Floats]:
    """Rates, and the probability of each for the first SKU, summed over every shift and kind."""
    rate = (np.arange(2_000) + 0.5) / 2_000
    z = np.linspace(-6, 6, 481)
    middle = EXPECTED * 0.9
    centre = expit(logit(middle) + 0.4 * z)
    strength = 150.0 * middle * (1 - middle) / (centre * (1 - centre))
    normal = beta.pdf(rate, (centre * strength)[:, None], ((1 - centre) * strength)[:, None])
    # Odds 1/4, twice is 1/2: centre 1/3, so that Beta(4/3, 8/3).
    other = beta.pdf(rate, 4 / 3, 8 / 3)
    total = np.zeros(len(rate))
    for share, kind in ((0.05, 0.9), (0.5, 0.1)):
        joint = [
            ((1 - share) * normal + share * other) * rate**y * (1 - rate) ** (m - y)
            for m, y in counts
        ]
        weight = kind * np.exp(-0.5 * z**2)
        for sister in joint[1:]:
            weight = weight * sister.mean(axis=1)
        total += weight @ joint[0]
    return rate, total / total.sum()


@pytest.mark.parametrize(
    "counts",
    [
        [(12.0, 4.0)],
        [(12.0, 4.0), (80.0, 31.0), (60.0, 9.0)],
        [(3.0, 0.0), (200.0, 70.0), (150.0, 57.0), (90.0, 30.0)],
        [(400.0, 40.0), (5.0, 3.0), (5.0, 4.0), (8.0, 5.0)],
    ],
)
def test_the_sum_over_nodes_is_the_integral(counts: list[tuple[float, float]]) -> None:
    rate, probability = integrate_first(counts)
    posterior = believe(counts)
    assert posterior.weight.sum(axis=0) == pytest.approx(np.ones(len(counts)))
    assert compute_mean(posterior)[0] == pytest.approx(rate @ probability, abs=2e-5)
    above = compute_probability_above(posterior, threshold=np.full(len(counts), 0.3))[0]
    assert above == pytest.approx(probability[rate > 0.3].sum(), abs=2e-4)
    for wanted in (0.025, 0.975):
        found = compute_quantile(posterior, probability=wanted)[0]
        assert probability[rate < found].sum() == pytest.approx(wanted, abs=2e-3)


def test_a_thick_style_is_found_between_the_nodes() -> None:
    """30,000 units at 0.2467 in 30 SKUs: an SKU without returns is expected there, not at a node.

    At the middle of the style's log odds; the mean of its Beta is the same.
    """
    posterior = believe([(0.0, 0.0), *[(1_000.0, 246.7)] * 30])
    normal = posterior.weight[:-1, 0] / posterior.weight[:-1, 0].sum()
    share = posterior.alpha[:-1, 0] / (posterior.alpha[:-1, 0] + posterior.beta[:-1, 0])
    assert normal @ share == pytest.approx(0.2467, abs=0.002)


def test_sisters_pull_a_thin_sku_and_a_thick_one_overrules_them() -> None:
    high = [(200.0, 60.0)] * 5
    thin = [compute_mean(believe([(4.0, 1.0), *sisters]))[0] for sisters in ([], high)]
    thick = [compute_mean(believe([(4_000.0, 720.0), *sisters]))[0] for sisters in ([], high)]
    assert thin[1] > thin[0] + 0.04
    assert thick[1] == pytest.approx(0.18, abs=0.004)
    assert thick[1] == pytest.approx(thick[0], abs=0.004)


def test_sisters_make_intervals_narrower() -> None:
    def width(sisters: list[tuple[float, float]]) -> float:
        posterior = believe([(10.0, 2.0), *sisters])
        low, high = (compute_quantile(posterior, probability=p)[0] for p in (0.025, 0.975))
        return float(high - low)

    assert width([(300.0, 54.0)] * 8) < 0.8 * width([])


def test_two_thick_bad_sisters_do_not_make_a_thin_sku_bad() -> None:
    """Two of four thick SKUs are bad: a mixed style, in which a thin SKU may be either."""
    posterior = believe([(5.0, 0.0), *[(400.0, 72.0)] * 2, *[(400.0, 200.0)] * 2])
    above = compute_probability_above(posterior, threshold=np.full(5, 0.3))
    assert above[0] < 0.3
    assert above[3] > 0.99


def test_a_style_split_by_name_moves_no_other_style() -> None:
    counts = [(50.0, 9.0), (20.0, 9.0), (30.0, 2.0), (40.0, 12.0), (10.0, 1.0)]
    whole, split = believe(counts, style=[0, 0, 1, 1, 1]), believe(counts, style=[0, 2, 1, 1, 1])
    assert compute_mean(whole)[2:].tolist() == compute_mean(split)[2:].tolist()
    assert abs(compute_mean(whole)[:2] - compute_mean(split)[:2]).min() > 1e-3


def make_styled_shop(*, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    style = np.repeat(np.arange(60), rng.integers(1, 14, 60))
    rate = (0.12 * np.exp(rng.normal(0, 0.3, 60)))[style]
    rate = np.where(rng.random(len(style)) < 0.05, 2.5 * rate, rate)
    delivered = np.maximum(rng.lognormal(3.2, 1.2, len(style)).astype(int), 1)
    returned = rng.binomial(delivered, rate)
    return pd.DataFrame(
        {
            "level_code": "sku",
            "group_id": [f"sku-{number:04d}" for number in range(len(style))],
            "style_id": [f"style-{number:03d}" for number in style],
            "category_name": np.where(style % 3 == 0, "shoes", "tops"),
            "delivered_count": delivered,
            "developed_count": delivered.astype(float),
            "returned_count": returned,
            "expected_rate": returned.sum() / delivered.sum(),
        }
    )


def test_neither_row_order_nor_names_matter() -> None:
    evidence = make_styled_shop()
    expected = estimate_rates(evidence)
    shuffled = evidence.sample(frac=1, random_state=1)
    found = estimate_rates(shuffled).set_index("group_id").loc[expected["group_id"]]
    pd.testing.assert_frame_equal(found.reset_index()[expected.columns], expected, check_exact=True)
    renamed = evidence.assign(style_id=evidence["style_id"].str[::-1])
    pd.testing.assert_frame_equal(estimate_rates(renamed), expected, check_exact=True)


def test_a_sku_without_a_style_stands_alone() -> None:
    evidence = make_styled_shop()
    alone = evidence.assign(style_id=evidence["style_id"].where(evidence.index > 0))
    own = evidence.assign(style_id=evidence["style_id"].where(evidence.index > 0, "its own"))
    pd.testing.assert_frame_equal(estimate_rates(alone), estimate_rates(own), check_exact=True)


def test_where_no_style_has_two_skus_rates_are_those_of_groups_that_stand_alone() -> None:
    evidence = make_styled_shop(seed=3).assign(style_id=None)
    sku = estimate_rates(evidence)
    style = estimate_rates(evidence.assign(level_code="style"))
    numbers = ["posterior_rate", "low_rate", "high_rate"]
    np.testing.assert_allclose(sku[numbers], style[numbers], atol=0.008)
    np.testing.assert_allclose(sku["alarm_probability"], style["alarm_probability"], atol=0.03)


def test_the_fit_finds_how_much_styles_differ() -> None:
    rng = np.random.default_rng(0)
    style = np.repeat(np.arange(400), 8).astype(np.int64)
    rate = expit(logit(0.15) + rng.normal(0, 0.35, 400))[style]
    developed = rng.integers(20, 200, len(style)).astype(float)
    returned = rng.binomial(developed.astype(int), rate).astype(float)
    label = np.zeros(len(style), dtype=np.int64)
    evidence = (developed, returned, np.full(len(style), 0.15))
    prior = fit_priors(*evidence, category=label, style=style)[0]
    assert prior.style_spread == pytest.approx(0.35, abs=0.04)
    assert np.asarray(prior.strength) > 300
    assert np.asarray(prior.mixed_share) < 0.02
