"""A model beside people's labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models_ml.reasons.automatic import read_surely
from models_ml.reasons.evaluation import Evaluation, evaluate_predictions
from models_ml.reasons.model import ReasonModel
from models_ml.reasons.notes import LabelledNote
from models_ml.reasons.trained_reading import is_readable


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
    texts = [note.text for note in notes]
    predicted = model.predict(texts)
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
        sure=read_surely(
            predicted.probabilities,
            predicted.none_probabilities,
            is_readable=np.array([is_readable(text, model=model) for text in texts], dtype=bool),
        ),
        automatic_from=model.automatic_from,
    )
