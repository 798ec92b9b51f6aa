"""Counts of styles and sizes → which style does not fit, how, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from models_ml.fit.evidence import Style, check_evidence, group_styles, order_styles
from models_ml.fit.likelihood import Counts, Posterior, compute_posterior
from models_ml.fit.patterns import LARGE, NONE, SMALL, SWAP
from models_ml.fit.power import compute_further_exposure, compute_needed_exposure
from models_ml.fit.size_chances import frame_sizes, write_sizes
from models_ml.fit.sizes import UNORDERED
from models_ml.fit.usual import Group, Usual, compute_posteriors, fit_usual, sum_verdicts
from models_ml.rates.alarms import select_alarms
from models_ml.rates.parts import Floats

BUDGET: Final = 0.10  # accepted share of false verdicts
_CAUTION: Final = 0.70  # share of the budget that is spent: what is usual is fitted, not known
# Bounds of the probability from which on one more style is called. Without the lower one, sure
# misfits would leave room in the budget for verdicts that are more likely false than true.
CUTS: Final = (0.90, 0.97)
MOST_DOUBT: Final = 0.20  # a style fits as it should where a misfit is not more probable
TRUE, UNKNOWN = "true_to_size", "not_enough_evidence"
VERDICTS: Final = (SMALL, LARGE, SWAP)
SEED: Final = 0
VERDICT_COLUMNS: Final = (
    *("style_id", "verdict_code", "diagnosis_code", "small_probability", "large_probability"),
    *("swap_probability", "verdict_probability", "from_size_label", "to_size_label"),
    *("needed_count", "more_deliveries_count", "order_basis_code", "unknown_labels_text"),
)


@dataclass(frozen=True)
class FitEstimates:
    """What is said of styles and sizes.

    Attributes
    ----------
    sizes : DataFrame
        One row per style and size: ``style_id``, ``size_label``, ``rank_number`` (from 0; null
        without an order), ``size_rate`` with ``low_rate`` and ``high_rate`` (95 %),
        ``small_probability`` and ``large_probability`` (that the size itself runs so).
    verdicts : DataFrame
        One row per style: ``style_id``, ``verdict_code``, ``diagnosis_code``,
        ``small_probability``, ``large_probability``, ``swap_probability``,
        ``verdict_probability`` (of the verdict that is given; null where the evidence is not
        enough), ``from_size_label`` and ``to_size_label`` (afflicted range), ``needed_count`` (k,
        developed units at which a style at the threshold is decided), ``more_deliveries_count``
        (null where there is a verdict), ``order_basis_code``, ``unknown_labels_text``.
    """

    sizes: pd.DataFrame
    verdicts: pd.DataFrame


def estimate_fit(
    evidence: pd.DataFrame,
    *,
    budget: float = BUDGET,
    random_state: int = SEED,
    hints: pd.DataFrame | None = None,
    buyers: pd.DataFrame | None = None,
) -> FitEstimates:
    """Judge every style.

    A style gets the verdict that is most probable, if the false ones among all that are given are
    expected to stay within the budget. One without a verdict is true to size where its developed
    units are enough to have told a style at the threshold, and a misfit is improbable; else the
    evidence is not enough, and the answer says how many deliveries are missing.

    Parameters
    ----------
    evidence : DataFrame of shape (n_sizes, 10)
        One row per style and size: ``style_id``, ``size_label``, ``size_order`` (null: not given),
        ``category_name`` (null: none), ``delivered_count`` n ≥ 0, ``developed_count`` m ≥ 0,
        ``small_units`` and ``large_units`` ≥ 0, ``size_units`` (every return for size, whatever
        its direction), ``other_units`` (every other return). Source: ``marts.rpt_fit_evidence``.
        Optional: ``brand_name`` (null: none).
    budget : float
        Accepted expected share of false verdicts, in [0, 1).
    random_state : int
        Of the simulation behind ``needed_count``.
    hints : DataFrame, optional
        What is known of parts of styles, at most one row per style and cause: ``style_id``,
        ``cause_code`` (customers, lots), ``small_log_factor``, ``large_log_factor`` (log of the
        Bayes factor that one such part fails and the rest does not). A style that fails some
        customers alone is no misfit; one of which one lot fails has the diagnosis ``lot``.

    Returns
    -------
    FitEstimates

    Raises
    ------
    ValueError
        If a column is missing, or a style has a size twice.
    """
    check_evidence(evidence)
    evidence = evidence.sort_values(["style_id", "size_label"], kind="stable", ignore_index=True)
    styles = order_styles(evidence)
    names = sorted(evidence["category_name"].dropna().unique())
    places = {name: place for place, name in enumerate(names)}
    groups = group_styles(evidence, styles, category=places, hints=hints, buyers=buyers)
    if not groups:
        return FitEstimates(frame_sizes([]), _frame_verdicts([]))
    usual = fit_usual(groups, category_count=len(places) + 1)
    posteriors = compute_posteriors(groups, usual)
    judged = _judge(styles, groups, posteriors, budget=budget)
    needed = _compute_needed(groups, usual, cut=judged.cut, random_state=random_state)
    return FitEstimates(
        write_sizes(evidence, styles, groups, posteriors),
        _write_verdicts(styles, groups, posteriors, judged, usual=usual, needed=needed),
    )


@dataclass(frozen=True)
class _Judged:
    """Probabilities by verdict, which are called, and from which probability on."""

    probability: Floats
    is_called: np.ndarray
    cut: float


def _judge(
    styles: list[Style], groups: list[Group], posteriors: list[Posterior], *, budget: float
) -> _Judged:
    probability = np.zeros((len(styles), len(VERDICTS)))
    for group, posterior in zip(groups, posteriors, strict=True):
        for place, verdict in enumerate(VERDICTS):
            probability[group.rows, place] = sum_verdicts(group, posterior, verdict)
    best = probability.max(axis=1)
    is_called = select_alarms(best, is_eligible=best >= CUTS[0], budget=budget * _CAUTION)
    # One more style would still be called whose doubt the others leave room for.
    room = budget * _CAUTION * (is_called.sum() + 1) - (1 - best[is_called]).sum()
    return _Judged(probability, is_called, float(np.clip(1 - room, *CUTS)))


def _compute_needed(
    groups: list[Group], usual: Usual, *, cut: float, random_state: int
) -> dict[tuple[int, int], float]:
    """Compute k per group and category, at the mix of sizes that the group sells."""
    needed = {}
    for number, group in enumerate(groups):
        mix = group.counts.exposure.sum(axis=0) + 1.0
        for category in np.unique(group.category):
            rates = usual.at(int(category))

            def judge(
                counts: Counts, group: Group = group, rates: Floats = rates
            ) -> tuple[Floats, Floats]:
                many = np.repeat(rates[:, None], len(counts.small), axis=1)
                posterior = compute_posterior(counts, group.patterns, usual=many, prior=usual.prior)
                small, large = (sum_verdicts(group, posterior, one) for one in (SMALL, LARGE))
                return small, large

            needed[number, int(category)] = compute_needed_exposure(
                judge,
                usual=rates,
                mix=mix / mix.sum(),
                prior=usual.prior,
                cut=cut,
                random_state=random_state,
            )
    return needed


def _write_verdicts(
    styles: list[Style],
    groups: list[Group],
    posteriors: list[Posterior],
    judged: _Judged,
    *,
    usual: Usual,
    needed: dict[tuple[int, int], float],
) -> pd.DataFrame:
    rows = []
    for number, (group, posterior) in enumerate(zip(groups, posteriors, strict=True)):
        exposure = group.counts.exposure.sum(axis=1)
        for at, place in enumerate(group.rows):
            category = int(group.category[at])
            enough = needed[number, category]
            chances = judged.probability[place]
            row = _describe(styles[place], group, posterior.pattern[at], chances=chances)
            if judged.is_called[place]:
                rows.append(row | {"needed_count": enough})
                continue
            rate = float(usual.rates[:2, category].min())
            more = enough - exposure[at]
            doubt = float(np.clip(chances.sum(), 1e-6, 1 - 1e-6))
            if more <= 0 and doubt > MOST_DOUBT:
                more = compute_further_exposure(doubt, cut=judged.cut, usual_rate=rate)
            rows.append(row | _leave_open(more, chances) | {"needed_count": enough})
    return _frame_verdicts(rows)


def _describe(style: Style, group: Group, pattern: Floats, *, chances: Floats) -> dict[str, object]:
    """Describe the most probable verdict, and the range of sizes it speaks of."""
    verdict = VERDICTS[int(chances.argmax())]
    patterns = group.patterns
    is_its = np.array([name == verdict for name in patterns.verdict])
    by_diagnosis = {
        name: float(pattern[is_its & (np.array(patterns.diagnosis) == name)].sum())
        for name in dict.fromkeys(np.array(patterns.diagnosis)[is_its])
    }
    diagnosis = max(by_diagnosis, key=lambda name: by_diagnosis[name]) if by_diagnosis else NONE
    within = is_its & (np.array(patterns.diagnosis) == diagnosis)
    best = int(np.argmax(np.where(within, pattern, -1.0)))
    afflicted = np.flatnonzero(patterns.runs_small[best] | patterns.runs_large[best])
    is_part = style.order.basis != UNORDERED and len(afflicted) > 0
    names = {rank: label for label, rank in reversed(list(style.order.ranks.items()))}
    return {
        "style_id": style.style_id,
        "verdict_code": verdict,
        "diagnosis_code": diagnosis,
        "small_probability": chances[0],
        "large_probability": chances[1],
        "swap_probability": chances[2],
        "verdict_probability": float(chances.max()),
        "from_size_label": names.get(int(afflicted[0])) if is_part else None,
        "to_size_label": names.get(int(afflicted[-1])) if is_part else None,
        "more_deliveries_count": None,
        "order_basis_code": style.order.basis,
        "unknown_labels_text": ", ".join(style.order.unknown) or None,
    }


def _leave_open(more: float, chances: Floats) -> dict[str, object]:
    is_enough = more <= 0
    nothing = dict.fromkeys(("from_size_label", "to_size_label"))
    return nothing | {
        "verdict_code": TRUE if is_enough else UNKNOWN,
        "diagnosis_code": NONE,
        "verdict_probability": float(1 - chances.sum()) if is_enough else None,
        "more_deliveries_count": None if is_enough else int(np.ceil(more)),
    }


def _frame_verdicts(rows: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(VERDICT_COLUMNS))
    frame["needed_count"] = np.ceil(frame["needed_count"].astype(float))
    frame = frame.astype({"needed_count": "Int64", "more_deliveries_count": "Int64"})
    return frame.sort_values("style_id", ignore_index=True)
