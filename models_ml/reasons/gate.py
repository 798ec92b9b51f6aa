"""Whether a challenger takes the champion's place: the gate matters more than the learner.

Always promoting let F1 fall to 0.103 (reasons.md). The judges are labels of texts that were drawn
by lot and that neither model learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from models_ml.reasons.agreement import Agreement
from models_ml.reasons.calibration import Floats
from models_ml.reasons.evaluation import (
    Flags,
    compute_calibration_error,
    compute_micro_f1,
)

FEWEST_JUDGES: Final = 150  # texts drawn by lot; see DECISIONS 36
LARGEST_CALIBRATION_ERROR: Final = 0.08  # reasons.md
BOOTSTRAPS: Final = 1_000
LOW_PART: Final = 0.2  # reasons.md: this quantile of the difference lies above TOLERATED_LOSS
TOLERATED_LOSS: Final = -0.01
SURE_PART: Final = 0.025  # and this one above 0: more than reasons.md asks, see DECISIONS 36
ENDS: Final = {"low": 0.025, "high": 0.975}  # quantiles of a score: its 95 % interval
SURE_FROM: Final = 0.7  # a code of the champion that needs no person
FEWEST_SURE: Final = 20
CONTRADICTED: Final = 0.5  # of the right codes that the champion's own probabilities promise
FEWEST_SECOND_OPINIONS: Final = 10  # texts that two people read; one alone cannot be checked


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
    "too_few_second_opinions",
    "not_higher",
    "not_higher_beyond_chance",
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
    agreement: Agreement,
    seed: int,
) -> Verdict:
    """Judge a challenger beside the champion on texts that were drawn by lot.

    Labels that are not about their text reward whoever names the most frequent codes. So a gain
    has to stand whether the labels are all right or only as often as people are sure to agree.

    Parameters
    ----------
    challenger, champion : Judged
    truth : array of bool, shape (n, k)
        People's labels.
    escalated : sequence of int
        Places of the codes that always go to a person.
    agreement : Agreement
        Of people with each other.
    seed : int
        Of the bootstrap.

    Returns
    -------
    Verdict
    """
    figures = {"n": float(len(truth)), **_describe_people(agreement)}
    early = refuse_early(len(truth), agreement=agreement)
    if early:
        return Verdict(early, figures)
    reliability = agreement.low_beyond_chance or 0.0
    figures |= {
        "champion_f1": compute_micro_f1(champion.decided, truth),
        "challenger_f1": compute_micro_f1(challenger.decided, truth),
        "calibration_error": compute_calibration_error(challenger.probabilities, truth),
        "agreement_beyond_chance": agreement.beyond_chance or 0.0,
        "low_agreement_beyond_chance": reliability,
    }
    for name, judged in (("champion_f1", champion), ("challenger_f1", challenger)):
        figures |= _find_ends(name, bootstrap_scores(judged.decided, truth, seed=seed))
    gains = bootstrap_gains(challenger.decided, champion.decided, truth, seed=seed)
    figures["low_gain"], figures["sure_gain"] = map(
        float, np.quantile(gains, [LOW_PART, SURE_PART])
    )
    gains = bootstrap_gains(
        challenger.decided, champion.decided, truth, seed=seed, reliability=max(0.0, reliability)
    )
    figures["sure_gain_beyond_chance"] = float(np.quantile(gains, SURE_PART))
    failed = {
        "not_higher": figures["challenger_f1"] <= figures["champion_f1"]
        or figures["sure_gain"] <= 0,
        "not_higher_beyond_chance": figures["sure_gain_beyond_chance"] <= 0,
        "may_be_lower": figures["low_gain"] <= TOLERATED_LOSS,
        "escalation_recall_lost": any(
            (champion.decided & truth)[:, place].sum()
            > (challenger.decided & truth)[:, place].sum()
            for place in escalated
        ),
        "badly_calibrated": figures["calibration_error"] > LARGEST_CALIBRATION_ERROR,
        "labels_contradict_sure_readings": _is_contradicted(champion, truth),
        "people_disagree": reliability <= 0,
    }
    reasons = tuple(name for name in REFUSALS if failed.get(name, False))
    return Verdict(reasons, figures)


def refuse_early(judges: int, *, agreement: Agreement) -> tuple[str, ...]:
    """Refuse for want of labels, of the names of ``REFUSALS``, before anything is compared."""
    if judges < FEWEST_JUDGES:
        return ("too_few_random_labels",)
    if agreement.n < FEWEST_SECOND_OPINIONS:
        return ("too_few_second_opinions",)
    return ()


def bootstrap_gains(
    challenger: Flags, champion: Flags, truth: Flags, *, seed: int, reliability: float = 1.0
) -> Floats:
    """Draw the texts anew, with both models on the same draw, and compare their micro-F1.

    Parameters
    ----------
    challenger, champion, truth : array of bool, shape (n, k)
    seed : int
    reliability : float
        Share of the labels that are about their text; of the others, taken for labels of any text,
        both models have what they would agree with by chance, and lose it here.

    Returns
    -------
    array of shape (BOOTSTRAPS,)
        Challenger less champion; scaled down by ``reliability``, which keeps the sign.
    """
    drawn = [
        bootstrap_scores(decided, truth, seed=seed, reliability=reliability)
        for decided in (challenger, champion)
    ]
    return drawn[0] - drawn[1]


def bootstrap_scores(
    decided: Flags, truth: Flags, *, seed: int, reliability: float = 1.0
) -> Floats:
    """Draw the texts anew and compute the micro-F1 of each draw; the draws are those of the seed.

    Parameters
    ----------
    decided, truth : array of bool, shape (n, k)
    seed : int
    reliability : float
        See ``bootstrap_gains``.

    Returns
    -------
    array of shape (BOOTSTRAPS,)
    """
    size = len(truth)
    draws = np.random.default_rng(seed).integers(size, size=(BOOTSTRAPS, size))
    counts = np.stack([np.bincount(draw, minlength=size) for draw in draws])
    labelled = counts @ truth
    named = counts @ decided
    right = counts @ (decided & truth).sum(axis=1)
    by_chance = (named * labelled).sum(axis=1) / size
    total = named.sum(axis=1) + labelled.sum(axis=1)
    scores: Floats = 2 * (right - (1 - reliability) * by_chance) / np.maximum(total, 1)
    return scores


def _describe_people(agreement: Agreement) -> dict[str, float]:
    figures = {
        "second_opinions": float(agreement.n),
        "agreement": agreement.people_f1,
        "low_agreement": agreement.low_people_f1,
        "high_agreement": agreement.high_people_f1,
    }
    return {name: figure for name, figure in figures.items() if figure is not None}


def _find_ends(name: str, scores: Floats) -> dict[str, float]:
    return {f"{end}_{name}": float(np.quantile(scores, at)) for end, at in ENDS.items()}


def _is_contradicted(champion: Judged, truth: Flags) -> bool:
    """Tell whether labels deny most of what the champion was sure of: then somebody has to look."""
    sure = champion.decided & (champion.probabilities >= SURE_FROM)
    promised = champion.probabilities[sure].sum()
    return int(sure.sum()) >= FEWEST_SURE and bool(truth[sure].sum() < CONTRADICTED * promised)
