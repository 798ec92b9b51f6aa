"""Verdicts: found where planted, kept to their promise, and moved by nothing that says nothing."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from models_ml.fit.patterns import list_patterns
from models_ml.fit.power import compute_further_exposure
from models_ml.fit.verdicts import FitEstimates, estimate_fit

SIZES = ("S", "M", "L", "XL")
STYLES = 60
USUAL = {"small": 0.03, "large": 0.02, "other": 0.09}
NUMBERS = ["small_probability", "large_probability", "swap_probability"]
# Style to how often each size is sent back as too small and too large, times the usual.
PLANTED = {
    "block_small": ((5, 5, 5, 5), (1, 1, 1, 1)),
    "block_large": ((1, 1, 1, 1), (6, 6, 6, 6)),
    "grading_small": ((1, 1, 7, 7), (1, 1, 1, 1)),
    "grading_large": ((1, 1, 1, 1), (8, 1, 1, 1)),
    "swapped": ((1, 1, 9, 1), (1, 10, 1, 1)),
    "only_bad": ((2.5, 2.5, 2.5, 2.5), (2.5, 2.5, 2.5, 2.5)),
}


def draw_evidence(*, seed: int, exposure: float = 1200.0) -> pd.DataFrame:
    """Styles that fit, and those of ``PLANTED``, each with ``exposure`` developed units."""
    rng = np.random.default_rng(seed)
    normal = {f"style-{number:03}": ((1,) * 4, (1,) * 4) for number in range(STYLES)}
    rows = []
    for style, (small, large) in (normal | PLANTED).items():
        factor = rng.lognormal(0, 0.15)
        for place, size in enumerate(SIZES):
            units = exposure * (0.2, 0.35, 0.3, 0.15)[place]
            means = {
                "small": USUAL["small"] * small[place],
                "large": USUAL["large"] * large[place],
                "other": USUAL["other"] * (2.5 if style == "only_bad" else 1),
            }
            told = {name: rng.poisson(units * rate * factor) for name, rate in means.items()}
            rows.append(
                {
                    "style_id": style,
                    "size_label": size,
                    "size_order": place,
                    "category_name": "shirts" if len(style) % 2 else "trousers",
                    "delivered_count": units,
                    "developed_count": units,
                    "small_units": float(told["small"]),
                    "large_units": float(told["large"]),
                    "size_units": float(told["small"] + told["large"]),
                    "other_units": float(told["other"]),
                }
            )
    return pd.DataFrame(rows)


@cache
def judge(seed: int = 1) -> FitEstimates:
    return estimate_fit(draw_evidence(seed=seed))


def read_verdicts(found: FitEstimates) -> pd.DataFrame:
    return found.verdicts.set_index("style_id")


@pytest.mark.parametrize(
    ("style", "verdict", "diagnosis", "sizes"),
    [
        ("block_small", "runs_small", "block", ("S", "XL")),
        ("block_large", "runs_large", "block", ("S", "XL")),
        ("grading_small", "runs_small", "grading", ("L", "XL")),
        ("grading_large", "runs_large", "grading", ("S", "S")),
        ("swapped", "label_swap", "label", ("M", "L")),
    ],
)
def test_a_planted_misfit_is_found(
    style: str, verdict: str, diagnosis: str, sizes: tuple[str, str]
) -> None:
    row = read_verdicts(judge()).loc[style]
    assert (row["verdict_code"], row["diagnosis_code"]) == (verdict, diagnosis)
    assert (row["from_size_label"], row["to_size_label"]) == sizes


def test_a_style_that_is_only_bad_is_no_misfit() -> None:
    row = read_verdicts(judge()).loc["only_bad"]
    assert row["verdict_code"] not in {"runs_small", "runs_large", "label_swap"}


def test_styles_that_fit_are_true_to_size_with_enough_deliveries() -> None:
    verdicts = read_verdicts(judge())
    normal = verdicts[verdicts.index.str.startswith("style-")]
    assert (normal["needed_count"] < 1200).all()
    assert (normal["verdict_code"] == "true_to_size").mean() > 0.9
    assert (
        normal["more_deliveries_count"].isna().sum()
        == normal["verdict_code"]
        .isin(["true_to_size", "runs_small", "runs_large", "label_swap"])
        .sum()
    )


def test_a_style_with_too_few_deliveries_says_how_many_are_missing() -> None:
    evidence = draw_evidence(seed=2)
    is_new = evidence["style_id"] == "style-000"
    counts = evidence.columns[4:]
    evidence.loc[is_new, counts] = (evidence.loc[is_new, counts] / 40).round()
    row = read_verdicts(estimate_fit(evidence)).loc["style-000"]
    assert row["verdict_code"] == "not_enough_evidence"
    developed = evidence.loc[is_new, "developed_count"].sum()
    # Both are rounded up.
    assert abs(row["more_deliveries_count"] - (row["needed_count"] - developed)) <= 1


def test_renaming_sizes_keeps_verdicts() -> None:
    evidence = draw_evidence(seed=1)
    names = dict(zip(SIZES, ("36", "38", "40", "42"), strict=True))
    renamed = estimate_fit(evidence.assign(size_label=evidence["size_label"].map(names)))
    left, right = read_verdicts(judge()), read_verdicts(renamed)
    pd.testing.assert_frame_equal(
        left[[*NUMBERS, "verdict_code", "diagnosis_code"]],
        right[[*NUMBERS, "verdict_code", "diagnosis_code"]],
    )
    assert left["from_size_label"].map(names).equals(right["from_size_label"])


def test_the_order_of_rows_changes_nothing() -> None:
    shuffled = draw_evidence(seed=1).sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(
        estimate_fit(shuffled).verdicts[NUMBERS], judge().verdicts[NUMBERS], rtol=1e-9
    )


def test_mirroring_small_and_large_mirrors_the_patterns() -> None:
    patterns = list_patterns(4, is_ordered=True)
    turned = {"runs_small": "runs_large", "runs_large": "runs_small"}
    pairs = set(zip(map(tuple, patterns.runs_small), map(tuple, patterns.runs_large), strict=True))
    for small, large, verdict in zip(
        patterns.runs_small, patterns.runs_large, patterns.verdict, strict=True
    ):
        if verdict in turned:
            assert (tuple(large), tuple(small)) in pairs


def test_mirroring_small_and_large_mirrors_verdicts() -> None:
    evidence = draw_evidence(seed=1)
    mirrored = evidence.assign(
        small_units=evidence["large_units"], large_units=evidence["small_units"]
    )
    found = read_verdicts(estimate_fit(mirrored))
    assert found.loc["block_small", "verdict_code"] == "runs_large"
    assert found.loc["block_large", "verdict_code"] == "runs_small"
    assert found.loc["grading_small", "diagnosis_code"] == "grading"


@pytest.mark.parametrize("style", ["block_small", "style-004"])
def test_deliveries_without_returns_lower_the_doubt_of_small(style: str) -> None:
    evidence = draw_evidence(seed=1, exposure=150.0)
    before = read_verdicts(estimate_fit(evidence)).loc[style, "small_probability"]
    is_its = evidence["style_id"] == style
    for name in ("delivered_count", "developed_count"):
        evidence.loc[is_its, name] *= 3
    after = read_verdicts(estimate_fit(evidence)).loc[style, "small_probability"]
    assert after < before


def test_at_most_one_verdict_in_ten_is_false() -> None:
    called, false = 0, 0
    for seed in range(10, 20):
        verdicts = read_verdicts(estimate_fit(draw_evidence(seed=seed, exposure=300.0)))
        given = verdicts[verdicts["verdict_code"].isin(["runs_small", "runs_large", "label_swap"])]
        called += len(given)
        false += sum(style.startswith("style-") or style == "only_bad" for style in given.index)
    assert called >= 20
    assert false <= 0.1 * called


def test_sizes_without_an_order_are_judged_by_direction_alone() -> None:
    evidence = draw_evidence(seed=1)
    is_its = evidence["style_id"] == "block_small"
    evidence.loc[is_its, "size_order"] = np.nan
    evidence.loc[is_its, "size_label"] = ["EU 38", "US 7", "?", "unsized"]
    found = estimate_fit(evidence)
    row = read_verdicts(found).loc["block_small"]
    assert (row["verdict_code"], row["diagnosis_code"]) == ("runs_small", "none")
    assert (row["order_basis_code"], row["unknown_labels_text"]) == ("unordered", "?, unsized")
    sizes = found.sizes[found.sizes["style_id"] == "block_small"]
    assert sizes["rank_number"].isna().all()


def test_a_style_with_one_size_has_a_direction_and_no_diagnosis() -> None:
    evidence = draw_evidence(seed=1)
    evidence = evidence[(evidence["style_id"] != "block_small") | (evidence["size_label"] == "M")]
    row = read_verdicts(estimate_fit(evidence)).loc["block_small"]
    assert (row["verdict_code"], row["diagnosis_code"]) == ("runs_small", "none")


def test_rates_of_sizes_lie_in_their_intervals() -> None:
    sizes = judge().sizes
    assert len(sizes) == (STYLES + len(PLANTED)) * len(SIZES)
    assert (sizes["low_rate"] <= sizes["size_rate"]).all()
    assert (sizes["size_rate"] <= sizes["high_rate"]).all()
    grading = sizes[sizes["style_id"] == "grading_small"].set_index("size_label")
    assert (grading["small_probability"] > 0.9).to_dict() == {
        "S": False,
        "M": False,
        "L": True,
        "XL": True,
    }


def test_no_style_gives_no_verdict() -> None:
    found = estimate_fit(draw_evidence(seed=1).iloc[:0])
    assert (len(found.sizes), len(found.verdicts)) == (0, 0)


def test_a_repeated_size_is_refused() -> None:
    evidence = draw_evidence(seed=1)
    with pytest.raises(ValueError, match="size 'S' of 'style-000' repeats"):
        estimate_fit(pd.concat([evidence, evidence.iloc[:1]]))


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(ValueError, match="other_units"):
        estimate_fit(draw_evidence(seed=1).drop(columns="other_units"))


def test_less_doubt_needs_fewer_deliveries() -> None:
    needed = [
        compute_further_exposure(chance, cut=0.9, usual_rate=0.03) for chance in (0.2, 0.5, 0.89)
    ]
    assert needed == sorted(needed, reverse=True)
    assert compute_further_exposure(0.95, cut=0.9, usual_rate=0.03) == 0.0


def test_a_style_of_a_brand_that_often_runs_small_is_likelier_to() -> None:
    """What its brand's styles do in its category moves a style that says little itself."""
    evidence = draw_evidence(seed=5)
    number = evidence["style_id"].str.extract(r"style-(\d+)", expand=False).astype(float)
    evidence["category_name"] = "shirts"
    evidence["brand_name"] = np.where(number < STYLES / 3, "tight", "sound")
    is_tight = (number >= 1) & (number < STYLES / 3)
    evidence.loc[is_tight, ["small_units", "size_units"]] += 60.0
    little = evidence["style_id"].isin(["style-000", "style-059"])
    counts = ["delivered_count", "developed_count", "small_units", "large_units"]
    counts += ["size_units", "other_units"]
    its = evidence.loc[evidence["style_id"] == "style-000", counts].to_numpy() / 40
    for style in ("style-000", "style-059"):
        evidence.loc[evidence["style_id"] == style, counts] = its
    assert little.sum() == 2 * len(SIZES)
    chance = read_verdicts(estimate_fit(evidence))["small_probability"]
    alone = read_verdicts(estimate_fit(evidence.drop(columns="brand_name")))["small_probability"]
    assert chance["style-000"] > 2 * chance["style-059"]
    assert alone["style-000"] == pytest.approx(alone["style-059"])
    # The brand moves what is believed, not what a style is held against.
    assert chance["style-001"] > 0.9
