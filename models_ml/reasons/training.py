"""Labels → model: the lexicon as a prior, held-out calibration, thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from models_ml.reasons.calibration import Floats, calibrate
from models_ml.reasons.evaluation import compute_macro_f1, compute_micro_f1
from models_ml.reasons.model import ReasonModel
from models_ml.reasons.notes import (
    CODES,
    LabelledNote,
    Prepared,
    arrange_texts,
    find_in,
    prepare_text,
)
from models_ml.reasons.pipeline import build_pipeline, score_codes
from models_ml.reasons.taxonomy import NONE, Taxonomy

PRIOR_WEIGHT: Final = 200.0  # reasons.md: of the lexicon's labels together, a person's being 1
FEWEST: Final = 5  # texts with a code, and without it, before it is learned
FOLDS: Final = 5
FEWEST_TO_HOLD_OUT: Final = 20  # labelled texts below which nothing can be held out
_THRESHOLDS: Final = np.round(np.arange(0.3, 0.701, 0.02), 2)
_EVEN: Final = 0.5

Truth = npt.NDArray[np.int8]


@dataclass(frozen=True)
class _Rows:
    """Prepared texts with their codes and weights, people's labels first; what the lexicon read."""

    prepared: Prepared
    truth: Truth
    weights: Floats
    labelled: int
    read: Truth


def train_model(
    notes: Sequence[LabelledNote],
    *,
    taxonomy: Taxonomy,
    seed: int,
    prior_weight: float = PRIOR_WEIGHT,
    has_lexicon_features: bool = True,
) -> ReasonModel:
    """Train a model on people's labels and, where a lexicon applies, on what it reads.

    Parameters
    ----------
    notes : sequence of LabelledNote
        Those without codes get the lexicon's, at ``prior_weight`` together.
    taxonomy : Taxonomy
    seed : int
        Of the folds; the rest draws nothing.
    prior_weight : float
    has_lexicon_features : bool
        Whether the codes of the lexicon are features; without them the model can speak where the
        lexicon is silent.

    Returns
    -------
    ReasonModel
        The same for the same notes in any order, seed and versions of the libraries.

    Raises
    ------
    ValueError
        If a label names a code that the taxonomy lacks.
    """
    rows = _build_rows(notes, taxonomy=taxonomy, prior_weight=prior_weight)
    if not has_lexicon_features:
        rows.prepared[:, CODES] = ""
    learned = _find_learnable(rows.truth)
    truth = rows.truth[:, learned]
    codes = tuple(taxonomy.codes[place] for place in learned)
    with threadpool_limits(limits=1):
        if not codes:
            card = _describe(rows, codes, seed)
            return ReasonModel(None, (), {}, {}, taxonomy, card, has_lexicon_features)
        held_out = _score_held_out(rows, truth, seed=seed)
        pipeline = fit_pipeline(rows.prepared, truth, weights=rows.weights)
    seen = truth[: len(held_out)]
    threshold = choose_threshold(held_out, seen)
    return ReasonModel(
        pipeline=pipeline,
        learned=codes,
        calibrations={
            code: calibrate(held_out[:, place], seen[:, place].astype(float))
            for place, code in enumerate(codes)
        },
        thresholds=dict.fromkeys(codes, threshold),
        taxonomy=taxonomy,
        card=_describe(rows, codes, seed),
        has_lexicon_features=has_lexicon_features,
        is_decided_by_lexicon=_is_lexicon_better(
            rows.read[: rows.labelled], rows.truth[: rows.labelled], held_out >= threshold, learned
        ),
    )


def fit_pipeline(prepared: Prepared, truth: Truth, *, weights: Floats) -> Pipeline:
    """Fit the pipeline: the one place where anything here is fitted.

    Parameters
    ----------
    prepared : array of shape (n, 3)
    truth : array of int, shape (n, k)
        Every column holds both 0 and 1.
    weights : array of shape (n,)

    Returns
    -------
    Pipeline
    """
    return build_pipeline(prepared).fit(prepared, truth, codes__sample_weight=weights)


def choose_threshold(scores: Floats, truth: Truth) -> float:
    """Choose the score from which a code is decided: micro- and macro-F1 alike, near one half.

    Parameters
    ----------
    scores : array of shape (n, k)
        Held out.
    truth : array of int, shape (n, k)

    Returns
    -------
    float
    """

    def judge(threshold: float) -> tuple[float, float]:
        decided = scores >= threshold
        both = compute_micro_f1(decided, truth > 0) + compute_macro_f1(decided, truth > 0)
        return round(both, 6), -abs(threshold - _EVEN)

    return float(max(_THRESHOLDS.tolist(), key=judge))


def _build_rows(notes: Sequence[LabelledNote], *, taxonomy: Taxonomy, prior_weight: float) -> _Rows:
    ordered = sorted(notes, key=lambda note: (note.text, sorted(note.codes or ())))
    labelled = [note for note in ordered if note.codes is not None]
    unlabelled = [note for note in ordered if note.codes is None] if taxonomy.lexicon else []
    texts = [prepare_text(note.text) for note in (*labelled, *unlabelled)]
    found = find_in(texts)
    places = {code: place for place, code in enumerate(taxonomy.codes)}
    truth = np.zeros((len(texts), len(places)), dtype=np.int8)
    for row, note in enumerate(labelled):
        for code in (note.codes or frozenset()) - {NONE}:
            if code not in places:
                raise ValueError(f"the taxonomy has no code {code!r}")
            truth[row, places[code]] = 1
    read = np.zeros_like(truth)
    for row, phrases in enumerate(found):
        for code in taxonomy.translate(one.code for one in phrases):
            read[row, places[code]] = 1
    truth[len(labelled) :] = read[len(labelled) :]
    each = min(1.0, prior_weight / max(1, len(unlabelled)))
    weights = np.where(np.arange(len(texts)) < len(labelled), 1.0, each)
    return _Rows(arrange_texts(texts, found=found), truth, weights, len(labelled), read)


def _is_lexicon_better(
    read: Truth, truth: Truth, decided: npt.NDArray[np.bool_], learned: npt.NDArray[np.intp]
) -> bool:
    """Compare what the lexicon read of people's rows with what held-out models decided.

    Below some hundred labels a model alone is worse than the lexicon (reasons.md), and a few
    labels cannot tell: the model has to be better by more than one label's weight.
    """
    if len(truth) < FEWEST_TO_HOLD_OUT:
        return bool(read.any())
    both = read > 0
    both[:, learned] = decided
    gained = compute_micro_f1(both, truth > 0) - compute_micro_f1(read > 0, truth > 0)
    return bool(read.any()) and gained <= 1 / len(truth)


def _find_learnable(truth: Truth) -> npt.NDArray[np.intp]:
    positives = truth.sum(axis=0, dtype=int)
    return np.flatnonzero((positives >= FEWEST) & (len(truth) - positives >= FEWEST))


def _score_held_out(rows: _Rows, truth: Truth, *, seed: int) -> Floats:
    """Score people's rows by models that have not seen them; without any, the lexicon's rows."""
    judged = rows.labelled if rows.labelled >= FEWEST_TO_HOLD_OUT else len(truth)
    folds = _assign_folds(truth[:judged], seed=seed)
    scores = np.zeros((judged, truth.shape[1]))
    for fold in range(FOLDS):
        learning = np.ones(len(truth), dtype=bool)
        learning[:judged] = folds != fold
        held = np.flatnonzero(folds == fold)
        if not len(held):
            continue
        shares = truth[learning].mean(axis=0)
        both = np.flatnonzero((shares > 0) & (shares < 1))
        scores[held] = shares
        if len(both):
            pipeline = fit_pipeline(
                rows.prepared[learning], truth[learning][:, both], weights=rows.weights[learning]
            )
            scores[np.ix_(held, both)] = score_codes(pipeline, rows.prepared[held])
    return scores


def _assign_folds(truth: Truth, *, seed: int) -> npt.NDArray[np.intp]:
    """Deal rows to folds so that each gets its part of every code, the rarest first."""
    order = np.random.default_rng(seed).permutation(len(truth))
    by_rarity = np.argsort(truth.sum(axis=0), kind="stable")
    rarest = np.array([_first_code(truth[row, by_rarity]) for row in order])
    dealt = order[np.argsort(rarest, kind="stable")]
    folds = np.empty(len(truth), dtype=np.intp)
    folds[dealt] = np.arange(len(truth)) % FOLDS
    return folds


def _first_code(codes: Truth) -> int:
    return int(np.argmax(codes)) if codes.any() else len(codes)


def _describe(rows: _Rows, codes: tuple[str, ...], seed: int) -> dict[str, object]:
    return {
        "seed": seed,
        "labelled": rows.labelled,
        "read_by_lexicon": len(rows.truth) - rows.labelled,
        "texts_with_code": {
            code: int(count)
            for code, count in zip(
                codes, rows.truth[:, _find_learnable(rows.truth)].sum(axis=0), strict=True
            )
        },
    }
