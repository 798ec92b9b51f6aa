"""Learn the fit of some rows and judge it on others, for ``kaeru fit evaluate``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final

from models_ml.fit.outcome import fit_outcome_model, predict_outcomes
from models_ml.fit.outcome_columns import CUSTOMER, OUTCOME
from models_ml.fit.outcome_scores import score_outcomes
from orchestration.outcome_files import read_outcomes
from orchestration.wording import Progress, Words, keep_quiet

SEED: Final = 20261130
SECONDS_DIGITS: Final = 1

LEARNING: Final = Words(
    ja="{file} の {rows} 行から学んでいます。", en="Learning from {rows} rows of {file}."
)
JUDGING: Final = Words(
    ja="{file} の {rows} 行で確かめています。", en="Judging on {rows} rows of {file}."
)


def evaluate_outcomes(
    train: Path, test: Path, *, has_body: bool, seed: int = SEED, tell: Progress = keep_quiet
) -> dict[str, Any]:
    """Train on one file and judge on another.

    Parameters
    ----------
    train, test : Path
        See ``read_outcomes``.
    has_body : bool
        Whether the body is known.
    seed : int
        Of the folds and draws.
    tell : Progress
        Hears what is being done.

    Returns
    -------
    dict
        What ``OutcomeScores`` says, and ``train_seconds``.

    Raises
    ------
    WrongUseError
        If a file cannot be used.
    OSError
    """
    history, rows = (read_outcomes(path, has_body=has_body) for path in (train, test))
    tell(LEARNING, file=train.name, rows=len(history))
    started = time.perf_counter()
    model = fit_outcome_model(history, has_body=has_body, seed=seed)
    seconds = time.perf_counter() - started
    tell(JUDGING, file=test.name, rows=len(rows))
    scores = score_outcomes(
        predict_outcomes(model, rows),
        outcomes=rows[OUTCOME],
        customers=rows[CUSTOMER],
        seed=seed,
    )
    return scores.to_document() | {"train_seconds": round(seconds, SECONDS_DIGITS)}
