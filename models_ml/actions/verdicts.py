"""Did the fix work? Evidence of actions → a verdict, the difference and its interval, the weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import stats

from models_ml.actions.differences import (
    MIN_CONTROLS,
    MIN_EXPOSURE,
    Differences,
    compare,
)
from models_ml.actions.evidence import WEEKS, ActionEvidence, Bools, Floats, split_actions
from models_ml.actions.trends import MIN_WEEKS, count_weeks, measure_trends

WORKED, NO_EVIDENCE = "worked", "no_evidence"
TOO_EARLY, NOT_MEASURABLE = "too_early", "not_measurable"
# Why a verdict is what it is.
FELL, UNCLEAR, ROSE, TREND = "fell", "unclear", "rose", "trend"
NOT_OVER = "not_over"
NOT_SOLD_BEFORE, NOT_SOLD_AFTER, NO_CONTROLS = "not_sold_before", "not_sold_after", "no_controls"
CONFIDENCE: Final = 0.95
NUMBERS: Final = (
    *("before_rate", "after_rate", "unmoved_rate", "control_before_rate", "control_after_rate"),
    *("difference_rate", "low_rate", "high_rate", "detectable_rate"),
    *("trend_rate", "trend_low_rate", "trend_high_rate", "week_variation", "placebo_factor"),
)
ACTION_COLUMNS: Final = (
    *("action_id", "verdict_code", "cause_code", *NUMBERS),
    *("is_trend_parallel", "control_count", "placebo_count"),
)
WEEK_COLUMNS: Final = (
    *("action_id", "week_number", "developed_rate", "low_rate", "high_rate", "control_rate"),
)


@dataclass(frozen=True)
class Verdicts:
    """What is said of actions.

    Attributes
    ----------
    actions : DataFrame
        One row per action: ``ACTION_COLUMNS``. ``difference_rate`` is negative where less comes
        back than without the action; ``low_rate`` and ``high_rate`` are its 95 % interval,
        ``detectable_rate`` half of its width; none goes beyond ±1. What is not known is null.
    weeks : DataFrame
        One row per action and week: ``WEEK_COLUMNS``.
    """

    actions: pd.DataFrame
    weeks: pd.DataFrame


def judge_actions(evidence: pd.DataFrame) -> Verdicts:
    """Judge every action of the evidence.

    Parameters
    ----------
    evidence : DataFrame
        As ``split_actions`` takes it.

    Returns
    -------
    Verdicts
        By ``action_id``.
    """
    found = [judge_action(one) for one in split_actions(evidence)]
    actions = pd.DataFrame([row for row, _ in found], columns=list(ACTION_COLUMNS))
    weeks = [week for _, some in found for week in some]
    return Verdicts(
        actions.astype(dict.fromkeys(NUMBERS, "float64")),
        pd.DataFrame(weeks, columns=list(WEEK_COLUMNS)).astype({"week_number": "int64"}),
    )


def judge_action(evidence: ActionEvidence) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Judge one action, and lay out its weeks.

    Returns
    -------
    tuple of (dict, list of dict)
        A row of ``ACTION_COLUMNS``, and rows of ``WEEK_COLUMNS``.
    """
    found = compare(evidence)
    controls = found.is_control[0]
    row: dict[str, Any] = {
        "action_id": evidence.action_id,
        **_rate_windows(evidence, controls),
        "control_count": int(controls.sum()),
        "week_variation": float(np.sqrt(found.flutter)),
    }
    weeks = _lay_out_weeks(evidence, controls)
    blocked = _find_obstacle(evidence, controls)
    if blocked is not None:
        return row | blocked, weeks
    trends = measure_trends(evidence, is_control=found.is_control, flutter=found.flutter)
    is_placebo = find_placebos(evidence, found)
    count = max(int(is_placebo.sum()), int(controls.sum()))
    quantile = float(stats.t.ppf((1 + CONFIDENCE) / 2, df=count - 1))
    factor = measure_factor(found.difference, found.error, is_placebo=is_placebo)
    slope = float(trends.slope[0])
    wide = float(trends.error[0]) * quantile  # finite: there are weeks enough, and controls
    wide *= measure_factor(trends.slope, trends.error, is_placebo=is_placebo)
    row |= {
        "placebo_count": count,
        "placebo_factor": factor,
        "trend_rate": slope,
        "trend_low_rate": max(slope - wide, -1.0),
        "trend_high_rate": min(slope + wide, 1.0),
        "is_trend_parallel": abs(slope) <= wide,
    }
    reach = factor * quantile
    if evidence.after.developed[0].sum() <= 0:
        return row | {"verdict_code": TOO_EARLY, "cause_code": NOT_OVER}, weeks
    return row | _judge(evidence, found, reach=reach, is_parallel=row["is_trend_parallel"]), weeks


def find_placebos(evidence: ActionEvidence, found: Differences) -> Bools:
    """Find the styles on which nothing was done and that have controls of their own."""
    is_usable = (evidence.before.add_weeks().developed >= MIN_EXPOSURE) & (
        evidence.after.add_weeks().developed > 0
    )
    is_usable[0] = False
    return np.asarray(is_usable & (found.is_control.sum(axis=1) >= MIN_CONTROLS))


def measure_factor(moved: Floats, error: Floats, *, is_placebo: Bools) -> float:
    """Measure how many times as far placebos moved as their errors say, at least 1."""
    z = (moved / error)[is_placebo]
    return max(float(np.sqrt((z**2).mean())), 1.0) if len(z) else 1.0


def _find_obstacle(evidence: ActionEvidence, controls: Bools) -> dict[str, str] | None:
    """Find what keeps an action from being measured; None where nothing does."""
    if count_weeks(evidence) < MIN_WEEKS:
        return {"verdict_code": NOT_MEASURABLE, "cause_code": NOT_SOLD_BEFORE}
    is_sold = evidence.after.developed[0].sum() > 0
    if evidence.is_due and not is_sold:
        return {"verdict_code": NOT_MEASURABLE, "cause_code": NOT_SOLD_AFTER}
    if controls.sum() < MIN_CONTROLS:
        if not evidence.is_due and not is_sold:
            return {"verdict_code": TOO_EARLY, "cause_code": NOT_OVER}
        return {"verdict_code": NOT_MEASURABLE, "cause_code": NO_CONTROLS}
    return None


def _judge(
    evidence: ActionEvidence, found: Differences, *, reach: float, is_parallel: bool
) -> dict[str, Any]:
    difference, half = float(found.difference[0]), reach * float(found.error[0])
    low, high = max(difference - half, -1.0), min(difference + half, 1.0)
    if not evidence.is_due:
        verdict, cause = TOO_EARLY, NOT_OVER
    elif low > 0:
        verdict, cause = NO_EVIDENCE, ROSE
    elif not is_parallel:
        verdict, cause = NO_EVIDENCE, TREND
    elif high < 0:
        verdict, cause = WORKED, FELL
    else:
        verdict, cause = NO_EVIDENCE, UNCLEAR
    return {
        "verdict_code": verdict,
        "cause_code": cause,
        "unmoved_rate": float(found.unmoved[0]),
        "difference_rate": difference,
        "low_rate": low,
        "high_rate": high,
        "detectable_rate": min(half, 1.0),
    }


def _rate_windows(evidence: ActionEvidence, controls: Bools) -> dict[str, float]:
    """Compute the developed rates before and after, of the style and of its controls together."""
    own = np.zeros(len(controls), np.bool_)
    own[0] = True
    return {
        f"{name}{window}_rate": _divide(
            float(span.returned[rows].sum()), float(span.developed[rows].sum())
        )
        for window, span in (("before", evidence.before), ("after", evidence.after))
        for name, rows in (("", own), ("control_", controls))
    }


def _lay_out_weeks(evidence: ActionEvidence, controls: Bools) -> list[dict[str, Any]]:
    rows = []
    for first, span in ((-WEEKS, evidence.before), (0, evidence.after)):
        own = _divide(float(span.returned[0].sum()), float(span.developed[0].sum()))
        for week in range(WEEKS):
            m, y = float(span.developed[0, week]), float(span.returned[0, week])
            low, high = _interval(y, m, own)
            control = span.returned[controls, week].sum(), span.developed[controls, week].sum()
            rows.append(
                {
                    "action_id": evidence.action_id,
                    "week_number": first + week,
                    "developed_rate": _divide(y, m),
                    "low_rate": low,
                    "high_rate": high,
                    "control_rate": _divide(float(control[0]), float(control[1])),
                }
            )
    return rows


def _interval(returned: float, developed: float, mean: float) -> tuple[float, float]:
    """Compute the 95 % interval of a week: Beta with two units at the mean of its eight weeks."""
    if developed <= 0:
        return np.nan, np.nan
    centre = min(max(mean, 0.01), 0.99)
    alpha = returned + 2 * centre
    beta = max(developed - returned, 0.0) + 2 * (1 - centre)
    low, high = stats.beta.ppf([(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], alpha, beta)
    return float(low), float(high)


def _divide(part: float, whole: float) -> float:
    """Divide, at most 1: more may come back than the curve expects by now."""
    return min(part / whole, 1.0) if whole > 0 else np.nan
