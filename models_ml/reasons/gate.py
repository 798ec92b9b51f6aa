"""Whether a challenger takes the champion's place: the gate matters more than the learner.

Always promoting let F1 fall to 0.103 (reasons.md). The judges are labels of texts that were drawn
by lot and that neither model learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from models_ml.reasons.calibration import Floats
from models_ml.reasons.evaluation import (
    Flags,
    compute_calibration_error,
    compute_f1,
    compute_micro_f1,
)

FEWEST_JUDGES: Final = 150  # texts drawn by lot; see DECISIONS 35
LARGEST_CALIBRATION_ERROR: Final = 0.08  # reasons.md
BOOTSTRAPS: Final = 1_000
LOW_PART: Final = 0.2  # reasons.md: this quantile of the difference lies above TOLERATED_LOSS
TOLERATED_LOSS: Final = -0.01
SURE_PART: Final = 0.025  # and this one above 0: more than reasons.md asks, see DECISIONS 35
SURE_FROM: Final = 0.7  # a code of the champion that needs no person
FEWEST_SURE: Final = 20
CONTRADICTED: Final = 0.5  # of the right codes that the champion's own probabilities promise
FEWEST_SECOND_OPINIONS: Final = 10
LEAST_AGREEMENT: Final = 0.4  # micro-F1; two careful people reach 0.58 (reasons.md)


@dataclass(frozen=True)
class Judged:
    """What one model said of the judging texts.

    Attributes
    ----------
    decided : array of bool, shape (n, k)
    probabilities : array of float, shape (n, k)
    """

    decided: Flags
    probabilities: Floats


@dataclass(frozen=True)
class Verdict:
    """What the gate found.

    Attributes
    ----------
    reasons : tuple of str
        Why it is not promoted, of the names of ``REFUSALS``; empty where it is.
    figures : dict of str to float
        What the reasons rest on.
    """

    reasons: tuple[str, ...]
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def is_promoted(self) -> bool:
        """Whether the challenger takes the champion's place."""
        return not self.reasons


REFUSALS: Final = (
    "too_few_random_labels",
    "not_higher",
    "may_be_lower",
    "escalation_recall_lost",
    "badly_calibrated",
    "labels_contradict_sure_readings",
    "people_disagree",
)


def judge_challenger(
    challenger: Judged,
    *,
    champion: Judged,
    truth: Flags,
    escalated: Sequence[int],
    agreement: tuple[float, int] | None,
    seed: int,
) -> Verdict:
    """Judge a challenger beside the champion on texts that were drawn by lot.

    Parameters
    ----------
    challenger, champion : Judged
    truth : array of bool, shape (n, k)
        People's labels.
    escalated : sequence of int
        Places of the codes that always go to a person.
    agreement : tuple of (float, int), optional
        Micro-F1 between people, and on how many texts; None where no text has two labels.
    seed : int
        Of the bootstrap.

    Returns
    -------
    Verdict
    """
    figures = {"n": float(len(truth))}
    if len(truth) < FEWEST_JUDGES:
        return Verdict(("too_few_random_labels",), figures)
    figures |= {
        "champion_f1": compute_micro_f1(champion.decided, truth),
        "challenger_f1": compute_micro_f1(challenger.decided, truth),
        "calibration_error": compute_calibration_error(challenger.probabilities, truth),
    }
    gains = bootstrap_gains(challenger.decided, champion.decided, truth, seed=seed)
    figures["low_gain"], figures["sure_gain"] = map(
        float, np.quantile(gains, [LOW_PART, SURE_PART])
    )
    if agreement is not None:
        figures["agreement"], figures["second_opinions"] = agreement[0], float(agreement[1])
    failed = {
        "not_higher": figures["challenger_f1"] <= figures["champion_f1"]
        or figures["sure_gain"] <= 0,
        "may_be_lower": figures["low_gain"] <= TOLERATED_LOSS,
        "escalation_recall_lost": any(
            (champion.decided & truth)[:, place].sum()
            > (challenger.decided & truth)[:, place].sum()
            for place in escalated
        ),
        "badly_calibrated": figures["calibration_error"] > LARGEST_CALIBRATION_ERROR,
        "labels_contradict_sure_readings": _is_contradicted(champion, truth),
        "people_disagree": agreement is not None
        and agreement[1] >= FEWEST_SECOND_OPINIONS
        and agreement[0] < LEAST_AGREEMENT,
    }
    reasons = tuple(name for name in REFUSALS if failed.get(name, False))
    return Verdict(reasons, figures)


def bootstrap_gains(challenger: Flags, champion: Flags, truth: Flags, *, seed: int) -> Floats:
    """Draw the texts anew, with both models on the same draw, and compare their micro-F1.

    Returns
    -------
    array of shape (BOOTSTRAPS,)
        Challenger less champion.
    """
    rng = np.random.default_rng(seed)
    draws = rng.integers(len(truth), size=(BOOTSTRAPS, len(truth)))
    scores = []
    for decided in (challenger, champion):
        right = (decided & truth).sum(axis=1)[draws].sum(axis=1)
        named = decided.sum(axis=1)[draws].sum(axis=1)
        labelled = truth.sum(axis=1)[draws].sum(axis=1)
        scores.append(
            [
                compute_f1(*counts)
                for counts in zip(right.tolist(), named.tolist(), labelled.tolist(), strict=True)
            ]
        )
    gains: npt.NDArray[np.float64] = np.subtract(*map(np.array, scores))
    return gains


def _is_contradicted(champion: Judged, truth: Flags) -> bool:
    """Tell whether labels deny most of what the champion was sure of: then somebody has to look."""
    sure = champion.decided & (champion.probabilities >= SURE_FROM)
    promised = champion.probabilities[sure].sum()
    return int(sure.sum()) >= FEWEST_SURE and bool(truth[sure].sum() < CONTRADICTED * promised)
