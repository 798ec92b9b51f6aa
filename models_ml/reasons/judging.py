"""A model beside people's labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models_ml.reasons.evaluation import Evaluation, evaluate_predictions
from models_ml.reasons.model import ReasonModel
from models_ml.reasons.notes import LabelledNote


def evaluate_model(model: ReasonModel, notes: Sequence[LabelledNote], *, seed: int) -> Evaluation:
    """Predict labelled notes and compare.

    Parameters
    ----------
    model : ReasonModel
    notes : sequence of LabelledNote
        All labelled; codes that the model's taxonomy lacks count for nothing.
    seed : int
        Of the draws of notes.

    Returns
    -------
    Evaluation

    Raises
    ------
    ValueError
        If there is no note.
    """
    predicted = model.predict([note.text for note in notes])
    truth = np.array(
        [[code in (note.codes or ()) for code in predicted.codes] for note in notes], dtype=bool
    )
    return evaluate_predictions(
        predicted.codes,
        decided=predicted.decided,
        probabilities=predicted.probabilities,
        truth=truth,
        seed=seed,
        doubts=predicted.doubts,
        none_probabilities=predicted.none_probabilities,
    )
