"""Texts as the pipeline takes them: one column by script, and one of the lexicon's codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.normalise import MAX_LENGTH, normalise_text
from models_ml.reasons.phrases import FoundPhrase, find_phrases
from models_ml.reasons.redact import redact_text
from models_ml.reasons.taxonomy import NONE

JAPANESE, LATIN, CODES = range(3)  # columns of prepared texts
REMEMBERED: Final = 2**13  # texts: learning, judging and reading prepare the same ones
Prepared = npt.NDArray[np.object_]

_JAPANESE_SIGN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LATIN_SIGN: Final = re.compile(r"[a-z]")


@dataclass(frozen=True)
class LabelledNote:
    """A text and what a person said of it.

    Attributes
    ----------
    text : str
    codes : frozenset of str, optional
        None where nobody has labelled it; empty, or NONE alone, where it holds no reason.
    """

    text: str
    codes: frozenset[str] | None


@lru_cache(maxsize=REMEMBERED)
def prepare_text(text: str) -> str:
    """Redact a text and bring it into one spelling, as it is learned from and predicted."""
    return normalise_text(redact_text(text[:MAX_LENGTH])).text


def find_in(texts: Sequence[str]) -> list[list[FoundPhrase]]:
    """Read prepared texts by the lexicon.

    What it finds is a feature under every taxonomy; it labels and decides only where the taxonomy
    says which of its codes mean which.
    """
    return [list(_find_in_one(text)) for text in texts]


@lru_cache(maxsize=REMEMBERED)
def _find_in_one(text: str) -> tuple[FoundPhrase, ...]:
    return tuple(find_phrases(text, lexicon=load_lexicon()))


def arrange_texts(texts: Sequence[str], *, found: Sequence[Sequence[FoundPhrase]]) -> Prepared:
    """Arrange prepared texts for the pipeline.

    Parameters
    ----------
    texts : sequence of str, length n
        Of ``prepare_text``.
    found : sequence of phrases, length n

    Returns
    -------
    array of object, shape (n, 3)
        The text where it holds Japanese, the text where it holds Latin letters, and the codes of
        the lexicon separated by blanks; empty where there is none.
    """
    rows: list[list[Any]] = [
        [
            text if _JAPANESE_SIGN.search(text) else "",
            text if _LATIN_SIGN.search(text) else "",
            " ".join(sorted({one.code for one in phrases} - {NONE})),
        ]
        for text, phrases in zip(texts, found, strict=True)
    ]
    return np.array(rows, dtype=object).reshape(len(rows), CODES + 1)
