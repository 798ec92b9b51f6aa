"""How a thing is said: conditions, wishes and endings in Japanese, complaining clauses in English.

A reason that is meant and one that is only spoken of share their words; what tells them apart is
the grammar around them. These parts of a text are features of their own beside all its n-grams.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

import yaml

from models_ml.reasons.clauses import split_clauses

FILE: Final = "grammar.yml"
_CONTENT: Final = re.compile(r"[^ぁ-ん。、!?]+")
_CONTENT_MARK: Final = "□"
_BEGIN, _END = "^", "$"


def mask_content(text: str) -> str:
    """Keep the kana of a Japanese text that carry its grammar; a run of other signs is one mark.

    Parameters
    ----------
    text : str
        Normalised.

    Returns
    -------
    str

    Examples
    --------
    >>> mask_content("充電がもう少し早ければ最高")
    '□がもう□し□ければ□'
    """
    return _CONTENT.sub(_CONTENT_MARK, text)


def name_marks(text: str) -> str:
    """Name the marks of Japanese grammar in a text, neighbours together, and any two in order.

    Parameters
    ----------
    text : str
        Normalised.

    Returns
    -------
    str
        Separated by blanks.

    Examples
    --------
    >>> name_marks("安ければ買う")
    '^ ければ $ ^>ければ ければ>$ ^>ければ>$ ^..$'
    """
    marks = [_BEGIN, *_load_marks().findall(text), _END]
    apart = {f"{first}..{mark}" for n, first in enumerate(marks) for mark in marks[n + 2 :]}
    return " ".join(
        [
            *marks,
            *(">".join(pair) for pair in pairwise(marks)),
            *(">".join(three) for three in zip(marks, marks[1:], marks[2:], strict=False)),
            *sorted(apart),
        ]
    )


def pick_complaints(text: str) -> str:
    """Pick the clauses of an English text that negate, contrast, wish or complain.

    Parameters
    ----------
    text : str
        Normalised.

    Returns
    -------
    str

    Examples
    --------
    >>> pick_complaints("the colour is lovely but it runs small. it came soon.")
    ' it runs small'
    """
    clauses = [text[start:end] for start, end in split_clauses(text)]
    cues = _load_cues()
    return " . ".join(clause for clause in clauses if cues.search(clause))


def name_grammar() -> str:
    """Name the words of both languages by their content."""
    words = json.dumps(load_grammar(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


@lru_cache(maxsize=1)
def load_grammar() -> dict[str, list[str]]:
    """Read the words of both languages."""
    text = importlib.resources.files("models_ml.reasons").joinpath(FILE).read_text("utf-8")
    document: dict[str, list[str]] = yaml.safe_load(text)
    return document


@lru_cache(maxsize=1)
def _load_marks() -> re.Pattern[str]:
    marks = {mark for line in load_grammar()["ja"] for mark in line.split()}
    return re.compile("|".join(map(re.escape, sorted(marks, key=lambda one: (-len(one), one)))))


@lru_cache(maxsize=1)
def _load_cues() -> re.Pattern[str]:
    return re.compile(rf"(?:\b|(?=n't))(?:{'|'.join(load_grammar()['en'])})\b")
