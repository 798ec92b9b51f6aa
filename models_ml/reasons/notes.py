"""Texts as the pipeline takes them: one column by script, and one of the lexicon's codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from models_ml.reasons.grammar import mask_content, name_marks, pick_complaints
from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.normalise import MAX_LENGTH, normalise_text
from models_ml.reasons.phrases import FoundPhrase, find_phrases
from models_ml.reasons.redact import redact_text
from models_ml.reasons.taxonomy import NONE

JAPANESE, LATIN, CODES, FORM, MARKS, COMPLAINTS = range(6)  # columns of prepared texts
COLUMNS: Final = COMPLAINTS + 1
GRAMMAR: Final = [FORM, MARKS, COMPLAINTS]
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
    array of object, shape (n, COLUMNS)
        The text where it holds Japanese, the text where it holds Latin letters, the codes of the
        lexicon separated by blanks; of a Japanese text its form and the marks of its grammar, of
        an English one the clauses that complain. Empty where there is none.
    """
    rows = [
        _arrange_text(text, " ".join(sorted({one.code for one in phrases} - {NONE})))
        for text, phrases in zip(texts, found, strict=True)
    ]
    return np.array(rows, dtype=object).reshape(len(rows), COLUMNS)


def _arrange_text(text: str, codes: str) -> list[Any]:
    is_japanese = bool(_JAPANESE_SIGN.search(text))
    is_latin = bool(_LATIN_SIGN.search(text))
    return [
        text if is_japanese else "",
        text if is_latin else "",
        codes,
        mask_content(text) if is_japanese else "",
        name_marks(text) if is_japanese else "",
        pick_complaints(text) if is_latin else "",
    ]
