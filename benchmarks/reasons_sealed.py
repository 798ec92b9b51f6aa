"""Score the reading of day one on the sealed sentences: figures only, never a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from models_ml.reasons.evaluation import compute_f1
from models_ml.reasons.reader import Reading, read_text
from models_ml.reasons.taxonomy import NONE
from tests.models_ml.reasons.sealed_sentences import SealedLabel, load_sealed_sentences

FROM: Final = (0.0, 0.5, 0.7, 0.8)  # probabilities from which a code counts as read
Pair = tuple[Reading, SealedLabel]


def measure_sealed() -> list[str]:
    """Read the sealed sentences of both languages and compare with their labels."""
    rows = [
        "| language | n | without a reason | handed to a person | codes from probability "
        "| precision | recall | micro-F1 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    facets = [
        "",
        "| language | direction macro-F1 | zones read | zone precision |",
        "|---|---|---|---|",
    ]
    for language in ("ja", "en"):
        pairs = [(read_text(one.text), one.label) for one in load_sealed_sentences(language)]
        none = sum(label.codes == (NONE,) for _, label in pairs) / len(pairs)
        abstained = sum(reading.is_abstained for reading, _ in pairs) / len(pairs)
        for least in FROM:
            precision, recall, f1 = score_codes_from(pairs, least=least)
            rows.append(
                f"| {language} | {len(pairs)} | {none:.3f} | {abstained:.3f} | {least:.1f} "
                f"| {precision:.3f} | {recall:.3f} | {f1:.3f} |"
            )
        read, right = count_zones(pairs)
        zone = f"{right / read:.3f}" if read else "none read"
        facets.append(f"| {language} | {score_direction(pairs):.3f} | {read} | {zone} |")
    return [*rows, *facets]


def score_codes_from(pairs: Sequence[Pair], *, least: float) -> tuple[float, float, float]:
    """Score codes read with at least a probability: precision, recall, micro-F1."""
    right = read = labelled = 0
    for reading, label in pairs:
        codes = {code for code, p in reading.codes.items() if p >= least} - {NONE}
        truth = set(label.codes) - {NONE}
        right, read, labelled = (
            right + len(codes & truth),
            read + len(codes),
            labelled + len(truth),
        )
    return right / max(1, read), right / max(1, labelled), compute_f1(right, read, labelled)


def score_direction(pairs: Sequence[Pair]) -> float:
    """Score directions: the mean F1 of those that the labels name, none at all left out."""
    named = sorted({label.direction for _, label in pairs if label.direction})
    scores = [
        compute_f1(
            sum(reading.direction == label.direction == way for reading, label in pairs),
            sum(reading.direction == way for reading, _ in pairs),
            sum(label.direction == way for _, label in pairs),
        )
        for way in named
    ]
    return sum(scores) / len(scores) if scores else 0.0


def count_zones(pairs: Sequence[Pair]) -> tuple[int, int]:
    """Count zones read, and those that the labels name too."""
    read = sum(len(reading.zones) for reading, _ in pairs)
    right = sum(len(set(reading.zones) & set(label.zones)) for reading, label in pairs)
    return read, right
