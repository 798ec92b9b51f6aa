"""Score the reading of day one on the sealed sentences: figures only, never a text."""

from __future__ import annotations

from benchmarks.reasons_scores import (
    FROM,
    Judged,
    count_zones,
    score_codes_from,
    score_direction,
)
from models_ml.reasons.reader import read_text
from models_ml.reasons.taxonomy import NONE
from tests.models_ml.reasons.sealed_sentences import load_sealed_sentences


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
        judged = [
            Judged(read_text(one.text), one.label.codes, one.label.direction, one.label.zones)
            for one in load_sealed_sentences(language)
        ]
        none = sum(one.codes == (NONE,) for one in judged) / len(judged)
        abstained = sum(one.reading.is_abstained for one in judged) / len(judged)
        for least in FROM:
            precision, recall, f1 = score_codes_from(judged, least=least)
            rows.append(
                f"| {language} | {len(judged)} | {none:.3f} | {abstained:.3f} | {least:.1f} "
                f"| {precision:.3f} | {recall:.3f} | {f1:.3f} |"
            )
        read, right = count_zones(judged)
        zone = f"{right / read:.3f}" if read else "none read"
        facets.append(f"| {language} | {score_direction(judged):.3f} | {read} | {zone} |")
    return [*rows, *facets]
