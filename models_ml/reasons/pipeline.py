"""The one pipeline: scikit-learn's own parts from prepared texts to a score per code."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
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

# A code of the lexicon is 1 where an n-gram is a tenth; at full weight the lexicon's mistakes
# outvote the words. Shoes-ACOSI, folds of train: micro-F1 0.628 at 1, 0.642 at 0.3, flat around.
WEIGHT_OF_CODES: Final = 0.4
REGULARISATION: Final = 4.0  # C of the logistic regression; between 1 and 10 it is flat
MAX_ITERATIONS: Final = 500
_FEW: Final = 60  # texts below which an n-gram may occur in one text alone
_MANY: Final = 2_000  # texts from which it must occur in three: as good, and half the size
MOST_WEIGHTS: Final = 1_000_000  # of a model: the shipped one, of 41 codes, stays below 5 MB
# Of a model of few codes, whose file is mostly names: below 5 MB too. Folds of the train parts: F1
# of Shoes-ACOSI is as good as without a limit, of AMCD (Japanese) lower by less than a hundredth.
MOST_FEATURES: Final = 22_000
_CODE: Final = r"\S+"
_WORD: Final = r"(?u)\b\w[\w']*\b"
# Name, column, lengths of n-grams, pattern of a word (None: characters), share beside the others;
# the most frequent n-grams stay. Cross-validated on the train parts of Shoes-ACOSI and AMCD
# (Japanese): characters beside words help English, five characters help Japanese, and so does
# grammar.
_PARTS: Final[tuple[tuple[str, int, tuple[int, int], str | None, float], ...]] = (
    ("japanese", JAPANESE, (1, 5), None, 0.32),
    ("form", FORM, (2, 7), None, 0.20),
    ("marks", MARKS, (1, 1), _CODE, 0.12),
    ("latin", LATIN, (2, 5), None, 0.28),
    ("words", LATIN, (1, 2), _WORD, 0.17),
    ("complaints", COMPLAINTS, (2, 5), None, 0.08),
    ("complaint_words", COMPLAINTS, (1, 2), _WORD, 0.05),
)

SHOWN_PARTS: Final = frozenset({"japanese", "latin", "words"})  # whose n-grams are signs as written


def build_pipeline(prepared: Prepared, *, outputs: int) -> Pipeline:
    """Build the pipeline for texts of the languages that occur.

    Parameters
    ----------
    prepared : array of shape (n, COLUMNS)
        Of ``arrange_texts``: a column that is empty throughout gets no part.
    outputs : int
        Codes to be learned, and the absence of them.

    Returns
    -------
    Pipeline
        Not fitted.
    """
    filled = [int(np.count_nonzero(prepared[:, column] != "")) for column in range(COLUMNS)]
    used = [part for part in _PARTS if filled[part[1]]]
    most = _limit_features(sum(part[4] for part in used), outputs=outputs)
    parts: list[tuple[str, Any, int]] = [
        (
            name,
            TfidfVectorizer(
                analyzer="word" if word else "char_wb",
                ngram_range=grams,
                token_pattern=word,
                min_df=1 + (filled[column] >= _FEW) + (filled[column] >= _MANY),
                max_features=int(share * most),
                sublinear_tf=True,
                lowercase=False,
                dtype=np.float32,
            ),
            column,
        )
        for name, column, grams, word, share in used
    ]
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


def _limit_features(share: float, *, outputs: int) -> float:
    """Limit the features of which the parts in use, with this share of all, take theirs."""
    most = MOST_WEIGHTS / outputs
    return min(most, MOST_FEATURES / share) if share else most


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
        Class-balanced scores in [0, 1]: not yet probabilities.
    """
    return score_features(pipeline, pipeline.named_steps["features"].transform(prepared))


def score_features(pipeline: Pipeline, features: csr_matrix) -> npt.NDArray[np.float64]:
    """Score texts of which the features are known, as ``score_codes`` does.

    Parameters
    ----------
    pipeline : Pipeline
        Fitted.
    features : sparse matrix of shape (n, n_features)
        Of its first step.

    Returns
    -------
    array of float, shape (n, n_outputs)
    """
    scored = pipeline.named_steps["codes"].predict_proba(features)
    return np.column_stack([both[:, 1] for both in scored])
