"""Labels → model: the lexicon as a prior, held-out calibration, thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from models_ml.reasons.automatic import NEVER, choose_automatic_from, read_surely
from models_ml.reasons.calibration import Calibration, Floats, calibrate, calibrate_codes
from models_ml.reasons.deciding import choose_thresholds
from models_ml.reasons.evaluation import compute_micro_f1
from models_ml.reasons.model import ReasonModel
from models_ml.reasons.notes import (
    CODES,
    GRAMMAR,
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
    has_grammar_features: bool = True,
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
    has_grammar_features : bool
        Whether grammar is a feature; of sentences made by rule it says which rule made them.

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
    if not has_grammar_features:
        rows.prepared[:, GRAMMAR] = ""
    learned = _find_learnable(rows.truth)
    truth = _add_none(rows.truth, learned=learned)
    codes = tuple(taxonomy.codes[place] for place in learned)
    with threadpool_limits(limits=1):
        if not codes:
            card = _describe(rows, codes, seed)
            return ReasonModel(
                None, (), {}, {}, taxonomy, card, has_lexicon_features, has_grammar_features
            )
        held_out = _score_held_out(rows, truth, seed=seed)
        pipeline = fit_pipeline(rows.prepared, truth, weights=rows.weights)
    calibrations = _calibrate(held_out, truth[: len(held_out)], codes)
    none = calibrations[NONE].apply(held_out[:, -1]) if NONE in calibrations else None
    probabilities = np.column_stack(
        [calibrations[code].apply(held_out[:, place]) for place, code in enumerate(codes)]
    )
    thresholds = choose_thresholds(probabilities)
    return ReasonModel(
        pipeline=pipeline,
        learned=codes,
        calibrations=calibrations,
        thresholds=dict(zip(codes, thresholds, strict=True)),
        taxonomy=taxonomy,
        card=_describe(rows, codes, seed),
        has_lexicon_features=has_lexicon_features,
        has_grammar_features=has_grammar_features,
        is_decided_by_lexicon=_is_lexicon_better(
            rows.read[: rows.labelled],
            rows.truth[: rows.labelled],
            probabilities >= np.array(thresholds),
            learned,
        ),
        automatic_from=_choose_automatic_from(rows, probabilities, learned, none=none),
    )


def fit_pipeline(prepared: Prepared, truth: Truth, *, weights: Floats) -> Pipeline:
    """Fit the pipeline: the one place where anything here is fitted.

    Parameters
    ----------
    prepared : array of shape (n, COLUMNS)
    truth : array of int, shape (n, k)
        Every column holds both 0 and 1.
    weights : array of shape (n,)

    Returns
    -------
    Pipeline
    """
    pipeline = build_pipeline(prepared, outputs=truth.shape[1])
    return pipeline.fit(prepared, truth, codes__sample_weight=weights)


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

    With the prior and calibration drawn together, the model was ahead from 25 labels on in the
    mean of five draws of Shoes-ACOSI; one draw can still be behind, and then the lexicon decides.
    """
    if len(truth) < FEWEST_TO_HOLD_OUT:
        return bool(read.any())
    both = read > 0
    both[:, learned] = decided
    gained = compute_micro_f1(both, truth > 0) - compute_micro_f1(read > 0, truth > 0)
    return bool(read.any()) and gained < 0


def _choose_automatic_from(
    rows: _Rows, probabilities: Floats, learned: npt.NDArray[np.intp], *, none: Floats | None
) -> float:
    """Choose from people's held-out rows; where there are none, a person sees every note."""
    if rows.labelled < FEWEST_TO_HOLD_OUT:
        return NEVER
    truth = rows.truth[: rows.labelled] > 0
    every = np.zeros(truth.shape)
    every[:, learned] = probabilities
    if none is None:
        none = (1 - every).prod(axis=1)
    return choose_automatic_from(read_surely(every, none), truth)


def _add_none(truth: Truth, *, learned: npt.NDArray[np.intp]) -> Truth:
    """Take the codes that are learned, and the absence of all codes as the last column."""
    none = (truth.sum(axis=1, dtype=int) == 0).astype(np.int8)[:, None]
    chosen = truth[:, learned]
    return np.hstack([chosen, none]) if len(_find_learnable(none)) else chosen


def _calibrate(held_out: Floats, seen: Truth, codes: tuple[str, ...]) -> dict[str, Calibration]:
    truth = seen.astype(float)
    known = len(codes)
    curves = calibrate_codes(held_out[:, :known], truth[:, :known])
    calibrations = dict(zip(codes, curves, strict=True))
    if held_out.shape[1] > known:
        calibrations[NONE] = calibrate(held_out[:, -1], truth[:, -1])
    return calibrations


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
