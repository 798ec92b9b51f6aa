"""What verdicts may expect of customers: of a shop whose outcomes can be learned, and no other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models_ml.fit.outcome_expectations import NOBODY, NOT_MEASURABLE
from models_ml.fit.verdicts import estimate_fit
from orchestration.outcome_scoring import choose_measurable
from tests.models_ml.fit.test_verdicts import draw_evidence, judge


def build_outcomes(evidence: pd.DataFrame, *, basis: str, factor: float) -> pd.DataFrame:
    return evidence[["style_id", "size_label"]].assign(
        basis_code=basis, small_buyer_factor=factor, large_buyer_factor=factor
    )


def test_a_shop_that_is_not_measurable_keeps_the_verdicts_it_had() -> None:
    evidence = draw_evidence(seed=1)
    outcomes = build_outcomes(evidence, basis=NOT_MEASURABLE, factor=np.nan)
    assert choose_measurable(outcomes) is None
    found = estimate_fit(evidence, buyers=choose_measurable(outcomes))
    pd.testing.assert_frame_equal(found.verdicts, judge().verdicts, check_exact=True)
    pd.testing.assert_frame_equal(found.sizes, judge().sizes, check_exact=True)


def test_customers_of_whom_nothing_is_expected_keep_the_verdicts_too() -> None:
    evidence = draw_evidence(seed=1)
    chosen = choose_measurable(build_outcomes(evidence, basis=NOBODY, factor=1.0))
    assert chosen is not None
    assert list(chosen.columns) == [
        *("style_id", "size_label", "small_buyer_factor", "large_buyer_factor"),
    ]
    found = estimate_fit(evidence, buyers=chosen)
    pd.testing.assert_frame_equal(found.verdicts, judge().verdicts)
