"""Prior and posterior against values computed another way."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import beta as beta_function

from models_ml.rates.parts import compute_other_part
from models_ml.rates.posterior import (
    Posterior,
    compute_mean,
    compute_posterior,
    compute_probability_above,
    compute_quantile,
)
from models_ml.rates.prior import SHOP, RatePrior, fit_priors


def update(
    developed: float, returned: float, *, expected: float = 0.2, share: float = 0.1
) -> Posterior:
    return compute_posterior(
        np.array([developed]),
        returned_count=np.array([returned]),
        expected_rate=np.array([expected]),
        prior=RatePrior(1.0, 10.0, share, other_odds_factor=2.0, other_strength=4.0),
    )


def test_posterior_of_one_group_by_hand() -> None:
    """Normal Beta(2, 8) and y = 3 of m = 10.5: Beta(5, 15.5); e = 0.2 has odds 1/4, twice is 1/2.

    So the wide part has centre 1/3: Beta(4/3, 8/3) before, Beta(13/3, 61/6) after.
    """
    posterior = update(10.5, 3.0)
    assert posterior.alpha[:, 0] == pytest.approx([5, 13 / 3])
    assert posterior.beta[:, 0] == pytest.approx([15.5, 61 / 6])


def test_mean_weight_and_tail_equal_numerical_integration() -> None:
    def weigh(rate: float) -> float:
        normal = rate * (1 - rate) ** 7 / beta_function(2, 8)
        other = rate ** (1 / 3) * (1 - rate) ** (5 / 3) / beta_function(4 / 3, 8 / 3)
        return float((0.9 * normal + 0.1 * other) * rate**3 * (1 - rate) ** 7.5)

    total = quad(weigh, 0, 1)[0]
    mean = quad(lambda rate: rate * weigh(rate), 0, 1)[0] / total
    above = quad(weigh, 0.3, 1)[0] / total
    posterior = update(10.5, 3.0)
    assert compute_mean(posterior)[0] == pytest.approx(mean, abs=1e-8)
    found = compute_probability_above(posterior, threshold=np.array([0.3]))[0]
    assert found == pytest.approx(above, abs=1e-8)


def test_more_returned_than_developed_keeps_nothing() -> None:
    assert update(2.0, 3.0).beta[:, 0] == pytest.approx([8, 8 / 3])


def test_probability_above_one_is_zero() -> None:
    posterior = update(10.0, 10.0)
    assert compute_probability_above(posterior, threshold=np.array([1.2])).tolist() == [0.0]


@pytest.mark.parametrize("probability", [0.025, 0.5, 0.975])
def test_quantiles_equal_sixty_bisections(probability: float) -> None:
    rng = np.random.default_rng(0)
    size = 2_000
    posterior = compute_posterior(
        rng.lognormal(2, 1.5, size),
        returned_count=rng.poisson(rng.lognormal(0.5, 1.5, size)).astype(float),
        expected_rate=rng.uniform(0.01, 0.6, size),
        prior=RatePrior(
            rate_factor=0.95,
            strength=rng.choice([5.0, 80.0, 4000.0], (size, 1)),
            other_share=rng.choice([1e-5, 0.05, 0.3], (size, 1)),
            other_odds_factor=2.0,
            other_strength=4.0,
        ),
    )
    low, high = np.zeros(size), np.ones(size)
    for _ in range(60):
        middle = (low + high) / 2
        is_below = compute_probability_above(posterior, threshold=middle) > 1 - probability
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    found = compute_quantile(posterior, probability=probability)
    below = 1 - compute_probability_above(posterior, threshold=found)
    assert np.abs(below - probability).max() < 2e-4
    assert np.quantile(np.abs(found - low), 0.99) < 1e-4


def test_a_quantile_does_not_depend_on_the_batch() -> None:
    alone = compute_quantile(update(30.0, 9.0), probability=0.975)
    posterior = compute_posterior(
        np.array([30.0, 500.0]),
        returned_count=np.array([9.0, 1.0]),
        expected_rate=np.array([0.2, 0.1]),
        prior=RatePrior(
            rate_factor=1.0,
            strength=np.array([[10.0], [900.0]]),
            other_share=np.array([[0.1], [0.01]]),
            other_odds_factor=2.0,
            other_strength=4.0,
        ),
    )
    assert compute_quantile(posterior, probability=0.975)[0] == alone[0]


def test_prior_finds_the_strength_of_two_unlike_categories() -> None:
    """Rates drawn from Beta with strength 30 and 300 around 0.2: each category has its own."""
    rng = np.random.default_rng(0)
    category = np.repeat([0, 1], 4_000)
    strength = np.where(category == 0, 30.0, 300.0)
    developed = rng.integers(20, 300, 8_000).astype(float)
    returned = rng.binomial(developed.astype(int), rng.beta(strength * 0.2, strength * 0.8))
    priors = fit_priors(
        developed, returned.astype(float), np.full(8_000, 0.2), category=category.astype(np.int64)
    )
    assert priors[0].strength == pytest.approx(30, rel=0.2)
    assert priors[1].strength == pytest.approx(300, rel=0.3)
    assert priors[0].other_share < 0.02


def test_prior_finds_the_share_of_bad_groups_and_the_rate_of_the_others() -> None:
    """5 % of the groups from the wide Beta, the others at 0.12 where 0.129 was expected: 0.93."""
    rng = np.random.default_rng(0)
    other = compute_other_part(np.full(200, 0.129), odds_factor=2.0, strength=4.0)
    rate = np.concatenate([rng.beta(other.alpha, other.beta), np.full(3_800, 0.12)])
    developed = np.full(4_000, 150.0)
    returned = rng.binomial(150, rate).astype(float)
    label = np.zeros(4_000, dtype=np.int64)
    prior = fit_priors(developed, returned, np.full(4_000, 0.129), category=label)[0]
    assert prior.other_share == pytest.approx(0.05, abs=0.015)
    assert prior.rate_factor == pytest.approx(0.93, abs=0.02)
    assert prior.strength > 500


def test_a_thin_category_stays_near_its_shop() -> None:
    rng = np.random.default_rng(0)
    developed = np.full(2_003, 100.0)
    returned = rng.binomial(100, 0.1, 2_003).astype(float)
    returned[-3:] = [5, 10, 16]
    category = np.where(np.arange(2_003) < 2_000, 0, 1).astype(np.int64)
    priors = fit_priors(developed, returned, np.full(2_003, 0.1), category=category)
    assert priors[1].rate_factor == pytest.approx(priors[SHOP].rate_factor, rel=0.05)
    assert priors[1].strength == pytest.approx(priors[SHOP].strength, rel=0.5)
