"""What the error of a reason's share is made of: chance, doubt of each review, and the level.

Part ``shares`` of ``python -m benchmarks.reasons_bench``. Draws are those of ``shoes``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from benchmarks.reasons_data import LabelledText, load_shoes, write_shoe_taxonomy
from models_ml.reasons.calibration import Floats
from models_ml.reasons.evaluation import Flags, judge_shares
from models_ml.reasons.notes import LabelledNote
from models_ml.reasons.taxonomy import parse_taxonomy
from models_ml.reasons.training import train_model

SEED: Final = 20261129
FOLDS: Final = 5
WORLDS: Final = 60  # in which every review has its codes with just the probability that was read
ENDS: Final = (0.05, 0.95)


def measure_share_errors() -> list[str]:
    """Measure on dev, and on reviews of train that the model has not seen."""
    train, dev = load_shoes("train"), load_shoes("dev")
    rows = [
        "| reviews | n | share learned, for every review | the model | were its probabilities "
        "exactly right: mean (5–95 %) | with the level known | Brier score | … that they promise |",
        "|---|---|---|---|---|---|---|---|",
    ]
    order = np.random.default_rng(SEED).permutation(len(train))
    shuffled = [train[place] for place in order]
    folds = [shuffled[fold::FOLDS] for fold in range(FOLDS)]
    read, said = [], []
    for fold, held in enumerate(folds):
        others = [one for other in range(FOLDS) if other != fold for one in folds[other]]
        probabilities, truth = _read(held, learned=others)
        read.append(probabilities)
        said.append(truth)
    learned = _label(train, codes=_list_codes()).mean(axis=0)
    for name, probabilities, truth in (
        ("dev", *_read(dev, learned=train)),
        ("train, each by a model that has not seen it", np.vstack(read), np.vstack(said)),
    ):
        rows.append(_describe(name, probabilities, truth, learned=learned))
    return rows


def _list_codes() -> tuple[str, ...]:
    return parse_taxonomy(write_shoe_taxonomy(has_lexicon=True)).codes


def _label(texts: Sequence[LabelledText], *, codes: Sequence[str]) -> Flags:
    return np.array([[code in one.codes for code in codes] for one in texts], dtype=bool)


def _read(
    texts: Sequence[LabelledText], *, learned: Sequence[LabelledText]
) -> tuple[Floats, Flags]:
    notes = [LabelledNote(one.text, one.codes) for one in learned]
    taxonomy = parse_taxonomy(write_shoe_taxonomy(has_lexicon=True))
    predicted = train_model(notes, taxonomy=taxonomy, seed=SEED).predict(
        [one.text for one in texts]
    )
    return predicted.probabilities, _label(texts, codes=predicted.codes)


def _describe(name: str, probabilities: Floats, truth: Flags, *, learned: Floats) -> str:
    rng = np.random.default_rng(SEED)
    worlds = [
        _judge(probabilities, rng.random(probabilities.shape) < probabilities)
        for _ in range(WORLDS)
    ]
    low, high = np.quantile(worlds, ENDS)
    level = truth.sum(axis=0) / probabilities.sum(axis=0)
    brier = float(((probabilities - truth) ** 2).mean())
    promised = float((probabilities * (1 - probabilities)).mean())
    return (
        f"| {name} | {len(truth)} | {_judge(np.tile(learned, (len(truth), 1)), truth):.3f} "
        f"| {_judge(probabilities, truth):.3f} "
        f"| {np.mean(worlds):.3f} ({low:.3f}–{high:.3f}) "
        f"| {_judge(np.clip(probabilities * level, 0, 1), truth):.3f} "
        f"| {brier:.4f} | {promised:.4f} |"
    )


def _judge(probabilities: Floats, truth: Flags) -> float:
    return judge_shares(probabilities, truth, seed=SEED)[0]
