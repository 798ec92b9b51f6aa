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

from models_ml.reasons.notes import (
    CODES,
    COLUMNS,
    COMPLAINTS,
    FORM,
    JAPANESE,
    LATIN,
    MARKS,
    Prepared,
)

# Cross-validated on the train parts of Shoes-ACOSI and AMCD (Japanese), see CARD.md: characters
# beside words help English, five characters help Japanese, and C between 1 and 10 is flat.
JAPANESE_GRAMS: Final = (1, 5)
FORM_GRAMS: Final = (2, 7)
LATIN_GRAMS: Final = (2, 5)
WORD_GRAMS: Final = (1, 2)
# A code of the lexicon is 1 where an n-gram is a tenth; at full weight the lexicon's mistakes
# outvote the words. Shoes-ACOSI, folds of train: micro-F1 0.628 at 1, 0.642 at 0.3, flat around.
WEIGHT_OF_CODES: Final = 0.4
REGULARISATION: Final = 4.0  # C of the logistic regression
MAX_ITERATIONS: Final = 500
_FEW: Final = 60  # texts below which an n-gram may occur in one text alone
_MANY: Final = 2_000  # texts from which it must occur in three: as good, and half the size
_CODE: Final = r"\S+"
_WORD: Final = r"(?u)\b\w[\w']*\b"


def build_pipeline(prepared: Prepared) -> Pipeline:
    """Build the pipeline for texts of the languages that occur.

    Parameters
    ----------
    prepared : array of shape (n, COLUMNS)
        Of ``arrange_texts``: a column that is empty throughout gets no part.

    Returns
    -------
    Pipeline
        Not fitted.
    """
    filled = [int(np.count_nonzero(prepared[:, column] != "")) for column in range(COLUMNS)]
    parts: list[tuple[str, Any, int]] = []
    if filled[JAPANESE]:
        texts = filled[JAPANESE]
        parts += [
            ("japanese", _characters(JAPANESE_GRAMS, texts), JAPANESE),
            ("form", _characters(FORM_GRAMS, texts), FORM),
            ("marks", _words((1, 1), texts, word=_CODE), MARKS),
        ]
    if filled[LATIN]:
        parts.append(("latin", _characters(LATIN_GRAMS, filled[LATIN]), LATIN))
        parts.append(("words", _words(WORD_GRAMS, filled[LATIN]), LATIN))
    if filled[COMPLAINTS]:
        texts = filled[COMPLAINTS]
        parts.append(("complaints", _characters(LATIN_GRAMS, texts), COMPLAINTS))
        parts.append(("complaint_words", _words(WORD_GRAMS, texts), COMPLAINTS))
    if filled[CODES]:
        vectorizer = CountVectorizer(
            token_pattern=_CODE, lowercase=False, binary=True, dtype=np.float32
        )
        parts.append(("codes", vectorizer, CODES))
    weights = {"codes": WEIGHT_OF_CODES} if filled[CODES] else None
    regression = LogisticRegression(
        C=REGULARISATION, class_weight="balanced", max_iter=MAX_ITERATIONS
    )
    return Pipeline(
        [
            ("features", ColumnTransformer(parts, transformer_weights=weights)),
            ("codes", MultiOutputClassifier(regression)),
        ]
    )


def score_codes(pipeline: Pipeline, prepared: Prepared) -> npt.NDArray[np.float64]:
    """Score texts.

    Parameters
    ----------
    pipeline : Pipeline
        Fitted.
    prepared : array of shape (n, COLUMNS)

    Returns
    -------
    array of float, shape (n, n_outputs)
        Class-balanced scores in [0, 1]: for deciding, not yet probabilities.
    """
    return np.column_stack([both[:, 1] for both in pipeline.predict_proba(prepared)])


def _characters(grams: tuple[int, int], texts: int) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=grams,
        min_df=_find_fewest(texts),
        sublinear_tf=True,
        lowercase=False,
        dtype=np.float32,
    )


def _words(grams: tuple[int, int], texts: int, *, word: str = _WORD) -> TfidfVectorizer:
    return TfidfVectorizer(
        ngram_range=grams,
        token_pattern=word,
        min_df=_find_fewest(texts),
        sublinear_tf=True,
        lowercase=False,
        dtype=np.float32,
    )


def _find_fewest(texts: int) -> int:
    return 1 + (texts >= _FEW) + (texts >= _MANY)
