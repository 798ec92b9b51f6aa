"""The one pipeline: scikit-learn's own parts from prepared texts to a score per code."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multioutput import MultiOutputClassifier
from sklearn.pipeline import Pipeline

from models_ml.reasons.notes import CODES, JAPANESE, LATIN, Prepared

# Cross-validated on the train parts of Shoes-ACOSI and AMCD (Japanese), see CARD.md: characters
# beside words help English, five characters help Japanese, and C between 1 and 10 is flat.
JAPANESE_GRAMS: Final = (1, 5)
LATIN_GRAMS: Final = (2, 5)
WORD_GRAMS: Final = (1, 2)
REGULARISATION: Final = 4.0  # C of the logistic regression
MAX_ITERATIONS: Final = 500
_FEW: Final = 60  # texts below which an n-gram may occur in one text alone
_CODE: Final = r"\S+"
_WORD: Final = r"(?u)\b\w[\w']*\b"


def build_pipeline(prepared: Prepared) -> Pipeline:
    """Build the pipeline for texts of the languages that occur.

    Parameters
    ----------
    prepared : array of shape (n, 3)
        Of ``arrange_texts``: a column that is empty throughout gets no part.

    Returns
    -------
    Pipeline
        Not fitted.
    """
    filled = [int(np.count_nonzero(prepared[:, column] != "")) for column in range(CODES + 1)]
    parts: list[tuple[str, Any, int]] = []
    if filled[JAPANESE]:
        parts.append(("japanese", _characters(JAPANESE_GRAMS, filled[JAPANESE]), JAPANESE))
    if filled[LATIN]:
        parts.append(("latin", _characters(LATIN_GRAMS, filled[LATIN]), LATIN))
        parts.append(("words", _words(filled[LATIN]), LATIN))
    if filled[CODES]:
        vectorizer = CountVectorizer(
            token_pattern=_CODE, lowercase=False, binary=True, dtype=np.float32
        )
        parts.append(("codes", vectorizer, CODES))
    regression = LogisticRegression(
        C=REGULARISATION, class_weight="balanced", max_iter=MAX_ITERATIONS
    )
    return Pipeline(
        [
            ("features", ColumnTransformer(parts)),
            ("codes", MultiOutputClassifier(regression)),
        ]
    )


def score_codes(pipeline: Pipeline, prepared: Prepared) -> npt.NDArray[np.float64]:
    """Score texts.

    Parameters
    ----------
    pipeline : Pipeline
        Fitted.
    prepared : array of shape (n, 3)

    Returns
    -------
    array of float, shape (n, n_codes)
        Class-balanced scores in [0, 1]: for deciding, not yet probabilities.
    """
    return np.column_stack([both[:, 1] for both in pipeline.predict_proba(prepared)])


def _characters(grams: tuple[int, int], texts: int) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=grams,
        min_df=2 if texts >= _FEW else 1,
        sublinear_tf=True,
        lowercase=False,
        dtype=np.float32,
    )


def _words(texts: int) -> TfidfVectorizer:
    return TfidfVectorizer(
        ngram_range=WORD_GRAMS,
        token_pattern=_WORD,
        min_df=2 if texts >= _FEW else 1,
        sublinear_tf=True,
        lowercase=False,
        dtype=np.float32,
    )
