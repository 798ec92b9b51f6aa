"""Notes that this project writes itself, for a model before any shop has a label."""

from __future__ import annotations

import importlib.resources
from typing import Any, Final

import numpy as np
import yaml

from models_ml.reasons.notes import LabelledNote
from models_ml.reasons.taxonomy import NONE

FILE: Final = "sentences.yml"
NOTES_PER_WAY: Final = 6  # of every way to say a reason: other openings, closings, zones
PAIRS: Final = 700  # notes of two reasons in each language
_ZONE: Final = "{zone}"
_JOINS: Final = {"ja": ("。", "し、", "。それに"), "en": (". ", " and ", ". Also, ")}


def generate_notes(seed: int) -> list[LabelledNote]:
    """Write notes of one reason, of two, and of none.

    Parameters
    ----------
    seed : int

    Returns
    -------
    list of LabelledNote
        The same for the same seed and file.
    """
    text = importlib.resources.files("models_ml.reasons").joinpath(FILE).read_text("utf-8")
    document = yaml.safe_load(text)
    rng = np.random.default_rng(seed)
    return [
        note
        for language in ("ja", "en")
        for note in _generate_in(language, document=document, rng=rng)
    ]


def _generate_in(
    language: str, *, document: dict[str, Any], rng: np.random.Generator
) -> list[LabelledNote]:
    ways = [
        (code, way)
        for code, by_language in document["codes"].items()
        for way in by_language[language]
    ]
    zones = document["zones"][language]

    def fill(way: str) -> str:
        return way.replace(_ZONE, _pick(zones, rng))

    def frame(core: str) -> str:
        opening = _pick(document["openings"][language], rng)
        return opening + core + _pick(document["closings"][language], rng)

    notes = [
        LabelledNote(frame(fill(way)), frozenset({code}))
        for code, way in ways
        for _ in range(NOTES_PER_WAY)
    ]
    for _ in range(PAIRS):
        (first, one), (second, other) = (ways[int(rng.integers(len(ways)))] for _ in range(2))
        joined = fill(one) + _pick(_JOINS[language], rng) + fill(other)
        codes = frozenset({first, second})
        notes.append(LabelledNote(frame(joined), codes - {NONE} or codes))
    return notes


def _pick(choices: list[str] | tuple[str, ...], rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))]
